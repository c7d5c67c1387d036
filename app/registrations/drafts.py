"""A confirmation written before the event is locked: nearly all get a place, and under the lock everybody waits.

It is kept only when the event and its days are under the lock what they were before; else the mail is written anew.
The organiser's own words are those that stood when the form came in.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from app import clock
from app.database import db
from app.events import queries as events
from app.events.models import Event, EventDay
from app.messages import outbox
from app.messages.outbox import Letter
from app.registrations import applications, invitations, notices
from app.registrations.applications import Application
from app.registrations.capacity import LockedEvent
from app.registrations.models import CalendarEntry, Registration, Status


@dataclass(frozen=True)
class Draft:
    """What someone gets who gets a place. Nothing of it is in the session or in the database yet."""

    registration: Registration
    entries: Sequence[CalendarEntry]
    letters: Sequence[Letter]
    tells_of: Hashable

    def is_true_of(self, locked: LockedEvent) -> bool:
        """Whether nothing that it tells of has changed meanwhile."""
        return self.tells_of == _as_read(locked.event, locked.days)

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
        days = events.days_of(event) if event else []
        if event is None or event.approval or application.asks or any(day.has_sign_up for day in days):
            return None
        registration = applications.registered(application, event)
        registration.status = Status.CONFIRMED
        entries = invitations.new_entries(registration, days, at=clock.now())
        letters = notices.confirmation(registration, event, days, entries)
        return Draft(registration, entries, letters, _as_read(event, days))


def _as_read(event: Event, days: Iterable[EventDay]) -> Hashable:
    """The event and its days by value. Each change of the event's own row raises its version."""
    hours = [(day.uuid, day.starts_at, day.ends_at, day.invited_only, day.has_sign_up) for day in days]
    return event.version, event.changed_at, tuple(hours)
