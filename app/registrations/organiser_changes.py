"""What organisers and tutors do to somebody's registration: correct it, withdraw it, give it a place."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app import clock
from app.database import begin_write, db
from app.errors import Refused
from app.events.models import Mode
from app.registrations import notices, own_changes, waitlist
from app.registrations.capacity import LockedEvent
from app.registrations.models import Registration, Status


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A municipality's code, or else an organisation; and how the person takes part."""

    municipality_code: str | None
    organisation: str
    mode: Mode


def correct(registration: Registration, correction: Correction) -> None:
    """Correct the municipality and the mode. Begins the write transaction; the caller commits.

    A changed mode goes through the door, binds to the places and is told to the person, whose calendar it changes;
    it ends when the event starts. A changed municipality is told to nobody. Raises Refused when the other mode has
    no room, or the registration is withdrawn or erased.
    """
    if registration.mode is correction.mode:
        begin_write()
        db.session.refresh(registration)
    else:
        own_changes.switch_mode(registration, correction.mode)
    if registration.anonymised_at:
        raise Refused(_("The personal details of this registration have been erased."))
    registration.municipality_code = correction.municipality_code
    registration.organisation = "" if correction.municipality_code else correction.organisation


def withdraw(registration: Registration) -> bool:
    """Withdraw somebody, who is told; the freed place goes on at once. False when it was already done.

    Unlike the person, an organiser can do it until the event has ended. Raises Refused after that.
    """
    locked, registration = _enter(registration)
    if not registration.is_active:
        return False
    own_changes.end(locked, registration)
    return True


def promote(registration: Registration) -> bool:
    """Give someone who waits a free place, whoever else waits. False when they have a place already.

    The limits bind: the door first gives free places to the first in the queue, so before the start a place is left
    only for someone who is next; after the start, when the queue no longer moves, an organiser may choose.
    Raises Refused when no place is free, the registration is withdrawn, or the event has ended.
    """
    locked, registration = _enter(registration)
    match registration.status:
        case Status.CONFIRMED:
            return False
        case Status.WITHDRAWN:
            raise Refused(_("This registration has been withdrawn."))
    if locked.free(registration.mode) == 0:
        raise Refused(_("No place is free. Raise the number of places, or wait until someone withdraws."))
    notices.promoted(registration, locked, waitlist.confirm(locked, registration))
    return True


def _enter(registration: Registration) -> tuple[LockedEvent, Registration]:
    locked = waitlist.enter(registration.event_id)
    db.session.refresh(registration)
    if locked.event.is_called_off:
        raise Refused(_("The event has been called off."))
    if locked.event.has_ended(clock.now()):
        raise Refused(_("The event has ended, so the registration can no longer be changed."))
    return locked, registration
