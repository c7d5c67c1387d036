"""When people in Finnish offices are at work: Monday to Friday from 9 to 16 in Helsinki, public holidays left out."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from app import clock

OPENS, CLOSES = time(9), time(16)


def next_moment(instant: datetime) -> datetime:
    """The instant itself when it falls inside office hours, else the next opening; in UTC."""
    local = clock.helsinki(instant)
    if _is_working_day(local.date()) and OPENS <= local.time() < CLOSES:
        return instant
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while not _is_working_day(day):
        day += timedelta(days=1)
    return clock.helsinki_to_utc(day, OPENS)


def after(starts: datetime, amount: timedelta) -> datetime:
    """The instant by which so much of the office hours has passed since `starts`."""
    opens = next_moment(starts)
    closes = clock.helsinki_to_utc(clock.helsinki(opens).date(), CLOSES)
    if opens + amount <= closes:
        return opens + amount
    return after(closes, amount - (closes - opens))


def between(starts: datetime, ends: datetime) -> timedelta:
    """How much of the time between two instants falls inside office hours."""
    total = timedelta()
    day = clock.helsinki(starts).date()
    while day <= clock.helsinki(ends).date():
        if _is_working_day(day):
            opens, closes = clock.helsinki_to_utc(day, OPENS), clock.helsinki_to_utc(day, CLOSES)
            total += max(timedelta(), min(closes, ends) - max(opens, starts))
        day += timedelta(days=1)
    return total


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


@lru_cache(maxsize=8)
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("FI", years=year)
