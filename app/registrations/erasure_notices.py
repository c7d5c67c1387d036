"""The last mail about a registration: its details are erased, and with this mail's delivery the address too."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app.events.models import Event
from app.messages.retention import LAST_MAIL
from app.registrations import notices
from app.registrations.models import CalendarEntry, Registration


def erased(registration: Registration, event: Event, ended: Sequence[CalendarEntry]) -> None:
    """Written before the erasure; the calendar entries are cancelled."""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("Your details have been erased"),
            _("your registration for “%(event)s” has been erased, as was asked.", event=notices.title(registration)),
            closing=[
                _("This is the last mail about it. The links in earlier mails no longer work."),
                _("If you did not ask for this, please write to %(address)s.", address=notices.contact(event)),
            ],
        )
        notices.post(registration, event, LAST_MAIL, content, ended)
