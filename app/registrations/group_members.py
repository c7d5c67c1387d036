"""Who belongs to a group, as its contact may see it.

Someone whose address had a registration already stays out of the group, and nothing may tell the contact so: what a
new registration would have got is remembered in the history of the one that is there, and is shown in its stead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.database import db
from app.events.models import Mode
from app.messages.addresses import folded
from app.registrations import capacity, history, links, waitlist
from app.registrations.answer_models import Actor, Change
from app.registrations.booking import Application
from app.registrations.counting import Claim
from app.registrations.links import Purpose
from app.registrations.models import Group, Registration, Status
from app.registrations.queueing import Entry, Queue

NAMED = "named-in-group"


@dataclass(frozen=True, kw_only=True)
class Member:
    """One line of the group's page. Without an address it is a name only: the registration has moved from it.

    `registration` or else `named` is what the line stands for; only rules may ask which.
    """

    key: str
    name: str
    email: str | None
    status: Status
    mode: Mode
    since: datetime
    number: int | None = None
    registration: Registration | None = None
    named: Change | None = None

    @property
    def takes_part(self) -> bool:
        return self.status not in (Status.WITHDRAWN, Status.REFUSED)

    @property
    def ended_together(self) -> bool:
        """Whether the end of it was that of the whole group: refused, or an offer that was declined or lapsed."""
        is_lapsed = self.registration is not None and self.registration.offer_expires_at is not None
        return self.status is Status.REFUSED or is_lapsed

    @property
    def has_been_decided(self) -> bool:
        """Whether a place has been given or refused; it has not as long as it awaits approval or a turn."""
        return self.status not in (Status.AWAITING_APPROVAL, Status.WAITING)

    @property
    def may_be_withdrawn(self) -> bool:
        return self.takes_part and self.email is not None


def of(group: Group) -> list[Member]:
    """The members in the order in which they were named."""
    real = _registered(group)
    return sorted([*real, *_named(group, real)], key=lambda member: member.since)


def by_key(group: Group, key: str) -> Member | None:
    return next((member for member in of(group) if member.key == key), None)


def has(members: Iterable[Member], email: str) -> bool:
    """Whether the contact sees an address as taking part in the group."""
    return any(member.takes_part and member.email and folded(member.email) == folded(email) for member in members)


def remember(group: Group, existing: Registration, member: Application, status: Status) -> None:
    """Note in the history of a registration that a group's contact has named its address, and was answered so."""
    history.note(
        existing,
        NAMED,
        actor=Actor.CONTACT,
        group=group.id,
        name=f"{member.given_name} {member.family_name}",
        email=member.email,
        mode=member.mode.value,
        status=status.value,
    )


def _registered(group: Group) -> list[Member]:
    of_group = select(Registration).where(Registration.group_id == group.id, Registration.anonymised_at.is_(None))
    registrations = list(db.session.scalars(of_group))
    waits = any(one.status is Status.WAITING for one in registrations)
    numbers = waitlist.queue_numbers(group.event) if waits else {}
    return [
        Member(
            key=_key(group, f"registration {one.id}"),
            name=one.full_name,
            email=one.email if one.link_generation == 1 else None,
            status=one.status,
            mode=one.mode,
            since=one.registered_at,
            number=numbers.get(one.id) if one.status is Status.WAITING else None,
            registration=one,
        )
        for one in registrations
    ]


def _named(group: Group, real: list[Member]) -> list[Member]:
    named = (
        select(Change)
        .join(Registration, Registration.id == Change.registration_id)
        .where(Registration.event_id == group.event_id, Change.what == NAMED)
    )
    return [_as_if_new(group, one, real) for one in db.session.scalars(named) if one.details.get("group") == group.id]


def _as_if_new(group: Group, change: Change, real: list[Member]) -> Member:
    details = change.details
    status, number = _standing(group, details, change.at, real)
    return Member(
        key=_key(group, f"change {change.id}"),
        name=details["name"],
        email=details["email"],
        status=status,
        mode=Mode(details["mode"]),
        since=change.at,
        number=number,
        named=change,
    )


def _standing(group: Group, details: dict[str, Any], since: datetime, real: list[Member]) -> tuple[Status, int | None]:
    """How a registration made then would stand now: with the whole group, or by the turn it would have had."""
    status, mode = Status(details["status"]), Mode(details["mode"])
    if group.all_or_none and status in (Status.WAITING, Status.AWAITING_APPROVAL):
        mates = [one for one in real if one.takes_part] or [one for one in real if one.ended_together]
        if of_mode := [member for member in mates if member.mode is mode] or mates:
            return of_mode[0].status, of_mode[0].number
    if status is not Status.WAITING:
        return status, None
    if capacity.places_of([group.event])[group.event_id].has_room(mode):
        return Status.CONFIRMED, None
    claim = Claim(mode=mode, municipality_code=group.municipality_code)
    newcomer = Entry(ids=(0,), claims=(claim,), rank=0, queued_at=since)
    return status, Queue.of(group.event, newcomer).numbers()[0]


def _key(group: Group, of: str) -> str:
    """Names a member in the group's addresses, and tells nothing."""
    return links.token(Purpose.GROUP, group, of)[:22]
