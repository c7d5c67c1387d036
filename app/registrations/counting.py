"""What a registration takes of an event's places, and how much of each limited thing is taken."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Select, and_, bindparam, func, literal, select, union_all

from app.database import db
from app.events.models import EventDay, Mode, ProgrammeItem
from app.questions.models import Question, QuestionOption
from app.registrations.answer_models import AnswerChoice
from app.registrations.models import ACTIVE, HOLDING, Group, ProgrammeChoice, Registration, Status


class Kind(StrEnum):
    """What can be limited, the one that people are told of first before the others."""

    MODE = "mode"
    MUNICIPALITY = "municipality"
    ITEM = "item"
    OPTION = "option"


class Resource(NamedTuple):
    """Something that has places: a mode, a municipality's code (None: all other organisations), an item, an option."""

    kind: Kind
    which: str | int | None


@dataclass(frozen=True)
class Limited:
    """How many places there are (None: not limited) and how many are taken."""

    limit: int | None
    taken: int

    def with_taken(self, change: int) -> "Limited":
        return replace(self, taken=self.taken + change)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one registration takes: `items` and `options` are ids. Speakers and staff take nothing (`counts`)."""

    mode: Mode
    municipality_code: str | None
    items: frozenset[int] = frozenset()
    options: frozenset[int] = frozenset()
    counts: bool = True
    is_extra: bool = False

    def resources(self) -> Iterator[Resource]:
        if not self.counts:
            return
        yield Resource(Kind.MODE, self.mode)
        if not self.is_extra:
            yield Resource(Kind.MUNICIPALITY, self.municipality_code)
        yield from (Resource(Kind.ITEM, item_id) for item_id in sorted(self.items))
        yield from (Resource(Kind.OPTION, option_id) for option_id in sorted(self.options))


_HOLDS_PLACE = (Registration.status.in_(HOLDING), Registration.takes_place)
_HOLDS_ITS_PLACE = (Registration.event_id == bindparam("event_id"), *_HOLDS_PLACE)
_KEYS = (Registration.event_id, Registration.status, Registration.mode)
_NUMBERS = (func.count().filter(Registration.takes_place).label("with_place"), func.count().label("everyone"))
_BY_MODE = (
    select(*_KEYS, *_NUMBERS)
    .where(Registration.event_id.in_(bindparam("event_ids", expanding=True)), Registration.status.in_(ACTIVE))
    .group_by(*_KEYS)
)
_BY_MODE_AND_MUNICIPALITY = (
    select(
        *_KEYS,
        *_NUMBERS,
        Registration.municipality_code,
        func.count().filter(Registration.takes_place, ~Registration.is_extra).label("of_municipality"),
    )
    .where(Registration.event_id == bindparam("event_id"), Registration.status.in_(ACTIVE))
    .group_by(*_KEYS, Registration.municipality_code)
)
_BY_MUNICIPALITY = (
    select(Registration.municipality_code, func.count())
    .where(Registration.event_id == bindparam("event_id"), *_HOLDS_PLACE, ~Registration.is_extra)
    .group_by(Registration.municipality_code)
)
_ITEMS = (
    select(
        literal(Kind.ITEM.value),
        ProgrammeItem.id,
        ProgrammeItem.places,
        func.count(Registration.id),
    )
    .select_from(ProgrammeItem)
    .join(ProgrammeItem.day)
    .outerjoin(ProgrammeChoice, ProgrammeChoice.item_id == ProgrammeItem.id)
    .outerjoin(Registration, and_(Registration.id == ProgrammeChoice.registration_id, *_HOLDS_ITS_PLACE))
    .where(EventDay.event_id == bindparam("event_id"), ProgrammeItem.sign_up, ProgrammeItem.places.is_not(None))
    .group_by(ProgrammeItem.id, ProgrammeItem.places)
)
_OPTIONS = (
    select(
        literal(Kind.OPTION.value),
        QuestionOption.id,
        QuestionOption.places,
        func.count(Registration.id),
    )
    .select_from(QuestionOption)
    .join(QuestionOption.question)
    .outerjoin(AnswerChoice, AnswerChoice.option_id == QuestionOption.id)
    .outerjoin(Registration, and_(Registration.id == AnswerChoice.registration_id, *_HOLDS_ITS_PLACE))
    .where(Question.event_id == bindparam("event_id"), QuestionOption.places.is_not(None))
    .group_by(QuestionOption.id, QuestionOption.places)
)
_ITEMS_AND_OPTIONS = union_all(_ITEMS, _OPTIONS)
_IN_A_WHOLE_GROUP = (
    select(Registration.id)
    .join(Group, Group.id == Registration.group_id)
    .where(Registration.event_id == bindparam("event_id"), Registration.status == Status.WAITING, Group.all_or_none)
    .limit(1)
)


class Held(NamedTuple):
    """How many are active in an event by status and mode, and where asked for, by municipality.

    `with_place` leaves out those whom no limit counts; `of_municipality` also extra places.
    """

    event_id: int
    status: Status
    mode: Mode
    with_place: int
    everyone: int
    municipality_code: str | None = None
    of_municipality: int = 0


def by_mode(event_ids: Sequence[int]) -> list[Held]:
    """The active registrations of these events, in one query."""
    return [Held(*row) for row in db.session.execute(_BY_MODE, {"event_ids": event_ids})]


def by_mode_and_municipality(event_id: int) -> list[Held]:
    """The same of one event, by municipality too."""
    return [Held(*row) for row in db.session.execute(_BY_MODE_AND_MUNICIPALITY, {"event_id": event_id})]


def held_of(rows: Iterable[Held]) -> Counter[str | int | None]:
    """Places held by municipality, of rows that tell."""
    held: Counter[str | int | None] = Counter()
    for row in rows:
        if row.status in HOLDING:
            held[row.municipality_code] += row.of_municipality
    return held


def held_by_municipality(event_id: int) -> Counter[str | int | None]:
    """Places held in all modes by municipality; extra places are counted to none."""
    return Counter({code: held for code, held in db.session.execute(_BY_MUNICIPALITY, {"event_id": event_id})})


def items_and_options(event_id: int) -> dict[Resource, Limited]:
    """The limited programme items and options of an event with the places held of each, in one query."""
    rows = db.session.execute(_ITEMS_AND_OPTIONS, {"event_id": event_id})
    return {Resource(Kind(kind), which): Limited(limit, taken) for kind, which, limit, taken in rows}


def a_whole_group_waits(event_id: int) -> bool:
    """Whether someone waits as a part of a group that only takes places for all of it."""
    return db.session.scalar(_IN_A_WHOLE_GROUP, {"event_id": event_id}) is not None


def claim_of(registration: Registration) -> Claim:
    """What a registration takes, or would take if it had a place."""
    items, options = chosen(select(Registration.id).where(Registration.id == registration.id))
    return Claim(
        mode=registration.mode,
        municipality_code=registration.municipality_code,
        items=items.get(registration.id, frozenset()),
        options=options.get(registration.id, frozenset()),
        counts=registration.takes_place,
        is_extra=registration.is_extra,
    )


Chosen = dict[int, frozenset[int]]


def chosen(registration_ids: Select[int]) -> tuple[Chosen, Chosen]:
    """The ids of the chosen items and of the chosen options, by the registration's id, in one query."""
    rows = db.session.execute(
        union_all(
            select(literal(Kind.ITEM.value), ProgrammeChoice.registration_id, ProgrammeChoice.item_id).where(
                ProgrammeChoice.registration_id.in_(registration_ids)
            ),
            select(literal(Kind.OPTION.value), AnswerChoice.registration_id, AnswerChoice.option_id).where(
                AnswerChoice.registration_id.in_(registration_ids)
            ),
        )
    )
    sets: dict[str, dict[int, set[int]]] = {Kind.ITEM: {}, Kind.OPTION: {}}
    for kind, registration_id, which in rows:
        sets[kind].setdefault(registration_id, set()).add(which)
    items, options = ({key: frozenset(ids) for key, ids in sets[kind].items()} for kind in (Kind.ITEM, Kind.OPTION))
    return items, options
