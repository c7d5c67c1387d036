"""An event that can be attended in another way than before: from on site to online, and back.

It happened to a whole series in 2020. Those whose way of taking part falls away move to the one that is left, in the
order of registering; those whom it does not fit wait there, and once the waiting list has closed they are the only
ones to whom a free place still goes. Nobody is withdrawn. A group that comes all together or not at all keeps all its
places or waits as a whole, also those of it who take part in the way that is left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.events.models import Attendance, Event, Mode
from app.messages import outbox
from app.registrations import history, posting, transitions, whole_groups
from app.registrations.capacity import LockedEvent, Places
from app.registrations.limits import Limits
from app.registrations.models import HOLDING, Occasion, Registration, Status

_IN_MODE = (
    select(Registration)
    .where(
        Registration.event_id == bindparam("event_id"),
        Registration.mode == bindparam("mode"),
        Registration.status.in_((Status.CONFIRMED, Status.OFFERED, Status.WAITING, Status.AWAITING_APPROVAL)),
    )
    .order_by(Registration.registered_at, Registration.id)
)
_WITH_A_PLACE = (
    select(Registration)
    .options(joinedload(Registration.group))
    .where(
        Registration.event_id == bindparam("event_id"),
        Registration.status.in_(HOLDING),
        Registration.takes_place,
    )
    .order_by(Registration.registered_at, Registration.id)
)


@dataclass(frozen=True)
class Move:
    """What a change of attendance does to the people of a mode that falls away.

    `beside` take part in the mode that is left, and wait with their group.
    """

    old: Mode
    new: Mode
    keep: int
    wait: int
    beside: int


def moves(places: Places, attendance: Attendance, limits: Limits) -> list[Move]:
    """What a new attendance with these limits would do, as of this moment; empty when nobody has to move."""
    return [
        _counted(places, old, new, limits.of(new))
        for old, new in _ways(places.event, attendance)
        if places.taken[old] or places.waiting[old]
    ]


def move_people(locked: LockedEvent, before: tuple[Mode, ...]) -> None:
    """Move those who take part in a mode that the event no longer has. The new attendance and limits are set.

    They are told by the event's announcement, and their calendars follow it.
    """
    for old in before:
        if old in locked.event.modes:
            continue
        new = locked.event.modes[0]
        lose = _who_lose_their_place(locked, old, new, locked.event.places(new))
        moved = db.session.scalars(_IN_MODE, {"event_id": locked.event.id, "mode": old}).all()
        for registration in dict.fromkeys(chain(moved, lose)):
            _move(registration, new, waits=registration in lose)
        db.session.flush()
    locked.count()


def _move(registration: Registration, new: Mode, *, waits: bool) -> None:
    history.note(registration, history.MOVED_BY_ATTENDANCE, old=registration.mode.value, new=new.value, waits=waits)
    registration.mode = new
    if waits:
        transitions.change(registration, Status.WAITING)
        outbox.recall(posting.about(registration), Occasion.REMINDER)  # it would say that they have a place


def _ways(event: Event, attendance: Attendance) -> Iterable[tuple[Mode, Mode]]:
    return ((old, attendance.modes[0]) for old in event.modes if old not in attendance.modes)


def _counted(places: Places, old: Mode, new: Mode, limit: int | None) -> Move:
    lose = _who_lose_their_place(places, old, new, limit)
    wait = sum(one.mode is old for one in lose)
    return Move(old, new, keep=places.taken[old] - wait, wait=wait, beside=len(lose) - wait)


def _who_lose_their_place(places: Places, old: Mode, new: Mode, limit: int | None) -> list[Registration]:
    """Who has no place once those in the old mode have moved, each turn at its first registering.

    Those in whole groups give up what they have in the new mode, before their group is looked at as one.
    """
    if limit is None:
        return []
    holders = db.session.scalars(_WITH_A_PLACE, {"event_id": places.event.id})
    moving = [entry for entry in whole_groups.entries(holders) if any(one.mode is old for one in entry)]
    free = limit - places.taken[new] + sum(one.mode is new for entry in moving for one in entry)
    lose: list[Registration] = []
    for entry in moving:
        if len(entry) > free:
            lose += entry
        else:
            free -= len(entry)
    return lose
