"""Registrations that an organiser approves or refuses. Until then they hold no place.

A group that wants all or nothing is decided on as a whole, whichever of its members was pointed at.
"""

from collections.abc import Sequence

from app.database import db
from app.registrations import (
    approval_notices,
    booking,
    counting,
    history,
    notices,
    organiser_changes,
    transitions,
    waitlist,
    whole_groups,
)
from app.registrations.capacity import LockedEvent
from app.registrations.counting import Claim
from app.registrations.models import Group, Registration, Status


def approve(registration: Registration, message: str = "", *, by: int) -> int:
    """Let someone in: a place if there is one, else the waiting list, in the turn of when they registered.

    A whole group gets its places together, or waits as one entry. `message` is the organiser's own, told with it.
    Returns how many were approved: 0 when it was decided already. Refused when there is neither a place nor a waiting
    list.
    """
    locked, registration = organiser_changes.enter(registration)
    if registration.status is not Status.AWAITING_APPROVAL:
        return 0
    together = whole_groups.standing_with(registration)
    claims = [counting.claim_of(one) for one in together]
    status = booking.status_of_accepted(locked, *claims)
    if _waits_already(registration.group):
        status = Status.WAITING
    for one in together:
        history.note(one, "approved", by=by)
    if status is Status.CONFIRMED:
        _let_in(locked, together, claims, message)
    else:
        _let_wait(locked, together, message)
    return len(together)


def refuse(registration: Registration, message: str, *, by: int) -> int:
    """Do not let someone in, nor the rest of a whole group; `message` is told to them.

    Returns how many were refused: 0 when it was decided already.
    """
    locked, registration = organiser_changes.enter(registration)
    if registration.status is not Status.AWAITING_APPROVAL:
        return 0
    together = whole_groups.standing_with(registration)
    for one in together:
        transitions.change(one, Status.REFUSED)
        history.note(one, "refused", by=by)
        approval_notices.refused(one, locked.event, message)
    return len(together)


def _waits_already(group: Group | None) -> bool:
    """Whether the others of a whole group wait: one who was added to it later waits with them."""
    return group is not None and whole_groups.waits(group)


def _let_in(locked: LockedEvent, together: Sequence[Registration], claims: Sequence[Claim], message: str) -> None:
    for one, claim in zip(together, claims, strict=True):
        notices.confirmed(one, locked, waitlist.confirm(locked, one, claim), message)


def _let_wait(locked: LockedEvent, together: Sequence[Registration], message: str) -> None:
    for one in together:
        transitions.change(one, Status.WAITING)
        locked.waiting[one.mode] += 1
    db.session.flush()
    numbers = waitlist.queue_numbers(locked.event)
    for one in together:
        notices.waiting(one, locked, numbers[one.id], message)
    waitlist.promote(locked)
