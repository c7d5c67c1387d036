"""The rules of places in plain Python, with lists and loops and no database: what the service is held against."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

AWAITING, CONFIRMED, WAITING, OFFERED = "awaiting-approval", "confirmed", "waiting", "offered"
WITHDRAWN, REFUSED = "withdrawn", "refused"


@dataclass(kw_only=True)
class Person:
    mode: str
    code: str | None
    workshop: bool = False
    turn: int = 0
    status: str = ""
    offer_ends: datetime | None = None
    is_extra: bool = False
    counts: bool = True
    group: int | None = None  # of a group that wants all or nothing

    @property
    def holds(self) -> bool:
        return self.status in (CONFIRMED, OFFERED)


@dataclass
class Model:
    """An event's people, and its limits; None is not limited."""

    limits: dict[str, int | None]
    a_municipality: int | None
    workshop: int | None
    fair: bool
    offers: bool
    approval: bool
    people: dict[int, Person] = field(default_factory=dict)

    def holders(self) -> list[Person]:
        return [person for person in self.people.values() if person.holds and person.counts]

    def free(self, mode: str) -> int:
        """How many places of a limited mode nobody holds."""
        return max(0, (self.limits[mode] or 0) - sum(one.mode == mode for one in self.holders()))

    def waiting(self) -> list[Person]:
        return [person for person in self.people.values() if person.status == WAITING]

    def shortages(self, person: Person) -> Iterator[str]:
        """What this person would take beyond a limit, beside all others who hold a place."""
        others = [one for one in self.holders() if one is not person]
        if not person.counts:
            return
        limit = self.limits[person.mode]
        if limit is not None and sum(one.mode == person.mode for one in others) >= limit:
            yield "mode"
        same = sum(one.code == person.code for one in others if not one.is_extra)
        if self.a_municipality is not None and not person.is_extra and same >= self.a_municipality:
            yield "municipality"
        if person.workshop and self.workshop is not None and sum(one.workshop for one in others) >= self.workshop:
            yield "workshop"

    def fits(self, person: Person) -> bool:
        return not list(self.shortages(person))

    def places_of(self, code: str | None) -> int:
        return sum(one.code == code for one in self.holders())

    def fit(self, people: list[Person]) -> bool:
        """Whether there are places for all of them together."""
        trial = replace(self, people={at: person for at, person in enumerate(self.people.values())})
        for person in people:
            seated = replace(person, status=CONFIRMED)
            if not trial.fits(seated):
                return False
            trial.people[len(trial.people)] = seated
        return True

    def entries(self) -> list[list[Person]]:
        """The turns on the waiting list: one person, or all of a group who wait."""
        groups = {person.group for person in self.waiting() if person.group is not None}
        alone = [[person] for person in self.waiting() if person.group is None]
        return alone + [[person for person in self.waiting() if person.group == group] for group in groups]

    def next_in_line(self) -> list[Person] | None:
        fitting = [entry for entry in self.entries() if self.fit(entry)]
        return min(fitting, key=self._order, default=None)

    def _order(self, entry: list[Person]) -> tuple[int, int]:
        first = min(entry, key=lambda one: one.turn)
        return self.places_of(first.code) if self.fair else 0, first.turn

    def settle(self, now: datetime) -> None:
        """Offers end, and free places go to whom they fit, one after the other."""
        for person in self.people.values():
            if person.status == OFFERED and person.offer_ends and person.offer_ends <= now:
                person.status = WITHDRAWN
        while entry := self.next_in_line():
            for person in entry:
                person.status = OFFERED if self.offers else CONFIRMED

    def come(self, person: Person) -> None:
        """Someone registers, or an approved one comes to a turn."""
        person.status = CONFIRMED if self.fits(person) else WAITING

    def standing_with(self, person: Person) -> list[Person]:
        """Those about whom one thing is decided: all of a whole group who stand alike, or the person alone."""
        if person.group is None:
            return [person]
        return [one for one in self.people.values() if (one.group, one.status) == (person.group, person.status)]

    def let_in(self, together: list[Person]) -> None:
        """Those whom the organiser approves: all get a place, or all wait."""
        status = CONFIRMED if self.fit(together) else WAITING
        for person in together:
            person.status = status

    def take_away(self, old: str, new: str) -> None:
        """A mode falls away: who has a place there moves in the order of registering, a whole group as one or none."""
        there = [one for one in self.people.values() if one.mode == old and one.status not in (WITHDRAWN, REFUSED)]
        groups = {person.group for person in there if person.holds} - {None}
        moving = [one for one in self.holders() if one.mode == old or one.group in groups]
        for person in there:
            person.mode = new
        seated = [one for one in self.holders() if one.mode == new and one not in moving]
        limit, taken = self.limits[new], len(seated)
        while moving:
            first = moving[0]
            entry = [one for one in moving if one is first or (first.group is not None and one.group == first.group)]
            moving = [one for one in moving if one not in entry]
            if limit is None or taken + len(entry) <= limit:
                taken += len(entry)
            else:
                for person in entry:
                    person.status = WAITING
