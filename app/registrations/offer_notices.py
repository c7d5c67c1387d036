"""The mails about an offered place."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.registrations import links, notices
from app.registrations.capacity import LockedEvent
from app.registrations.models import Occasion, Registration


def offered(registration: Registration, locked: LockedEvent) -> None:
    """A place is held for you until a moment; the page behind the button accepts or declines. No calendar entry yet."""
    until = registration.offer_expires_at
    if until is None:
        raise ValueError("an offer has an end")
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("A place is offered to you"),
            _("a place became free for “%(event)s”, and it is kept for you.", event=notices.title(registration)),
            _("Accept it by %(when)s. After that it is offered to the next in the queue.",
              when=wording.date_and_time(until, registration.language)),
            facts=notices.facts(registration, locked.event, locked.days),
            action=(_("Accept or decline the place"), links.offer_url(registration)),
        )  # fmt: skip
        notices.post(registration, locked.event, Occasion.OFFERED, content, give_up_at=until)


def lapsed(registration: Registration, locked: LockedEvent) -> None:
    """The time to accept is over; one button leads back to the end of the queue."""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("The offered place went to the next person"),
            _("the time to accept a place for “%(event)s” is over, so your registration has ended.",
              event=notices.title(registration)),
            action=(_("Go back to the waiting list"), links.offer_url(registration)),
            closing=[_("You come to the end of the queue.")],
        )  # fmt: skip
        notices.post(registration, locked.event, Occasion.OFFER_LAPSED, content)
