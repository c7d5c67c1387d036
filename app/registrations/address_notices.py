"""The mails of a change of address: to the new mailbox, and to the one that is left."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app.events.models import Event
from app.registrations import notices
from app.registrations.models import CalendarEntry, Occasion, Registration


def confirm(registration: Registration, event: Event, email: str, url: str) -> None:
    """To the new address: press the button on this page, and the registration is yours to hold there."""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("Confirm your new email address"),
            _("someone asked us to send the mails of a registration to this address from now on."),
            action=(_("Confirm the address"), url),
            closing=[_("The link works for seven days. If you did not ask for this, you need to do nothing.")],
        )
        notices.post(registration, event, Occasion.CONFIRM_ADDRESS, content, recipient=email)


def taken(registration: Registration, event: Event, email: str) -> None:
    """To the new address: it has a registration of its own, so nothing was changed."""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("Your email address was not changed"),
            _("this address already has a registration of its own for the same event, so nothing was changed."),
            closing=[
                _(
                    "Withdraw one of the two registrations first, or write to %(address)s.",
                    address=notices.contact(event),
                )
            ],
        )
        notices.post(registration, event, Occasion.ADDRESS_TAKEN, content, recipient=email)


def moved_away(registration: Registration, event: Event, ended: Sequence[CalendarEntry]) -> None:
    """To the old address: mails go elsewhere now; its calendar entries are cancelled."""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("The email address of your registration was changed"),
            _("mails about the event now go to the new address, and the links that we sent here no longer work."),
            closing=[_("If you did not ask for this, please write to %(address)s.", address=notices.contact(event))],
        )
        notices.post(registration, event, Occasion.ADDRESS_CHANGED, content, ended)
