"""The waiting list: who is next, and how a freed place reaches them in the same transaction."""

from collections.abc import Sequence

from sqlalchemy import bindparam, or_, select

from app import clock, office_hours
from app.database import db
from app.events.models import Event, Promotion, QueueOrder
from app.registrations import (
    capacity,
    counting,
    history,
    invitations,
    notices,
    offer_notices,
    offer_time,
    transitions,
    whole_groups,
)
from app.registrations.capacity import LockedEvent
from app.registrations.counting import Claim
from app.registrations.models import CalendarEntry, Group, Registration, Status
from app.registrations.queueing import Entry, Queue

_LAPSED = (
    select(Registration)
    .where(
        Registration.event_id == bindparam("event_id"),
        Registration.status == Status.OFFERED,
        Registration.offer_expires_at <= bindparam("at"),
    )
    .order_by(Registration.offer_expires_at, Registration.id)
)
_TOO_LATE = (
    select(Registration)
    .where(
        Registration.event_id == bindparam("event_id"),
        Registration.status == Status.OFFERED,
        Registration.offer_expires_at > bindparam("at"),
    )
    .order_by(Registration.offer_expires_at, Registration.id)
)
_WAITING_DIFFERENTLY = (
    select(Registration.id)
    .outerjoin(Group, Group.id == Registration.group_id)
    .where(
        Registration.event_id == bindparam("event_id"),
        Registration.status == Status.WAITING,
        or_(Registration.queue_rank < 0, Group.all_or_none),
    )
    .limit(1)
)


def enter(event_id: int) -> LockedEvent:
    """The door every writer uses: lock the event, then settle what is due, so that rules hold by the clock."""
    locked = capacity.lock(event_id)
    settle(locked)
    db.session.flush()  # a caller that refreshes a registration would undo what has just been settled for it
    return locked


def settle(locked: LockedEvent) -> None:
    """End the offers whose time is over, release a municipal limit, and give free places to those who wait."""
    at = clock.now()
    if locked.offered and not locked.event.is_called_off:  # all have been told of that
        lapsed = db.session.scalars(_LAPSED, {"event_id": locked.event.id, "at": at}).all()
        for together in whole_groups.entries(lapsed):
            for registration in together:
                end_offer(locked, registration)
                history.note(registration, "offer-lapsed")
            offer_notices.tell_lapsed(together, locked)
    event = locked.event
    if event.municipality_limit_until and event.municipality_limit_until <= at:
        event.municipality_limit_released_at = event.municipality_limit_released_at or at
    promote(locked)


def promote(locked: LockedEvent) -> list[Registration]:
    """Give every free place to the first in the queue whom it fits, and tell them.

    Nobody outside ever sees the place free. With offers, the place is held for the person until they answer.
    """
    if not capacity.gives_places(locked.event) or not _a_place_may_be_free(locked):
        return []
    promoted: list[Registration] = []
    queue = Queue.served(locked.event)
    while entry := queue.take(locked.fits):
        promoted += _grant(locked, entry)
    return promoted


def confirm(locked: LockedEvent, registration: Registration, claim: Claim) -> list[CalendarEntry]:
    """Give a waiting person the place that the caller has found free; returns the new calendar entries."""
    locked.waiting[registration.mode] -= registration.status is Status.WAITING
    transitions.change(registration, Status.CONFIRMED)
    locked.hold(claim)
    return invitations.open_again(registration, locked.days)


def end_offer(locked: LockedEvent, registration: Registration) -> None:
    """Take an offered place back: the registration ends as withdrawn. The caller tells, and promotes."""
    locked.release(counting.claim_of(registration))
    locked.offered -= 1
    transitions.change(registration, Status.WITHDRAWN)


def offer(locked: LockedEvent, together: Sequence[Registration], claims: Sequence[Claim]) -> bool:
    """Hold free places for one who waits, or for a whole group until one moment, and tell.

    False when the event is too near for an answer.
    """
    until = offer_time.deadline(locked.event, clock.now())
    if until is None:
        return False
    for registration, claim in zip(together, claims, strict=True):
        locked.waiting[registration.mode] -= 1
        locked.offered += 1
        transitions.change(registration, Status.OFFERED, offer_until=until)
        locked.hold(claim)
    offer_notices.tell_offered(together, locked)
    return True


def follow_start(locked: LockedEvent) -> None:
    """Offers of an event that has moved nearer end earlier: people are told anew, or get the place at once."""
    if not locked.offered or locked.event.starts_at is None:
        return
    latest = locked.event.starts_at - offer_time.AT_THE_LATEST
    too_late = db.session.scalars(_TOO_LATE, {"event_id": locked.event.id, "at": latest}).all()
    if office_hours.between(clock.now(), latest) >= offer_time.LEAST_TIME_TO_ANSWER:
        for registration in too_late:
            registration.offer_expires_at = latest
        for together in whole_groups.entries(too_late):
            offer_notices.tell_offered(together, locked)
    else:
        for registration in too_late:
            claim = counting.claim_of(registration)
            locked.release(claim)
            locked.offered -= 1
            history.note(registration, "promoted")
            notices.promoted(registration, locked, confirm(locked, registration, claim))


def queue_number(registration: Registration) -> int:
    """The place in the queue of a waiting registration, per mode and at this moment; 1 is next."""
    return queue_numbers(registration.event)[registration.id]


def queue_numbers(event: Event) -> dict[int, int]:
    """The places in the queue of everyone who waits for an event, by the registration's id."""
    return Queue.of(event).numbers()


def is_served(registration: Registration) -> bool:
    """Whether a free place may come by itself to one who waits: not once the list has closed, unless moved to it."""
    if capacity.queue_is_open(registration.event):
        return True
    return registration.id in Queue.served(registration.event).numbers()


def number_of_newcomer(locked: LockedEvent, claim: Claim) -> int:
    """The number that someone who begins to wait now would have."""
    if locked.event.queue_order is QueueOrder.FIRST_COME and not _someone_waits_differently(locked):
        return locked.waiting[claim.mode] + 1  # the same, without asking for everyone who waits
    return numbers_of_group(locked, [claim])[0]


def numbers_of_group(locked: LockedEvent, claims: Sequence[Claim]) -> list[int]:
    """The numbers that a group which begins to wait now as one entry would have, in the order of its claims."""
    ids = tuple(-place for place in range(len(claims)))  # nobody has these yet
    newcomers = Entry(ids=ids, claims=tuple(claims), rank=0, queued_at=clock.now())
    numbers = Queue.of(locked.event, newcomers).numbers()
    return [numbers[one] for one in ids]


def _a_place_may_be_free(locked: LockedEvent) -> bool:
    return any(waiting and locked.free(mode) != 0 for mode, waiting in locked.waiting.items())


def _grant(locked: LockedEvent, entry: Entry) -> list[Registration]:
    together = [db.session.get_one(Registration, one) for one in entry.ids]
    is_offered = locked.event.promotion is Promotion.OFFER and offer(locked, together, entry.claims)
    for registration, claim in zip(together, entry.claims, strict=True):
        history.note(registration, "offered" if is_offered else "promoted")
        if not is_offered:
            notices.promoted(registration, locked, confirm(locked, registration, claim))
    return together


def _someone_waits_differently(locked: LockedEvent) -> bool:
    """Whether someone waits as a part of a whole group, which counts as one, or was moved behind the others."""
    return bool(db.session.scalar(_WAITING_DIFFERENTLY, {"event_id": locked.event.id}))
