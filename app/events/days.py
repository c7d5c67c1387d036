"""The days of an event and the wall times that people type for them."""

from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from app import clock
from app.errors import Refused

MOST_DAYS = 5
Period = tuple[datetime, datetime]


def instant(day: date, wall_time: time) -> datetime:
    """The instant, in UTC, of a wall time in Helsinki. Refused when the clock change skips it or shows it twice."""
    try:
        return clock.helsinki_to_utc(day, wall_time)
    except clock.ImpossibleLocalTime as impossible:
        if impossible.reason == "missing":
            raise Refused(_("The clocks go forward that night and skip this time. Choose another time.")) from None
        raise Refused(_("The clocks go back that night and show this time twice. Choose another time.")) from None


def moved(moment: datetime, days: int) -> datetime:
    """The same wall time so many days later. Refused when that day's clocks do not show it once."""
    local = clock.helsinki(moment)
    return instant(local.date() + timedelta(days=days), local.time())


def days_between(earlier: datetime, later: datetime) -> int:
    """How many dates apart two instants are in Helsinki."""
    return (clock.helsinki(later).date() - clock.helsinki(earlier).date()).days


def must_end_after_it_starts(period: Period) -> None:
    """Refused when the hours of a day are turned round."""
    if period[1] <= period[0]:
        raise Refused(_("A day must end after it starts"))


def must_follow(before: Period | None, period: Period | None) -> None:
    """Refused when a day is not wholly after the day before it; nothing to say where either is missing."""
    if before and period and period[0] < before[1]:
        raise Refused(_("Give the days in order, each after the one before it"))
