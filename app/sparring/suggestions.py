"""Which tutors fit a request, best first, and why. Pure: it knows no database, and no words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.sparring.models import WishedMode

Period = tuple[date, date]  # both days count


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a request wishes of its tutors. `days` are the days of the times that suit it, "at any time" when empty."""

    municipality_code: str
    themes: frozenset[int] = frozenset()
    language: str = "fi"
    mode: WishedMode = WishedMode.ANY
    days: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What a tutor knows, and how much is on the own plate already."""

    profile_id: int
    municipality_code: str
    themes: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset({"fi"})
    modes: frozenset[str] = frozenset({"on-site", "online"})
    takes: int = 4
    taken: int = 0
    away: tuple[Period, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A tutor held against a request."""

    asked: Asked
    candidate: Candidate

    @property
    def themes_known(self) -> frozenset[int]:
        return self.asked.themes & self.candidate.themes

    @property
    def speaks(self) -> bool:
        return self.asked.language in self.candidate.languages

    @property
    def comes(self) -> bool:
        """Whether the tutor works the way the meeting is wished to be held; one who does either can do "no matter"."""
        needed = {
            WishedMode.ON_SITE: {"on-site"},
            WishedMode.ONLINE: {"online"},
            WishedMode.HYBRID: {"on-site"},
            WishedMode.ANY: set(),
        }[self.asked.mode]
        return needed <= self.candidate.modes

    @property
    def is_own(self) -> bool:
        return self.asked.municipality_code == self.candidate.municipality_code

    @property
    def is_full(self) -> bool:
        return self.candidate.taken >= self.candidate.takes

    @property
    def days_away(self) -> int:
        """On how many of the wished days the tutor is away."""
        return sum(any(first <= day <= last for first, last in self.candidate.away) for day in self.asked.days)

    @property
    def is_always_away(self) -> bool:
        return bool(self.asked.days) and self.days_away == len(self.asked.days)

    @property
    def obstacles(self) -> int:
        """How many things speak against it altogether; none for a tutor who fits."""
        return sum((self.is_own, not self.speaks, not self.comes, self.is_full, self.is_always_away))


def ranked(asked: Asked, candidates: Iterable[Candidate]) -> list[Suggestion]:
    """Every candidate, the one who fits best first.

    Fewest obstacles, then most of the themes, fewest wished days away, and least on the plate for what they take.
    """
    return sorted((Suggestion(asked, one) for one in candidates), key=_order)


def _order(one: Suggestion) -> tuple[float, ...]:
    load = one.candidate.taken / one.candidate.takes if one.candidate.takes else 1
    return (one.obstacles, -len(one.themes_known), one.days_away, load, one.candidate.profile_id)
