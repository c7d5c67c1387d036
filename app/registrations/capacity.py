"""The one door to capacity: every writer that counts places enters here, one at a time per event.

The door takes the event's lock first (on PostgreSQL its row, on SQLite the write lock of BEGIN IMMEDIATE), counts
inside it, and settles what is due before the writer does its own work. Counts are derived, never stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm.attributes import set_committed_value

from app import clock
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Event, EventDay, Mode
from app.registrations.models import ACTIVE, Registration, Status

# Built once: registering is the service's busiest moment, and building a statement costs as much as running it.
_LOCKED = (
    select(Event)
    .where(Event.id == bindparam("event_id"))
    .with_for_update(of=Event)
    .execution_options(populate_existing=True)
)
_COUNTS = (
    select(Registration.event_id, Registration.status, Registration.mode, func.count())
    .where(Registration.event_id.in_(bindparam("event_ids", expanding=True)), Registration.status.in_(ACTIVE))
    .group_by(Registration.event_id, Registration.status, Registration.mode)
)


@dataclass
class Places:
    """An event's places. Only a count made under the lock (`locked`) may decide who gets one."""

    event: Event
    taken: dict[Mode, int] = field(default_factory=dict)
    waiting: dict[Mode, int] = field(default_factory=dict)

    def free(self, mode: Mode) -> int | None:
        """Places nobody holds: 0 when a lowered limit stands under what is taken, None when not limited."""
        limit = self.event.places(mode)
        return None if limit is None else max(0, limit - self.taken.get(mode, 0))

    def has_room(self, mode: Mode) -> bool:
        """Whether a newcomer can have a place: one is free and nobody it fits is waiting for it."""
        if mode not in self.event.modes or self.free(mode) == 0:
            return False
        return self.event.places(mode) is None or not self.waiting.get(mode)

    def move(self, mode: Mode, *, taken: int = 0, waiting: int = 0) -> None:
        """Keep the count true to a change made under the lock."""
        self.taken[mode] = self.taken.get(mode, 0) + taken
        self.waiting[mode] = self.waiting.get(mode, 0) + waiting


@dataclass
class LockedEvent(Places):
    """An event whose lock this transaction holds until it commits."""

    days: list[EventDay] = field(default_factory=list)


def lock(event_id: int) -> LockedEvent:
    """Begin the write transaction and take the event's lock; waits for whoever holds it.

    The days are read in a statement of their own after the lock, and the event's start and end follow from them:
    PostgreSQL would show the one that waited other tables' rows as they were before it waited.
    """
    begin_write()
    event = db.session.scalars(_LOCKED, {"event_id": event_id}).one()
    days = events.days_of(event)
    set_committed_value(event, "starts_at", min((day.starts_at for day in days), default=None))
    set_committed_value(event, "ends_at", max((day.ends_at for day in days), default=None))
    return LockedEvent(event, *_counted([event_id])[event_id], days=days)


def places_of(shown: Iterable[Event]) -> dict[int, Places]:
    """Places of each event as of this moment, for pages: one query however many events there are."""
    shown = list(shown)
    counted = _counted([event.id for event in shown])
    return {event.id: Places(event, *counted[event.id]) for event in shown}


def takes_promotions(event: Event) -> bool:
    """The queue moves until the event starts."""
    return event.is_published and not event.has_started(clock.now())


def _counted(event_ids: list[int]) -> dict[int, tuple[dict[Mode, int], dict[Mode, int]]]:
    counted: dict[int, tuple[dict[Mode, int], dict[Mode, int]]] = {event_id: ({}, {}) for event_id in event_ids}
    for event_id, status, mode, count in db.session.execute(_COUNTS, {"event_ids": event_ids}):
        taken, waiting = counted[event_id]
        (taken if status is Status.CONFIRMED else waiting)[mode] = count
    return counted
