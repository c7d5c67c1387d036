"""Which municipalities of the region a season has reached, by events, by sparring, or by either."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.database import db
from app.events.models import Event, Season
from app.people import queries as people
from app.people.models import Municipality
from app.registrations.models import Registration, Status
from app.reports import held
from app.sparring.round_models import CallRow, Round

SHADES = 4
_OUTLINES = Path(__file__).parent / "uusimaa.json"


class Reach(StrEnum):
    """What is looked at."""

    EVENTS = "events"
    SPARRING = "sparring"
    BOTH = "both"


@dataclass(frozen=True)
class Covered:
    """One municipality: confirmed registrations to the season's events, and held sparrings it took part in."""

    municipality: Municipality
    registrations: int
    sparrings: int


@dataclass(frozen=True)
class Coverage:
    """The region's municipalities, by name, looked at in one way."""

    reach: Reach
    rows: Sequence[Covered]

    @property
    def missing(self) -> list[Municipality]:
        return [row.municipality for row in self.rows if not self.is_reached(row)]

    @property
    def reached(self) -> int:
        return len(self.rows) - len(self.missing)

    def is_reached(self, row: Covered) -> bool:
        return any(self._counted(row))

    def label(self, row: Covered) -> str:
        """What the map writes on a municipality: "12"; of both "12+1", "12" for events only, "+1" for sparring only."""
        if self.reach is Reach.BOTH:
            sparrings = f"+{row.sparrings}" if row.sparrings else ""
            return f"{row.registrations or ''}{sparrings}" or "0"
        return str(self._counted(row)[0])

    def shade(self, row: Covered) -> int:
        """0 where nobody was reached, up to SHADES; of both, 1 for events only, 2 for sparring only, 4 for both."""
        counted = self._counted(row)
        if self.reach is Reach.BOTH:
            return (1 if row.registrations else 0) + (2 if row.sparrings else 0) + (1 if all(counted) else 0)
        return ceil(SHADES * counted[0] / self._most) if counted[0] else 0

    @property
    def steps(self) -> list[tuple[int, int, int]]:
        """Each shade with the least and the most that it stands for, those that stand for nothing left out."""
        ends = [self._most * shade // SHADES for shade in range(SHADES + 1)]
        return [
            (shade, ends[shade - 1] + 1, ends[shade]) for shade in range(1, SHADES + 1) if ends[shade] > ends[shade - 1]
        ]

    @property
    def _most(self) -> int:
        return max((max(self._counted(row)) for row in self.rows), default=0)

    def _counted(self, row: Covered) -> list[int]:
        numbers = {Reach.EVENTS: row.registrations, Reach.SPARRING: row.sparrings}
        return list(numbers.values()) if self.reach is Reach.BOTH else [numbers[self.reach]]


def of_season(season: Season, reach: Reach, language: str) -> Coverage:
    """A season's coverage, municipalities by their name in a language. A fixed number of queries."""
    registrations, sparrings = _registrations(season), held.by_municipality(season)
    region = people.municipalities_of_the_region(language)
    return Coverage(reach, [Covered(one, registrations[one.code], sparrings[one.code]) for one in region])


def contacts(season: Season, municipalities: Sequence[Municipality]) -> list[str]:
    """The addresses that the season's latest round knows of some municipalities, in their order."""
    rows = select(CallRow).join(CallRow.round).where(Round.season_id == season.id, CallRow.contact_email != "")
    known = {row.municipality_code: row.contact_email for row in db.session.scalars(rows.order_by(Round.opens_on))}
    return [known[one.code] for one in municipalities if one.code in known]


@cache
def outlines() -> dict[str, Any]:
    """The map: its width and height, and each municipality's path and the place of its number, by code."""
    return dict(json.loads(_OUTLINES.read_text()))


def _registrations(season: Season) -> Counter[str]:
    confirmed = select(Registration.municipality_code, func.count()).join(Event, Registration.event_id == Event.id)
    confirmed = confirmed.where(Event.season_id == season.id, Registration.status == Status.CONFIRMED)
    counted = db.session.execute(confirmed.group_by(Registration.municipality_code))
    return Counter({code: number for code, number in counted if code})
