"""An event's registrations grouped by municipality: the counts of each, the people of each, and who is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select

from app.database import db
from app.events.models import Event, Mode
from app.people import queries as people
from app.people.models import Municipality
from app.registrations.models import ACTIVE, Registration, Status
from app.wording import sort_key

Counts = dict[tuple[Status, Mode], int]


@dataclass(frozen=True)
class Group:
    """A municipality, or under None everyone of another organisation, with counts of every status and mode."""

    municipality: Municipality | None
    counts: Counts = field(default_factory=dict)
    erased: int = 0

    @property
    def code(self) -> str | None:
        return self.municipality.code if self.municipality else None

    @property
    def active(self) -> int:
        return self.count(Status.CONFIRMED) + self.count(Status.WAITING)

    @property
    def named(self) -> int:
        """How many stand in lists with their names: personal details of old registrations have been erased."""
        return sum(self.counts.values()) - self.erased

    def count(self, status: Status, mode: Mode | None = None) -> int:
        return sum(n for (one, way), n in self.counts.items() if one is status and mode in (None, way))


class Person(NamedTuple):
    """One line of a list."""

    id: int
    municipality_code: str | None
    given_name: str
    family_name: str
    email: str
    organisation: str
    role: str
    mode: Mode
    status: Status
    language: str
    registered_at: datetime
    checked_at: datetime | None
    calendar_declined_at: datetime | None
    still_coming_asked_at: datetime | None
    still_coming_at: datetime | None

    @property
    def has_not_said_if_coming(self) -> bool:
        return self.status is Status.CONFIRMED and self.still_coming_asked_at is not None and not self.still_coming_at

    @property
    def is_declined_in_calendar(self) -> bool:
        return self.status in ACTIVE and self.calendar_declined_at is not None


def groups(event: Event, language: str) -> list[Group]:
    """Those with any registration, by name in Finnish order, then other organisations. Two queries."""
    counted: dict[str | None, tuple[Counts, int]] = {}
    erased = func.count(Registration.anonymised_at)
    key = (Registration.municipality_code, Registration.status, Registration.mode)
    rows = db.session.execute(
        select(*key, func.count(), erased).where(Registration.event_id == event.id).group_by(*key)
    )
    for code, status, mode, count, nameless in rows:
        counts, before = counted.get(code, ({}, 0))
        counted[code] = (counts | {(status, mode): count}, before + nameless)
    found = db.session.scalars(select(Municipality).where(Municipality.code.in_([code for code in counted if code])))
    by_name = sorted(found, key=lambda one: sort_key(one.name(language)))
    grouped = [Group(one, *counted[one.code]) for one in by_name]
    return grouped + ([Group(None, *counted[None])] if None in counted else [])


def nobody_from(grouped: Sequence[Group], language: str) -> list[Municipality]:
    """The region's municipalities from which nobody has a place or waits for one."""
    reached = {group.code for group in grouped if group.active}
    return [one for one in people.municipalities_of_the_region(language) if one.code not in reached]


def with_the_region(grouped: Sequence[Group], language: str) -> list[Group]:
    """The groups and the region's municipalities without any registration, in one order."""
    there = {group.code for group in grouped}
    empty = [Group(one) for one in people.municipalities_of_the_region(language) if one.code not in there]
    municipal = [(group.municipality, group) for group in [*grouped, *empty] if group.municipality]
    ordered = sorted(municipal, key=lambda pair: sort_key(pair[0].name(language)))
    return [group for _, group in ordered] + [group for group in grouped if not group.municipality]


def total(grouped: Sequence[Group]) -> Group:
    """All groups as one."""
    counts: Counts = {}
    for group in grouped:
        for key, count in group.counts.items():
            counts[key] = counts.get(key, 0) + count
    return Group(None, counts, sum(group.erased for group in grouped))


def people_of(event: Event, grouped: Sequence[Group], *, first: int = 0, at_most: int | None = None) -> list[Person]:
    """The people of an event in the order of the groups, then of their names; plain rows, for lists and exports."""
    query = (
        _people()
        .where(Registration.event_id == event.id, Registration.anonymised_at.is_(None))
        .order_by(in_order([group.code for group in grouped]), Registration.sort_key, Registration.id)
        .offset(first)
        .limit(at_most)
    )
    return [Person._make(row) for row in db.session.execute(query)]


def in_order(codes: Sequence[str | None]) -> ColumnElement[Any]:
    """Sorts registrations by their municipality as listed, so that no database's collation has a say."""
    ranks = {code: rank for rank, code in enumerate(codes) if code}
    if not ranks:
        return Registration.municipality_code.is_(None)
    return case(ranks, value=Registration.municipality_code, else_=len(codes))


def in_groups(grouped: Sequence[Group], listed: Sequence[Person]) -> Iterator[tuple[Group, list[Person]]]:
    """Each group that has someone among the listed, with them."""
    by_code: dict[str | None, list[Person]] = {}
    for person in listed:
        by_code.setdefault(person.municipality_code, []).append(person)
    return ((group, by_code[group.code]) for group in grouped if group.code in by_code)


def _people() -> Select[Any]:
    return select(*(getattr(Registration, name) for name in Person._fields))
