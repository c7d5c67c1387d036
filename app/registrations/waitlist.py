"""The waiting list: who is next, and how a freed place reaches them in the same transaction."""

from sqlalchemy import ColumnElement, func, select, tuple_

from app import clock
from app.database import db
from app.events.models import Event, Mode
from app.registrations import capacity, invitations, notices
from app.registrations.capacity import LockedEvent
from app.registrations.models import CalendarEntry, Registration, Status


def enter(event_id: int) -> LockedEvent:
    """The door every writer uses: lock the event, then give free places to those who already wait for them."""
    locked = capacity.lock(event_id)
    promote(locked)
    return locked


def promote(locked: LockedEvent) -> list[Registration]:
    """Give every free place to the first in its queue, and tell them. Nobody outside ever sees the place free."""
    if not capacity.takes_promotions(locked.event):
        return []
    promoted = []
    for mode in locked.event.modes:
        for registration in _first_in_queue(locked, mode):
            notices.promoted(registration, locked, confirm(locked, registration))
            promoted.append(registration)
    return promoted


def confirm(locked: LockedEvent, registration: Registration) -> list[CalendarEntry]:
    """Give a waiting person the place that the caller has found free; returns the new calendar entries."""
    registration.status = Status.CONFIRMED
    registration.confirmed_at = clock.now()
    locked.move(registration.mode, taken=1, waiting=-1)
    return invitations.open_entries(registration, locked.days)


def queue_number(registration: Registration) -> int:
    """The place in the queue of a waiting registration, per mode and at this moment; 1 is next."""
    ahead = select(func.count()).where(
        *_queue(registration.event_id, registration.mode),
        tuple_(Registration.registered_at, Registration.id) <= (registration.registered_at, registration.id),
    )
    return db.session.scalars(ahead).one()


def queue_numbers(event: Event) -> dict[int, int]:
    """The places in the queue of everyone who waits for an event, by the registration's id, in one query."""
    rank = func.row_number().over(
        partition_by=Registration.mode, order_by=(Registration.registered_at, Registration.id)
    )
    rows = db.session.execute(
        select(Registration.id, rank).where(Registration.event_id == event.id, Registration.status == Status.WAITING)
    )
    return {registration_id: number for registration_id, number in rows}


def _first_in_queue(locked: LockedEvent, mode: Mode) -> list[Registration]:
    """As many as there are places for; asks the database only when someone waits and a place is free."""
    free = locked.free(mode)
    if free == 0 or not locked.waiting.get(mode):
        return []
    return list(
        db.session.scalars(
            select(Registration)
            .where(*_queue(locked.event.id, mode))
            .order_by(Registration.registered_at, Registration.id)
            .limit(free)
        )
    )


def _queue(event_id: int, mode: Mode) -> tuple[ColumnElement[bool], ...]:
    return (
        Registration.event_id == event_id,
        Registration.status == Status.WAITING,
        Registration.mode == mode,
    )
