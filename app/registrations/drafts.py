"""A confirmation written before the event is locked: nearly all get a place, and under the lock everybody waits.

It is kept only when the event and its parts are under the lock what they were before; else the mail is written anew.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from app import clock
from app.database import db
from app.events import queries as events
from app.events.models import Event
from app.messages import outbox
from app.messages.outbox import Letter
from app.registrations import applications, invitations, notices
from app.registrations.applications import Application
from app.registrations.models import CalendarEntry, Registration, Status


@dataclass(frozen=True)
class Draft:
    """What someone gets who gets a place. Nothing of it is in the session or in the database yet."""

    registration: Registration
    entries: Sequence[CalendarEntry]
    letters: Sequence[Letter]
    tells_of: Hashable

    def is_true_of(self, event: Event) -> bool:
        """Whether nothing that it tells of has changed meanwhile."""
        return self.tells_of == _as_read(event)

    def send(self) -> None:
        """Put it in the calendar and the outbox, for the registration that is in the session by now."""
        invitations.write(self.registration, self.entries)
        outbox.post_all(self.letters)


def confirmation(event_id: int, application: Application) -> Draft | None:
    """The draft for an application, or None where others than the event decide what the mail says or whether it goes.

    It only reads; call it before the write transaction begins.
    """
    with db.session.no_autoflush:
        event = events.by_id(event_id)
        if event is None or event.approval or application.asks or event.has_sign_up:
            return None
        days = events.kept_days_of(event)
        registration = applications.registered(application, event)
        registration.status = Status.CONFIRMED
        entries = invitations.new_entries(registration, days, at=clock.now())
        letters = notices.confirmation(registration, event, days, entries)
        return Draft(registration, entries, letters, _as_read(event))


def _as_read(event: Event) -> Hashable:
    """What stands for the event's own row and for its parts."""
    return event.version, event.changed_at, event.parts_stamp
