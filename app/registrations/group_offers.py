"""Answering places that are offered to a whole group: its contact does it for all, in one transaction, never for some.

A member may still withdraw alone; the others' offer stands.
"""

from datetime import datetime

from flask_babel import gettext as _

from app import clock
from app.database import db
from app.errors import Refused
from app.registrations import (
    counting,
    group_notices,
    groups,
    history,
    invitations,
    notices,
    offers,
    queries,
    waitlist,
    whole_groups,
)
from app.registrations.answer_models import Actor
from app.registrations.capacity import LockedEvent
from app.registrations.models import Group, Registration, Status


def open_until(group: Group) -> datetime | None:
    """When an offer to the whole group ends; None when there is none, or its time is over."""
    ends = [one.offer_expires_at for one in whole_groups.members(group, Status.OFFERED) if one.offer_expires_at]
    return min(ends) if ends and min(ends) > clock.now() else None


def has_lapsed(group: Group) -> bool:
    """Whether an offer to the whole group was declined, or not answered in time, and nobody of it waits or has a place.

    By the clock, also when nobody has settled it yet.
    """
    if not group.all_or_none or whole_groups.members(group, Status.WAITING, Status.CONFIRMED) or open_until(group):
        return False
    return any(map(_has_ended, whole_groups.members(group, Status.OFFERED, Status.WITHDRAWN)))


def accept(group: Group) -> bool:
    """Take the offered places for all. False when they were taken already. Refused when the offer has lapsed."""
    locked = _enter(group)
    offered = whole_groups.members(group, Status.OFFERED)
    if not offered and whole_groups.members(group, Status.CONFIRMED):
        return False
    if not offered:
        raise Refused(_("The time to accept the places is over."))
    for one in offered:
        offers.take(locked, one, actor=Actor.CONTACT)
    return True


def decline(group: Group) -> bool:
    """Say no for all, who are told by whom; the places go on at once. False when it was done already, or has lapsed."""
    locked = _enter(group)
    offered = whole_groups.members(group, Status.OFFERED)
    if not offered and any(map(offers.is_lapsed, whole_groups.members(group, Status.WITHDRAWN))):
        return False
    if not offered:
        raise Refused(_("No places are offered to your group at the moment."))
    for one in offered:
        waitlist.end_offer(locked, one)
        history.note(one, "offer-declined", actor=Actor.CONTACT)
        group_notices.withdrawn(one, locked, invitations.cancel_all(one))
    db.session.flush()
    waitlist.promote(locked)
    return True


def wait_again(group: Group) -> bool:
    """Back to the end of the queue, all as one entry. False when they wait or have places already.

    Those who have registered anew meanwhile keep that. Refused when the queue has closed, or the group would no longer
    fit a limit.
    """
    locked = _enter(group)
    if whole_groups.members(group, Status.WAITING, Status.CONFIRMED, Status.OFFERED):
        return False
    if not offers.may_wait_again(locked.event):
        raise Refused(_("The waiting list is closed."))
    back = [one for one in whole_groups.members(group, Status.WITHDRAWN) if _may_come_back(one)]
    groups.must_fit_as_a_whole(locked, [counting.claim_of(one) for one in back])
    at = clock.now()
    for one in back:
        offers.queue_again(locked, one, at, actor=Actor.CONTACT)
    db.session.flush()
    numbers = waitlist.queue_numbers(locked.event)
    for one in back:
        notices.waiting(one, locked, numbers[one.id])
    waitlist.promote(locked)
    return bool(back)


def _may_come_back(registration: Registration) -> bool:
    is_free = queries.active_by_email(registration.event_id, registration.email) is None
    return offers.is_lapsed(registration) and registration.anonymised_at is None and is_free


def _has_ended(registration: Registration) -> bool:
    return registration.status is Status.OFFERED or offers.is_lapsed(registration)


def _enter(group: Group) -> LockedEvent:
    locked = waitlist.enter(group.event_id)
    db.session.refresh(group)
    offers.must_be_held(locked)
    return locked
