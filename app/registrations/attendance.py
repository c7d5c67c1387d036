"""An event that can be attended in another way than before: from on site to online, and back.

It happened to a whole series in 2020. Those whose way of taking part falls away move to the one that is left, in the
order of registering; those whom it does not fit wait there, and once the waiting list has closed they are the only
ones to whom a free place still goes. Nobody is withdrawn.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.database import db
from app.events.models import Attendance, Event, Mode
from app.messages import outbox
from app.registrations import history, posting, transitions
from app.registrations.capacity import LockedEvent, Places
from app.registrations.limits import Limits
from app.registrations.models import Occasion, Registration, Status

_IN_MODE = (
    select(Registration)
    .where(
        Registration.event_id == bindparam("event_id"),
        Registration.mode == bindparam("mode"),
        Registration.status.in_((Status.CONFIRMED, Status.OFFERED, Status.WAITING, Status.AWAITING_APPROVAL)),
    )
    .order_by(Registration.registered_at, Registration.id)
)


@dataclass(frozen=True)
class Move:
    """What a change of attendance does to the people of a mode that falls away."""

    old: Mode
    new: Mode
    keep: int
    wait: int


def moves(places: Places, attendance: Attendance, limits: Limits) -> list[Move]:
    """What a new attendance with these limits would do, as of this moment; empty when nobody has to move."""
    return [
        Move(old, new, keep, places.taken[old] - keep)
        for old, new in _ways(places.event, attendance)
        if (keep := _how_many_fit(places, old, new, limits)) or places.taken[old] or places.waiting[old]
    ]


def move_people(locked: LockedEvent, before: tuple[Mode, ...]) -> None:
    """Move those who take part in a mode that the event no longer has. The new attendance and limits are set.

    They are told by the event's announcement, and their calendars follow it.
    """
    for old in before:
        if old in locked.event.modes:
            continue
        new = locked.event.modes[0]
        people = list(db.session.scalars(_IN_MODE, {"event_id": locked.event.id, "mode": old}))
        for registration in people:
            _move(locked, registration, new)
        db.session.flush()
    locked.forget_counts()


def _move(locked: LockedEvent, registration: Registration, new: Mode) -> None:
    takes = registration.holds_place and registration.takes_place
    waits = takes and locked.free(new) == 0
    history.note(registration, history.MOVED_BY_ATTENDANCE, old=registration.mode.value, new=new.value, waits=waits)
    registration.mode = new
    if waits:
        transitions.change(registration, Status.WAITING)
        outbox.recall(posting.about(registration), Occasion.REMINDER)  # it would say that they have a place
    else:
        locked.taken[new] += takes


def _ways(event: Event, attendance: Attendance) -> Iterable[tuple[Mode, Mode]]:
    return ((old, attendance.modes[0]) for old in event.modes if old not in attendance.modes)


def _how_many_fit(places: Places, old: Mode, new: Mode, limits: Limits) -> int:
    limit = limits.of(new)
    free = None if limit is None else max(0, limit - places.taken[new])
    return places.taken[old] if free is None else min(places.taken[old], free)
