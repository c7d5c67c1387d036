"""The programme items that one can sign up for, as forms of participants and organisers show them: day by day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from app import wording
from app.registrations.programme_choices import Offered
from app.translated import Text


@dataclass(frozen=True)
class Option:
    """One item; `closed` when it is full and choosing it would lead nowhere."""

    id: int
    title: Text
    time: str
    detail: str
    closed: bool


@dataclass(frozen=True)
class DayOffer:
    heading: str
    options: list[Option]


def by_day(
    items: Sequence[Offered], language: str, *, kept: Collection[int] = (), may_wait: bool = False
) -> list[DayOffer]:
    """The items of each day in words. Full ones are closed, unless they are among the `kept` or one `may_wait`."""
    return [
        DayOffer(
            wording.weekday_date(day.starts_at, language),
            [_option(one, language, one.is_full and not may_wait and one.item.id not in kept) for one in of_day],
        )
        for day, of_day in groupby(items, key=lambda one: one.item.day)
    ]


def room(one: Offered) -> str:
    """How many places an item has left, in words; nothing when they are not limited."""
    if one.free is None:
        return ""
    return str(ngettext("%(num)s place left", "%(num)s places left", one.free)) if one.free else str(_("Full"))


def _option(one: Offered, language: str, closed: bool) -> Option:
    item = one.item
    return Option(
        id=item.id,
        title=item.title.into(language),
        time=wording.bare_time_range(item.starts_at, item.ends_at, language),
        detail=" · ".join(filter(None, (item.speakers, item.room, room(one)))),
        closed=closed,
    )
