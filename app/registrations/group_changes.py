"""What a group's contact does after registering it: adds a member, withdraws one. Each in one lock."""

from flask_babel import gettext as _

from app.database import db
from app.errors import Refused
from app.registrations import admission, booking, counting, group_members, groups, own_changes, waitlist
from app.registrations.answer_models import Actor
from app.registrations.booking import Application
from app.registrations.capacity import LockedEvent
from app.registrations.group_members import Member
from app.registrations.models import Group, Registration, Status
from app.registrations.queueing import Entry, Queue


def add(group: Group, member: Application) -> None:
    """One more member, who waits with the group if all of it waits together; else a place, or the waiting list.

    Refused when registration is not open, the address is in the group already, the group is at its largest, there is
    neither a place nor a waiting list, or a group that waits as a whole would no longer fit a limit.
    """
    locked = waitlist.enter(group.event_id)
    db.session.refresh(group)
    booking.must_be_open(locked)
    booking.must_be_admitted(locked, member)
    members = group_members.of(group)
    if group_members.has(members, member.email):
        raise Refused(_("This address is in the group already."), about=admission.ADDRESS)
    if sum(one.takes_part for one in members) >= locked.event.largest_group:
        raise Refused(groups.too_large(locked.event.largest_group))
    status = booking.status_now(locked, member)
    number = booking.number_if_waiting(locked, member, status)
    waiting = [one.registration for one in members if one.registration and one.status is Status.WAITING]
    if group.all_or_none and waiting and status in (Status.CONFIRMED, Status.WAITING):
        status, number = _with_the_others(locked, waiting, member)
    elif group.all_or_none and status is Status.AWAITING_APPROVAL:
        undecided = [one.registration for one in members if one.registration and not one.has_been_decided]
        groups.must_fit_as_a_whole(locked, [*map(counting.claim_of, undecided), member.claim])
    groups.place(locked, group, member, status, number)


def withdraw(group: Group, member: Member) -> bool:
    """Withdraw a member, who is told by whom. False when it was done already. What is left of a group goes on.

    Refused when the event has started, or the registration has moved from the address that the contact named.
    """
    if not member.takes_part:
        return False
    if member.registration is None:
        return _leave_out(group, member)
    if not member.may_be_withdrawn:
        raise Refused(_("This registration has moved to another address, so only its owner can withdraw it."))
    return own_changes.withdraw(member.registration, actor=Actor.CONTACT)


def _with_the_others(
    locked: LockedEvent, waiting: list[Registration], member: Application
) -> tuple[Status, int | None]:
    """Waiting in the turn that the group has."""
    claims = [counting.claim_of(one) for one in waiting]
    groups.must_fit_as_a_whole(locked, [*claims, member.claim])
    rank, since = max(one.queue_rank for one in waiting), min(one.queued_at for one in waiting)
    beside = Entry(ids=(0,), claims=(member.claim,), rank=rank, queued_at=since)
    return Status.WAITING, Queue.of(locked.event, beside).numbers()[0]


def _leave_out(group: Group, member: Member) -> bool:
    locked = waitlist.enter(group.event_id)
    own_changes.must_not_have_begun(locked)
    found = group_members.by_key(group, member.key)
    if found is None or found.named is None or not found.takes_part:
        return False
    found.named.details = found.named.details | {"status": Status.WITHDRAWN.value}
    return True
