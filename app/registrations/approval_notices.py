"""The mails to those whose registration an organiser approves or refuses."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.events.models import Event
from app.registrations import introductions, links, notices
from app.registrations.capacity import LockedEvent
from app.registrations.models import Occasion, Registration


def received(registration: Registration, locked: LockedEvent) -> None:
    """The registration has come, and an organiser will look at it. No place, and no calendar entry, yet."""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("We have your registration"),
            _("your registration for “%(event)s” has come. The organiser approves each registration, and we tell you "
              "by mail what was decided.", event=notices.title(registration)),
            *introductions.of(registration),
            facts=notices.facts(registration, locked.event, locked.days),
            action=notices.manage(registration),
        )  # fmt: skip
        notices.post(registration, locked.event, Occasion.AWAITING_APPROVAL, content)


def refused(registration: Registration, event: Event, message: str) -> None:
    """No place was given; `message` is the organiser's own."""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("Your registration was not approved"),
            _("the organiser of “%(event)s” could not approve your registration.", event=notices.title(registration)),
            quote=message,
            action=(_("See other events"), links.address(f"/{registration.language}/events/")),
            closing=[_("If you have questions, please write to %(address)s.", address=notices.contact(event))],
        )
        notices.post(registration, event, Occasion.REFUSED, content)
