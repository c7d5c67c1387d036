"""The one door to capacity: every writer that counts places enters here, one at a time per event.

The door takes the event's lock first (on PostgreSQL its row, on SQLite the write lock of BEGIN IMMEDIATE), counts
inside it, and settles what is due before the writer does its own work. Counts are derived, never stored.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import bindparam, select

from app import clock
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Event, EventDay, Mode
from app.registrations import counting
from app.registrations.counting import Claim, Held, Kind, Limited, Resource
from app.registrations.models import HOLDING, Status

# Built once: registering is the service's busiest moment, and building a statement costs as much as running it.
_LOCKED = (
    select(Event)
    .options(*events.WITHOUT_HOURS)
    .where(Event.id == bindparam("event_id"))
    .with_for_update(of=Event)
    .execution_options(populate_existing=True)
)


@dataclass
class Places:
    """An event's places. Only a count made under the lock (`LockedEvent`) may decide who gets one.

    `taken` counts confirmed and offered places by mode, without those whom no limit counts (speakers, staff).
    """

    event: Event
    taken: Counter[Mode] = field(default_factory=Counter)
    waiting: Counter[Mode] = field(default_factory=Counter)
    offered: int = 0

    def free(self, mode: Mode) -> int | None:
        """Places nobody holds: 0 when a lowered limit stands under what is taken, None when not limited."""
        return self.free_of(Resource(Kind.MODE, mode))

    def option_free(self, option_id: int) -> int | None:
        """Places of a question's option that nobody holds."""
        return self.free_of(Resource(Kind.OPTION, option_id))

    def free_of(self, resource: Resource) -> int | None:
        """What is free of anything that is limited; None when it is not limited."""
        limited = self._limited(resource)
        return None if limited.limit is None else max(0, limited.limit - limited.taken)

    def limit_of(self, resource: Resource) -> int | None:
        """How many places there are of anything that can be limited; None when it is not."""
        return self._limited(resource).limit

    def obstacle(self, *claims: Claim) -> Resource | None:
        """The limit that says no to these claims together; None when they fit."""
        wanted = Counter(resource for claim in claims for resource in claim.resources())
        for resource, number in wanted.items():
            free = self.free_of(resource)
            if free is not None and free < number:
                return resource
        return None

    def fits(self, *claims: Claim) -> bool:
        """Whether there are places for these claims together."""
        return self.obstacle(*claims) is None

    def has_room(self, mode: Mode) -> bool:
        """Whether a newcomer can have a place, their municipality aside: one is free, and nobody it fits waits."""
        if mode not in self.event.modes or self.free(mode) == 0:
            return False
        return not self.waiting[mode] or not queue_is_open(self.event) or self._may_be_passed_over

    def excess(self) -> dict[Resource, int]:
        """How many places more than a limit are taken, for each limit that stands under what is taken."""
        return {
            resource: limited.taken - limited.limit
            for resource, limited in self._all_limited()
            if limited.limit is not None and limited.taken > limited.limit
        }

    @property
    def _may_be_passed_over(self) -> bool:
        """Whether those who wait may wait for something else than one place in their mode."""
        is_limited_otherwise = self.event.municipality_limit_at(clock.now()) is not None
        return is_limited_otherwise or bool(self._by_item_and_option) or self._a_whole_group_waits

    def _limited(self, resource: Resource) -> Limited:
        match resource.kind:
            case Kind.MODE:
                mode = Mode(str(resource.which))
                return Limited(self.event.places(mode), self.taken[mode])
            case Kind.MUNICIPALITY:
                limit = self.event.municipality_limit_at(clock.now())
                return Limited(limit, self._by_municipality[resource.which] if limit is not None else 0)
            case _:
                return self._by_item_and_option.get(resource, Limited(None, 0))

    def _all_limited(self) -> Iterator[tuple[Resource, Limited]]:
        for mode in Mode:
            yield Resource(Kind.MODE, mode), self._limited(Resource(Kind.MODE, mode))
        if self.event.municipality_limit_at(clock.now()) is not None:
            for code in self._by_municipality:
                yield Resource(Kind.MUNICIPALITY, code), self._limited(Resource(Kind.MUNICIPALITY, code))
        yield from self._by_item_and_option.items()

    @cached_property
    def _by_municipality(self) -> Counter[str | int | None]:
        return counting.held_by_municipality(self.event.id)

    @cached_property
    def _by_item_and_option(self) -> dict[Resource, Limited]:
        return counting.items_and_options(self.event.id)

    @cached_property
    def _a_whole_group_waits(self) -> bool:
        return counting.a_whole_group_waits(self.event.id)


@dataclass
class LockedEvent(Places):
    """An event whose lock this transaction holds until it commits."""

    def count(self) -> None:
        """Count what is taken, or count it anew when changes made under the lock have been flushed."""
        for name in ("_by_municipality", "_by_item_and_option", "_a_whole_group_waits"):
            self.__dict__.pop(name, None)
        if self.event.municipality_limit_at(clock.now()) is None:
            rows = counting.by_mode([self.event.id])
        else:
            rows = counting.by_mode_and_municipality(self.event.id)
            self._by_municipality = counting.held_of(rows)
        self.taken, self.waiting, self.offered = _of_events([self.event.id], rows)[self.event.id]

    @cached_property
    def days(self) -> list[EventDay]:
        """The event's days, read in a statement of its own after the lock."""
        return events.days_of(self.event)

    def hold(self, claim: Claim) -> None:
        """Keep the counts true to a place given under the lock, before the change itself is flushed."""
        self._shift(claim, +1)

    def release(self, claim: Claim) -> None:
        """Keep the counts true to a place given up under the lock."""
        self._shift(claim, -1)

    def _shift(self, claim: Claim, change: int) -> None:
        for resource in claim.resources():
            if resource.kind is Kind.MODE:
                self.taken[claim.mode] += change
            elif resource.kind is Kind.MUNICIPALITY:
                if self._limited(resource).limit is not None:
                    self._by_municipality[resource.which] += change
            elif limited := self._by_item_and_option.get(resource):
                self._by_item_and_option[resource] = limited.with_taken(change)


def lock(event_id: int) -> LockedEvent:
    """Begin the write transaction and take the event's lock; waits for whoever holds it.

    What the event knows of its days is not read with its row: PostgreSQL would show the one that waited other tables'
    rows as they were before it waited.
    """
    begin_write()
    event = db.session.scalars(_LOCKED, {"event_id": event_id}).one()
    events.tell_hours(event)
    locked = LockedEvent(event)
    locked.count()
    return locked


def places_of(shown: Iterable[Event]) -> dict[int, Places]:
    """Places of each event as of this moment, for pages: one query however many events there are."""
    shown = list(shown)
    ids = [event.id for event in shown]
    counted = _of_events(ids, counting.by_mode(ids))
    return {event.id: Places(event, *counted[event.id]) for event in shown}


def gives_places(event: Event) -> bool:
    """Whether a free place goes to someone who waits: until the event starts. To whom, `Queue.served` says."""
    return event.is_published and not event.has_started(clock.now())


def takes_promotions(event: Event) -> bool:
    """Whether a free place goes to the next in the queue: until it closes, and until the event starts."""
    return gives_places(event) and queue_is_open(event)


def queue_is_open(event: Event) -> bool:
    """Whether people can begin to wait: until the date at which the organiser closes the queue, if there is one."""
    return event.queue_closes_at is None or clock.now() < event.queue_closes_at


def _of_events(event_ids: list[int], rows: Iterable[Held]) -> dict[int, tuple[Counter[Mode], Counter[Mode], int]]:
    taken: dict[int, Counter[Mode]] = {event_id: Counter() for event_id in event_ids}
    waiting: dict[int, Counter[Mode]] = {event_id: Counter() for event_id in event_ids}
    offered: Counter[int] = Counter()
    for row in rows:
        if row.status in HOLDING:
            taken[row.event_id][row.mode] += row.with_place
        if row.status is Status.WAITING:
            waiting[row.event_id][row.mode] += row.everyone
        if row.status is Status.OFFERED:
            offered[row.event_id] += row.everyone
    return {event_id: (taken[event_id], waiting[event_id], offered[event_id]) for event_id in event_ids}
