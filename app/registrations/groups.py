"""Registering a group: a contact names colleagues of one municipality, and each becomes a registration of their own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from flask_babel import gettext as _

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import new_uuid
from app.messages import queries as messages
from app.registrations import (
    booking,
    group_members,
    group_notices,
    invitation_links,
    links,
    obstacles,
    queries,
    waitlist,
)
from app.registrations.booking import Application
from app.registrations.capacity import LockedEvent
from app.registrations.counting import Claim
from app.registrations.links import Purpose
from app.registrations.models import Group, Occasion, Registration, Status

GROUPS_A_DAY = 10
AS_A_WHOLE = "all_or_none"  # what a refusal is about


@dataclass(frozen=True, kw_only=True)
class GroupApplication:
    """What a contact has told. `members` are all who are to take part, in the order of the form.

    All come by the same invitation, or none does. With `all_or_none` too few places let all of them wait together; else
    as many get a place as fit, in their order.
    """

    contact_name: str
    contact_email: str
    language: str
    municipality_code: str | None
    organisation: str = ""
    all_or_none: bool
    members: Sequence[Application]


class OfMember(NamedTuple):
    """What a refusal is about: something of the member with this address."""

    email: str
    about: object


@dataclass(frozen=True)
class Placed:
    """What came of one member. `registration` is None when the address had one already, which nothing may tell."""

    member: Application
    status: Status
    number: int | None
    registration: Registration | None


def register(event_id: int, application: GroupApplication, *, nonce: str) -> None:
    """Register a group as its form does, under one lock; `queries.attempts_of_group` tells what each member got.

    The nonce is the rendered form's: sent again, it does nothing. A member whose address
    has a registration already is answered as a new one would be, nothing changes, and its owner is mailed the link.
    Raises Refused, and nobody is registered, when registration is not open, the group is larger than a limit, or
    there is no waiting list for those who do not fit.
    """
    locked = waitlist.enter(event_id)
    if queries.attempts_of_group(nonce, event_id):
        return
    booking.must_be_open(locked)
    _must_not_be_too_large(locked, application)
    _must_be_admitted(locked, application)
    _must_not_fill_a_mailbox(application.contact_email)
    group = _made(locked, application)
    placed = list((_together if application.all_or_none else _one_by_one)(locked, group, application.members))
    lines = [(_name(one.member), one.status, one.number) for one in placed]
    group_notices.summary(group, locked.event, lines)
    booking.remember(_attempts(locked, nonce, placed))


def must_fit_as_a_whole(locked: LockedEvent, claims: Sequence[Claim]) -> None:
    """Refused when a group that wants all or nothing is larger than a limit: it would wait for ever."""
    wanted = Counter(resource for claim in claims for resource in claim.resources())
    for resource, number in wanted.items():
        limit = locked.limit_of(resource)
        if limit is not None and number > limit:
            advice = _("The group cannot fit as a whole: choose that as many take part as fit, or leave somebody out.")
            raise Refused(f"{obstacles.size_in_words(resource, limit)} {advice}", about=AS_A_WHOLE)


def place(locked: LockedEvent, group: Group, member: Application, status: Status, number: int | None) -> Placed:
    """Make one member's registration, or only mail its owner the link when the address has one."""
    existing = queries.active_by_email(locked.event.id, member.email)
    if existing is None:
        made = booking.place(locked, member, status, number, group=group)
        return Placed(member, status, number, made)
    booking.remind(existing, locked)
    group_members.remember(group, existing, member, status)
    return Placed(member, status, number, None)


def _must_not_be_too_large(locked: LockedEvent, application: GroupApplication) -> None:
    largest = locked.event.largest_group
    if len(application.members) > largest:
        raise Refused(too_large(largest))
    if application.all_or_none:
        must_fit_as_a_whole(locked, [member.claim for member in application.members])


def _must_be_admitted(locked: LockedEvent, application: GroupApplication) -> None:
    """By an invitation that has room for all of them; else each by the own address, and who may not is named.

    All are counted, also those who are registered already, or the answer would tell who is.
    """
    invitation_id = application.members[0].invitation_id
    if invitation_id is not None:
        invitation_links.must_be_usable(locked.event, invitation_id, people=len(application.members))
        return
    for member in application.members:
        try:
            booking.must_be_admitted(locked, member)
        except Refused as refused:
            raise _named(member, refused) from None


def too_large(largest: int) -> str:
    """That a group has too many members."""
    if largest == 1:
        return _("One registers for this event alone, not as a group.")
    return _("A group can have %(number)s people at the most.", number=largest)


def _must_not_fill_a_mailbox(address: str) -> None:
    since = clock.now() - timedelta(days=1)
    if messages.count_to(address, Occasion.GROUP, since) >= GROUPS_A_DAY:
        raise Refused(_("Many groups have been registered with this address today. Try again tomorrow."))


def _made(locked: LockedEvent, application: GroupApplication) -> Group:
    group = Group(
        uuid=new_uuid(),
        event=locked.event,
        contact_name=application.contact_name,
        contact_email=application.contact_email,
        language=application.language,
        municipality_code=application.municipality_code,
        organisation="" if application.municipality_code else application.organisation,
        all_or_none=application.all_or_none,
        link_generation=1,
    )
    group.manage_link_hash = links.digest(links.token(Purpose.GROUP, group))
    db.session.add(group)
    db.session.flush()
    return group


def _together(locked: LockedEvent, group: Group, members: Sequence[Application]) -> Iterator[Placed]:
    """All get a place, or all wait as one entry. Those who are there already take no place twice."""
    new = [one for one in members if queries.active_by_email(locked.event.id, one.email) is None]
    status = booking.status_now(locked, *(new or members))
    numbers: Sequence[int | None] = [None] * len(members)
    if status is Status.WAITING:
        numbers = waitlist.numbers_of_group(locked, [member.claim for member in members])
    for member, number in zip(members, numbers, strict=True):
        yield place(locked, group, member, status, number)


def _one_by_one(locked: LockedEvent, group: Group, members: Sequence[Application]) -> Iterator[Placed]:
    """As many as fit, in the order of the form; the others wait, each for themselves."""
    for member in members:
        try:
            status = booking.status_now(locked, member)
        except Refused as refused:
            raise _named(member, refused) from None
        yield place(locked, group, member, status, booking.number_if_waiting(locked, member, status))


def _named(member: Application, refused: Refused) -> Refused:
    said = _("%(name)s: %(reason)s", name=_name(member), reason=str(refused))
    return Refused(said, about=OfMember(member.email, refused.about))


def _name(member: Application) -> str:
    return f"{member.given_name} {member.family_name}"


def _attempts(locked: LockedEvent, nonce: str, placed: Sequence[Placed]) -> list[dict[str, Any]]:
    return [
        booking.answer(
            locked,
            one.member,
            queries.nonce_of_member(nonce, position),
            one.status,
            one.registration,
            one.number,
        )
        for position, one in enumerate(placed)
    ]
