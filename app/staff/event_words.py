"""How an event is told to those who organise it: its dates, where it stands, its places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app import clock, language, wording
from app.events import registration_period
from app.events.models import Event, EventDay, EventStatus, Mode, ProgrammeItem
from app.events.registration_period import Period
from app.registrations.capacity import Places
from app.registrations.labels import MODES


@dataclass(frozen=True)
class ModeWords:
    """One way of taking part: "On site", "82 of 120 places taken", "9 waiting"."""

    name: str
    places: str
    waiting: str
    taken: int
    limit: int | None


def event_dates(event: Event) -> str:
    """The first and the last day, or when it is expected, or that there is no date yet."""
    if event.starts_at is None or event.ends_at is None:
        return event.expected.into(language.current()).value or _("No date yet")
    return wording.date_range(event.starts_at, event.ends_at, language.current())


def dates_in_words(first: date, last: date) -> str:
    return wording.date_range(first, last, language.current())


def days_in_words(days: Iterable[EventDay]) -> str:
    """Each day with its hours, as one list; empty when there is none."""
    return wording.days(((day.starts_at, day.ends_at) for day in days), language.current())


def day_in_words(day: EventDay) -> str:
    return wording.when(day.starts_at, day.ends_at, language.current())


def item_time(item: ProgrammeItem) -> str:
    return wording.bare_time_range(item.starts_at, item.ends_at, language.current())


def moment_in_words(moment: datetime) -> str:
    return wording.date_and_time(moment, language.current())


def event_standing(event: Event) -> tuple[str, str | None]:
    """Where an event stands in its life, and the tint of its tag."""
    match event.status:
        case EventStatus.DRAFT:
            return _("Draft"), "waiting"
        case EventStatus.CALLED_OFF:
            return _("Called off"), "bad"
        case EventStatus.ARCHIVED:
            return _("Archived"), "over"
        case _ if event.has_ended(clock.now()):
            return _("Ended"), "over"
        case _:
            return _("Published"), "good"


def registration_in_words(event: Event) -> str:
    """Whether people can register now, and until or from when."""
    code = language.current()
    match registration_period.period(event, clock.now()):
        case Period.NOT_PUBLISHED:
            return _("Opens when the event is published")
        case Period.NOT_YET_OPEN if event.registration_opens_at:
            return _("Opens %(moment)s", moment=wording.date_and_time(event.registration_opens_at, code))
        case Period.NOT_YET_OPEN:
            return _("Opens once the event has a day")
        case Period.OPEN if event.registration_closes_at:
            return _("Open until %(moment)s", moment=wording.date_and_time(event.registration_closes_at, code))
        case Period.OPEN:
            return _("Open until the event starts")
        case _:
            return _("Closed")


def modes_in_words(places: Places) -> list[ModeWords]:
    """The places of each way of taking part, on site first."""
    return [_mode_in_words(places, mode) for mode in places.event.modes]


def _mode_in_words(places: Places, mode: Mode) -> ModeWords:
    taken, limit, waiting = places.taken.get(mode, 0), places.event.places(mode), places.waiting.get(mode, 0)
    words = (
        _("%(taken)s taken, not limited", taken=_number(taken))
        if limit is None
        else _("%(taken)s of %(limit)s places taken", taken=_number(taken), limit=_number(limit))
    )
    queue = _("%(number)s waiting", number=_number(waiting)) if waiting else ""
    return ModeWords(str(MODES[mode]), words, queue, taken, limit)


def _number(value: int) -> str:
    return wording.number(value, language.current())


FOR_TEMPLATES = (
    *(event_dates, event_standing, dates_in_words, days_in_words, day_in_words),
    *(item_time, moment_in_words, registration_in_words, modes_in_words),
)
