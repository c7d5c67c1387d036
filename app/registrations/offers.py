"""Answering an offered place, and offering one by hand. For a whole group its contact answers: see `group_offers`."""

from datetime import datetime

from flask_babel import gettext as _

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import Event
from app.registrations import (
    capacity,
    counting,
    history,
    notices,
    obstacles,
    own_changes,
    queries,
    transitions,
    waitlist,
    whole_groups,
)
from app.registrations.answer_models import Actor
from app.registrations.capacity import LockedEvent
from app.registrations.models import Registration, Status


def is_lapsed(registration: Registration) -> bool:
    """Whether a registration ended because its offer was not answered in time, or was declined."""
    return registration.status is Status.WITHDRAWN and registration.offer_expires_at is not None


def accept(registration: Registration) -> bool:
    """Take an offered place. False when it was taken already. Refused when the offer has lapsed or is no more."""
    locked, registration = _enter(registration)
    _must_be_ones_own(registration)
    if registration.status is Status.CONFIRMED:
        return False
    if registration.status is not Status.OFFERED:
        raise Refused(_("The time to accept the place is over."))
    take(locked, registration, actor=Actor.PERSON)
    return True


def take(locked: LockedEvent, registration: Registration, *, actor: Actor) -> None:
    """The offered place becomes one's own, under the lock."""
    claim = counting.claim_of(registration)
    locked.release(claim)
    locked.offered -= 1
    notices.confirmed(registration, locked, waitlist.confirm(locked, registration, claim))
    history.note(registration, "offer-accepted", actor=actor)


def decline(registration: Registration) -> bool:
    """Say no to an offered place, which goes on at once. False when it was declined already, or has lapsed."""
    locked, registration = _enter(registration)
    _must_be_ones_own(registration)
    if is_lapsed(registration):
        return False
    if registration.status is not Status.OFFERED:
        raise Refused(_("No place is offered to you at the moment."))
    waitlist.end_offer(locked, registration)
    history.note(registration, "offer-declined", actor=Actor.PERSON)
    db.session.flush()
    waitlist.promote(locked)
    return True


def wait_again(registration: Registration) -> bool:
    """Back to the end of the queue after an offer that lapsed or was declined. False when waiting already.

    Refused when the queue has closed, or the address has another registration by now.
    """
    locked, registration = _enter(registration)
    _must_be_ones_own(registration)
    if registration.is_active:
        return False
    if not is_lapsed(registration) or not may_wait_again(locked.event):
        raise Refused(_("The waiting list is closed."))
    if queries.active_by_email(locked.event.id, registration.email):
        raise Refused(_("You have another registration for the event."))
    queue_again(locked, registration, clock.now(), actor=Actor.PERSON)
    db.session.flush()
    notices.waiting(registration, locked, waitlist.queue_number(registration))
    waitlist.promote(locked)
    return True


def may_wait_again(event: Event) -> bool:
    """Whether the queue takes back those whose offer has ended."""
    return event.waiting_list and capacity.takes_promotions(event)


def queue_again(locked: LockedEvent, registration: Registration, at: datetime, *, actor: Actor) -> None:
    """To the end of the queue, under the lock."""
    transitions.change(registration, Status.WAITING)
    registration.queued_at, registration.queue_rank = at, 0
    locked.waiting[registration.mode] += 1
    history.note(registration, "waiting-again", actor=actor)


def offer_by_hand(registration: Registration, *, by: int) -> None:
    """Offer a free place to someone who waits, whoever else waits; the limits bind. A whole group gets all or none.

    Refused when no place is free for them, they do not wait, or the event is too near for an answer.
    """
    locked, registration = _enter(registration)
    if registration.status is not Status.WAITING:
        raise Refused(_("Only someone who waits can be offered a place."))
    together = whole_groups.standing_with(registration)
    claims = [counting.claim_of(one) for one in together]
    if obstacle := locked.obstacle(*claims):
        raise Refused(obstacles.to_organiser(obstacle, locked.event))
    if not waitlist.offer(locked, together, claims):
        raise Refused(_("The event is too near: give the place instead of offering it."))
    for one in together:
        history.note(one, "offered", by=by)


def _enter(registration: Registration) -> tuple[LockedEvent, Registration]:
    locked = waitlist.enter(registration.event_id)
    db.session.refresh(registration)
    must_be_held(locked)
    return locked, registration


def must_be_held(locked: LockedEvent) -> None:
    """Refused when the event has been called off, or has begun."""
    if locked.event.is_called_off:
        raise Refused(_("The event has been called off."))
    own_changes.must_not_have_begun(locked)


def _must_be_ones_own(registration: Registration) -> None:
    if registration.group and registration.group.all_or_none:
        raise Refused(_("%(name)s answers for your whole group.", name=registration.group.contact_name))
