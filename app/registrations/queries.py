"""Reads of registrations that have a name."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.orm import joinedload

from app.database import db
from app.events.models import Event, Mode
from app.messages.addresses import folded
from app.registrations import answer_filter, by_municipality, coming_answers, links, own_days
from app.registrations.answer_models import Change
from app.registrations.coming_answers import Coming
from app.registrations.models import (
    ACTIVE,
    ACTIVE_SQL,
    Announcement,
    Attempt,
    Group,
    JoinClick,
    ProgrammeChoice,
    Registration,
    Status,
)
from app.wording import search_key

# The condition word for word as the index has it, or the databases would read all of the event's registrations.
_ACTIVE_BY_EMAIL = select(Registration).where(
    Registration.event_id == bindparam("event_id"),
    Registration.email_key == bindparam("email_key"),
    ACTIVE_SQL,
)

_ATTEMPT = select(Attempt).where(Attempt.nonce == bindparam("nonce"), Attempt.event_id == bindparam("event_id"))
_KNOWN = select(_ATTEMPT.exists(), _ACTIVE_BY_EMAIL.with_only_columns(Registration.id).scalar_subquery())

ASKED = "asked-to-be-accepted"
_PLACE = joinedload(Registration.municipality)


def active_by_email(event_id: int, address: str) -> Registration | None:
    return db.session.scalar(_ACTIVE_BY_EMAIL, {"event_id": event_id, "email_key": folded(address)})


def by_manage_token(token: str) -> Registration | None:
    """The registration of a personal page's link. One that is anonymised has no links any more."""
    return db.session.scalar(select(Registration).where(Registration.manage_link_hash == links.digest(token)))


def by_join_token(token: str) -> Registration | None:
    return db.session.scalar(select(Registration).where(Registration.join_link_hash == links.digest(token)))


def attempt_by(nonce: str, event_id: int) -> Attempt | None:
    """The answer that a sent form got: what its done page shows, and what the same form gets again."""
    return db.session.scalar(_ATTEMPT, {"nonce": nonce, "event_id": event_id})


def known(nonce: str, event_id: int, address: str) -> tuple[bool, int | None]:
    """Whether a form was sent before, and the id of the active registration that its address has; in one question."""
    asked = {"nonce": nonce, "event_id": event_id, "email_key": folded(address)}
    is_sent, registration_id = db.session.execute(_KNOWN, asked).one()
    return is_sent, registration_id


def attempts_of_group(nonce: str, event_id: int) -> list[Attempt]:
    """The answers that a sent form of a group got, one for each member, in the order of the form."""
    of_form = Attempt.nonce.startswith(nonce_of_member(nonce, None), autoescape=True)
    return list(
        db.session.scalars(select(Attempt).where(of_form, Attempt.event_id == event_id).order_by(Attempt.nonce))
    )


def nonce_of_member(nonce: str, position: int | None) -> str:
    """Under which one member's answer is kept; without a position, what all of the form begin with."""
    return f"{nonce}." if position is None else f"{nonce}.{position:03d}"


def by_group_token(token: str) -> Group | None:
    return db.session.scalar(select(Group).where(Group.manage_link_hash == links.digest(token)))


def group_of(event: Event, group_id: int) -> Group | None:
    return db.session.scalar(select(Group).where(Group.id == group_id, Group.event_id == event.id))


def invitation_of(group: Group) -> int | None:
    """The invitation by which a group came; whoever is added to it later comes by it too."""
    by_it = (Registration.group_id == group.id, Registration.invitation_id.is_not(None))
    return db.session.scalar(select(Registration.invitation_id).where(*by_it).limit(1))


def group_contacts(event: Event) -> dict[int, str]:
    """Who registered each member of a group, by the registration's id."""
    rows = db.session.execute(
        select(Registration.id, Group.contact_name)
        .join(Group, Group.id == Registration.group_id)
        .where(Registration.event_id == event.id)
    )
    return {registration_id: name for registration_id, name in rows}


class Sort(StrEnum):
    NAME = "name"
    REGISTERED = "registered"
    MUNICIPALITY = "municipality"
    STATUS = "status"


@dataclass(frozen=True)
class Filter:
    """What of an event's registrations a list shows. `text` is of a name or an address; "@" begins a domain.

    `item` is a programme item they signed up for, `answer` what they answered (as answer_filter names it), `attended`
    whether they pressed "Join" on their joining page, `coming` what they said when they were asked whether they still
    come.
    """

    text: str = ""
    status: Status | None = None
    municipality: str | None = None
    mode: Mode | None = None
    item: int | None = None
    group: int | None = None
    answer: str | None = None
    attended: bool | None = None
    coming: Coming | None = None


OTHER = "other"


def listed(
    event: Event, shown: Filter, *, sort: Sort, descending: bool, municipalities: Sequence[str | None] = ()
) -> Select[Registration]:
    """The registrations of a list, to be paged; names in Finnish order by the stored key on both databases.

    `municipalities` are the codes in the order that sorting by municipality follows.
    """
    query = select(Registration).options(joinedload(Registration.group))
    query = query.where(Registration.event_id == event.id, *conditions(shown))
    keys: dict[Sort, list[Any]] = {
        Sort.NAME: [Registration.sort_key],
        Sort.REGISTERED: [Registration.registered_at],
        Sort.MUNICIPALITY: [by_municipality.in_order(municipalities), Registration.sort_key],
        Sort.STATUS: [Registration.status, Registration.sort_key],
    }
    first, *rest = keys[sort]
    return query.order_by(first.desc() if descending else first, *rest, Registration.id)


def counts_by_status(event: Event, shown: Filter) -> dict[Status, int]:
    """How many of each status the list would hold with its other filters kept: the tabs' figures."""
    rows = db.session.execute(
        select(Registration.status, func.count())
        .where(Registration.event_id == event.id, *conditions(shown, with_status=False))
        .group_by(Registration.status)
    )
    return {status: count for status, count in rows}


def awaiting_approval(event: Event) -> list[Registration]:
    """Those whom an organiser has to approve or refuse, in the order of registering."""
    awaiting = (Registration.event_id == event.id, Registration.status == Status.AWAITING_APPROVAL)
    order = (Registration.registered_at, Registration.id)
    with_group = joinedload(Registration.group)
    return list(db.session.scalars(select(Registration).options(_PLACE, with_group).where(*awaiting).order_by(*order)))


def notes_to_the_organiser(event: Event) -> dict[int, str]:
    """What those who asked to be accepted wrote, by the registration's id."""
    rows = db.session.execute(
        select(Change.registration_id, Change.details)
        .join(Registration, Registration.id == Change.registration_id)
        .where(Registration.event_id == event.id, Change.what == ASKED)
    )
    return {registration_id: details.get("note", "") for registration_id, details in rows}


def note_to_the_organiser(registration: Registration) -> str:
    """What someone who asked to be accepted wrote; empty for others."""
    asked = select(Change.details).where(Change.registration_id == registration.id, Change.what == ASKED).limit(1)
    return str((db.session.scalar(asked) or {}).get("note", ""))


def offered(event: Event) -> list[Registration]:
    """Those to whom a place is offered, the first end first."""
    live = (Registration.event_id == event.id, Registration.status == Status.OFFERED)
    order = (Registration.offer_expires_at, Registration.id)
    return list(db.session.scalars(select(Registration).options(_PLACE).where(*live).order_by(*order)))


def by_ids(ids: Collection[int]) -> dict[int, Registration]:
    """These registrations with their municipalities and groups, by id."""
    wanted = select(Registration).options(_PLACE, joinedload(Registration.group)).where(Registration.id.in_(ids))
    return {registration.id: registration for registration in db.session.scalars(wanted)}


def audience_size(event: Event) -> int:
    """How many people a change of the event would be told to."""
    return db.session.scalars(
        select(func.count()).where(
            Registration.event_id == event.id, Registration.status.in_(ACTIVE), Registration.anonymised_at.is_(None)
        )
    ).one()


def audience_by_status(event: Event, *, invited_only: bool) -> Counter[Status]:
    """The same by status, when a change concerns everyone or only those who have the days by invitation."""
    rows = db.session.execute(
        select(Registration.status, func.count())
        .where(Registration.event_id == event.id, Registration.status.in_(ACTIVE), Registration.anonymised_at.is_(None))
        .where(own_days.are_invited() if invited_only else true())
        .group_by(Registration.status)
    )
    return Counter({status: count for status, count in rows})


def announcements_of(event: Event) -> list[Announcement]:
    """What the many were told, the latest first."""
    return list(
        db.session.scalars(
            select(Announcement).where(Announcement.event_id == event.id).order_by(Announcement.id.desc())
        )
    )


def conditions(shown: Filter, *, with_status: bool = True) -> list[ColumnElement[bool]]:
    """What a filter asks of a registration, beside its event."""
    asked: list[ColumnElement[bool]] = []
    if with_status and shown.status:
        asked.append(Registration.status == shown.status)
    if shown.group is not None:
        asked.append(Registration.group_id == shown.group)
    if shown.mode:
        asked.append(Registration.mode == shown.mode)
    if shown.municipality == OTHER:
        asked.append(Registration.municipality_code.is_(None))
    elif shown.municipality:
        asked.append(Registration.municipality_code == shown.municipality)
    if shown.text.strip(" ,"):
        asked.append(_found_by(shown.text))
    if shown.coming:
        asked += coming_answers.said(shown.coming)
    return [*asked, *_of_choices(shown)]


def _of_choices(shown: Filter) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if shown.item is not None:
        asked.append(_has(ProgrammeChoice, ProgrammeChoice.item_id == shown.item))
    if shown.answer is not None:
        asked.append(answer_filter.condition(shown.answer))
    if shown.attended is not None:
        clicked = _has(JoinClick)
        asked.append(clicked if shown.attended else ~clicked)
    return asked


def _has(model: type[JoinClick | ProgrammeChoice], *of: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(model.registration_id == Registration.id, *of)


def _found_by(text: str) -> ColumnElement[bool]:
    """By every word of a name, whatever their order, or by a part of the address."""
    words = search_key(text.replace(",", " ")).split()
    return or_(
        and_(*(Registration.search_key.contains(word, autoescape=True) for word in words)),
        Registration.email_key.contains(folded(text), autoescape=True),
    )
