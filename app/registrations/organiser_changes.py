"""What organisers and tutors do to somebody's registration: correct it, withdraw it, give it a place."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import Mode
from app.registrations import counting, history, limits, notices, obstacles, own_changes, waitlist, whole_groups
from app.registrations.capacity import LockedEvent
from app.registrations.models import Registration, Status


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A municipality's code, or else an organisation; and how the person takes part."""

    municipality_code: str | None
    organisation: str
    mode: Mode


def correct(registration: Registration, correction: Correction, *, by: int) -> None:
    """Correct the municipality and the mode.

    A changed mode binds to the places and is told to the person, whose calendar it changes; it ends when the event
    starts. A changed municipality is told to nobody, and may leave the municipality's limit exceeded. Raises Refused
    when the other mode has no room, or the registration is withdrawn or erased.
    """
    if registration.mode is not correction.mode:
        locked, registration = own_changes.enter(registration)
        own_changes.switch(locked, registration, correction.mode, by=by)
    else:
        locked = waitlist.enter(registration.event_id)
        db.session.refresh(registration)
    if registration.anonymised_at:
        raise Refused(_("The personal details of this registration have been erased."))
    if registration.municipality_code != correction.municipality_code:
        old, new = registration.municipality_code, correction.municipality_code
        history.note(registration, "municipality", by=by, old=old, new=new)
    elif registration.organisation != correction.organisation and not correction.municipality_code:
        changed = {"organisation": [registration.organisation, correction.organisation]}
        history.note(registration, "details", by=by, changed=changed)
    registration.municipality_code = correction.municipality_code
    registration.organisation = "" if correction.municipality_code else correction.organisation
    db.session.flush()
    locked.count()
    limits.note_excess(locked)
    waitlist.promote(locked)


def withdraw(registration: Registration, *, by: int) -> bool:
    """Withdraw somebody, who is told; the freed place goes on at once. False when it was already done.

    Unlike the person, an organiser can do it until the event has ended. Raises Refused after that.
    """
    locked, registration = enter(registration)
    if not registration.is_active:
        return False
    own_changes.end(locked, registration, by=by)
    return True


def promote(registration: Registration, *, by: int) -> bool:
    """Give someone who waits a free place, whoever else waits; a whole group all or none. False when they have one.

    The limits bind: the door first gives free places to the first in the queue, so before the start a place is left
    only for someone who is next; after the start, when the queue no longer moves, an organiser may choose.
    Raises Refused when no place is free, the registration is withdrawn, or the event has ended.
    """
    locked, registration = enter(registration)
    if registration.is_confirmed:
        return False
    _must_wait(registration)
    together = whole_groups.standing_with(registration)
    claims = [counting.claim_of(one) for one in together]
    if obstacle := locked.obstacle(*claims):
        raise Refused(obstacles.to_organiser(obstacle, locked.event))
    for one, claim in zip(together, claims, strict=True):
        history.note(one, "promoted", by=by)
        notices.promoted(one, locked, waitlist.confirm(locked, one, claim))
    return True


def extra_place(registration: Registration, reason: str, *, people: int = 1, by: int) -> bool:
    """Give one who waits a place beyond the limits, or a whole group one each: what lacks places gets so many more.

    `people` is how many the organiser was told that it is for. The municipality's limit stays as it is, and does not
    count the places. False when they have a place already. Refused when it would be for another number of people by
    now, the registration is withdrawn or not yet approved, or the event has ended.
    """
    locked, registration = enter(registration)
    if registration.is_confirmed:
        return False
    _must_wait(registration)
    together = whole_groups.standing_with(registration)
    if len(together) != people:
        raise Refused(_("The group has changed meanwhile. See how many of it wait now, and give the places again."))
    for one in together:
        one.is_extra = True
    claims = [counting.claim_of(one) for one in together]
    limits.make_room(locked, claims)
    for one, claim in zip(together, claims, strict=True):
        history.note(one, "extra-place", by=by, reason=reason)
        notices.promoted(one, locked, waitlist.confirm(locked, one, claim))
    return True


def enter(registration: Registration) -> tuple[LockedEvent, Registration]:
    """Through the door, to change somebody's registration. Refused when the event is called off or over."""
    locked = waitlist.enter(registration.event_id)
    db.session.refresh(registration)
    if registration.anonymised_at:
        raise Refused(_("The personal details of this registration have been erased."))
    if locked.event.is_called_off:
        raise Refused(_("The event has been called off."))
    if locked.event.has_ended(clock.now()):
        raise Refused(_("The event has ended, so the registration can no longer be changed."))
    return locked, registration


def _must_wait(registration: Registration) -> None:
    match registration.status:
        case Status.WAITING:
            return
        case Status.OFFERED:
            raise Refused(_("A place is offered to this person already: it is theirs to accept."))
        case Status.AWAITING_APPROVAL:
            raise Refused(_("This registration has not been approved yet."))
        case _:
            raise Refused(_("This registration has been withdrawn."))
