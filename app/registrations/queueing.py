"""The order of the waiting list: one rule, by which places are given and by which people are told their number.

An organiser's moves come first. Then, first come: the time of queueing. Fair: the municipality with the fewest places
over all modes, those without any first, and within it the time; other organisations count as one municipality.
A group that waits as a whole is one entry, passed over until there are places for all of it.

Once the waiting list has closed, only those are served whom a change of attendance has put into it: they had a place,
and it was the organiser who moved them. The others keep their turn behind them, should the list open again.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, bindparam, func, select

from app.database import db
from app.events.models import Event, Mode, QueueOrder
from app.registrations import capacity, counting, history
from app.registrations.answer_models import Change
from app.registrations.counting import Claim
from app.registrations.models import HOLDING, Group, Registration, Status


@dataclass(frozen=True)
class Entry:
    """One turn on the waiting list: the registrations it is for, and what they would take together."""

    ids: tuple[int, ...]
    claims: tuple[Claim, ...]
    rank: int
    queued_at: datetime
    was_moved: bool = False

    @property
    def municipality_code(self) -> str | None:
        return self.claims[0].municipality_code

    @property
    def modes(self) -> set[Mode]:
        return {claim.mode for claim in self.claims}

    @property
    def by_time(self) -> tuple[datetime, int]:
        return self.queued_at, self.ids[0]


class Queue:
    """Everyone who waits for an event, to be taken one entry after the other."""

    def __init__(self, order: QueueOrder, entries: Iterable[Entry], held: Counter[str | None]) -> None:
        self._held = held
        self._is_fair = order is QueueOrder.FAIR
        self._lines: dict[tuple[bool, int, str | None], deque[Entry]] = {}
        for entry in sorted(entries, key=lambda one: one.by_time):
            line = (not entry.was_moved, -entry.rank, entry.municipality_code if self._is_fair else None)
            self._lines.setdefault(line, deque()).append(entry)

    @classmethod
    def of(cls, event: Event, newcomer: Entry | None = None) -> "Queue":
        """The waiting list of an event, with `newcomer` as if waiting too; in at most three queries."""
        return cls._with(event, [*_waiting(event), *([newcomer] if newcomer else [])])

    @classmethod
    def served(cls, event: Event) -> "Queue":
        """Those of the waiting list to whom a free place goes at this moment."""
        waiting = _waiting(event)
        return cls._with(event, waiting if capacity.queue_is_open(event) else [one for one in waiting if one.was_moved])

    @classmethod
    def _with(cls, event: Event, entries: Iterable[Entry]) -> "Queue":
        held = _held(event) if event.queue_order is QueueOrder.FAIR else Counter[str | None]()
        return cls(event.queue_order, entries, held)

    def take(self, fits: Callable[..., bool]) -> Entry | None:
        """The first whose claims fit; it leaves the queue, as do those before it whom it did not fit.

        Places only become fewer while they are given, so nobody passed over could have one of the next.
        """
        while entry := self._next():
            if fits(*entry.claims):
                self._held[entry.municipality_code] += len(entry.ids)
                return entry
        return None

    def numbers(self) -> dict[int, int]:
        """Each registration's number if places became free one after the other: 1 is next in its mode."""
        numbers: dict[int, int] = {}
        ahead: Counter[Mode] = Counter()
        while entry := self.take(lambda *_: True):
            ahead.update(entry.modes)
            numbers |= {one: ahead[claim.mode] for one, claim in zip(entry.ids, entry.claims, strict=True)}
        return numbers

    def _next(self) -> Entry | None:
        lines = [(key, line) for key, line in self._lines.items() if line]
        if not lines:
            return None
        _, line = min(lines, key=lambda one: (one[0][:2], self._places(one[0][2]), one[1][0].by_time))
        return line.popleft()

    def _places(self, municipality_code: str | None) -> int:
        return self._held[municipality_code] if self._is_fair else 0


_WAITING = (
    select(
        Registration.id,
        Registration.mode,
        Registration.municipality_code,
        Registration.queued_at,
        Registration.queue_rank,
        Registration.takes_place,
        Registration.is_extra,
        Group.id,
    )
    .outerjoin(Group, and_(Group.id == Registration.group_id, Group.all_or_none))
    .where(Registration.event_id == bindparam("event_id"), Registration.status == Status.WAITING)
    .order_by(Registration.queued_at, Registration.id)
)
_HELD = (
    select(Registration.municipality_code, func.count())
    .where(Registration.event_id == bindparam("event_id"), Registration.status.in_(HOLDING), Registration.takes_place)
    .group_by(Registration.municipality_code)
)
_MOVED = (
    select(Change.registration_id, Change.details)
    .join(Registration, Registration.id == Change.registration_id)
    .where(
        Registration.event_id == bindparam("event_id"),
        Registration.status == Status.WAITING,
        Change.what == history.MOVED_BY_ATTENDANCE,
        Change.at >= Registration.queued_at,
    )
)


def _held(event: Event) -> Counter[str | None]:
    return Counter({code: number for code, number in db.session.execute(_HELD, {"event_id": event.id})})


def _waiting(event: Event) -> list[Entry]:
    rows = db.session.execute(_WAITING, {"event_id": event.id}).all()
    ids = select(Registration.id).where(Registration.event_id == event.id, Registration.status == Status.WAITING)
    items, options = counting.chosen(ids) if rows else ({}, {})
    moved = set() if capacity.queue_is_open(event) or not rows else _moved(event)
    nobody: frozenset[int] = frozenset()
    entries: dict[tuple[str, int], Entry] = {}
    for one, mode, code, queued_at, rank, takes_place, is_extra, group_id in rows:
        claim = Claim(
            mode=mode,
            municipality_code=code,
            items=items.get(one, nobody),
            options=options.get(one, nobody),
            counts=takes_place,
            is_extra=is_extra,
        )
        key = ("group", group_id) if group_id else ("one", one)
        entry = entries.get(key, Entry((), (), rank, queued_at))
        entries[key] = replace(
            entry,
            ids=(*entry.ids, one),
            claims=(*entry.claims, claim),
            rank=max(entry.rank, rank),
            was_moved=entry.was_moved or one in moved,
        )
    return list(entries.values())


def _moved(event: Event) -> set[int]:
    """Who waits because of a change of attendance, in the turn they have had since."""
    rows = db.session.execute(_MOVED, {"event_id": event.id})
    return {registration_id for registration_id, details in rows if details.get("waits")}
