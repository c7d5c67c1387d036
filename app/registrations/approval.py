"""Registrations that an organiser approves or refuses. Until then they hold no place."""

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
)
from app.registrations.capacity import LockedEvent
from app.registrations.models import Registration, Status


def approve(registration: Registration, message: str = "", *, by: int) -> bool:
    """Let someone in: a place if there is one, else the waiting list, in the turn of when they registered.

    `message` is the organiser's own, told with it. False when it was decided already. Refused when there is neither
    a place nor a waiting list.
    """
    locked, registration = organiser_changes.enter(registration)
    if registration.status is not Status.AWAITING_APPROVAL:
        return False
    claim = counting.claim_of(registration)
    status = booking.status_of_accepted(locked, claim)
    history.note(registration, "approved", by=by)
    if status is Status.CONFIRMED:
        notices.confirmed(registration, locked, waitlist.confirm(locked, registration, claim), message)
    else:
        _let_wait(locked, registration, message)
    return True


def refuse(registration: Registration, message: str, *, by: int) -> bool:
    """Do not let someone in; `message` is told to them. False when it was decided already."""
    locked, registration = organiser_changes.enter(registration)
    if registration.status is not Status.AWAITING_APPROVAL:
        return False
    transitions.change(registration, Status.REFUSED)
    history.note(registration, "refused", by=by)
    approval_notices.refused(registration, locked.event, message)
    return True


def _let_wait(locked: LockedEvent, registration: Registration, message: str) -> None:
    transitions.change(registration, Status.WAITING)
    locked.waiting[registration.mode] += 1
    db.session.flush()
    notices.waiting(registration, locked, waitlist.queue_number(registration), message)
    waitlist.promote(locked)
