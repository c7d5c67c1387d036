"""Days on which a municipality in Finland would hold an event."""

from datetime import date, timedelta

TUESDAY, WEDNESDAY = 1, 2
_HOLIDAYS = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}
_QUIET = (((12, 17), (12, 31)), ((1, 1), (1, 7)), ((6, 17), (8, 10)))


def event_day(earliest: date, weekday: int) -> date:
    """The first Tuesday or Wednesday from a day on that is no holiday and in no holiday season.

    Easter moves holidays to Fridays, Mondays and a Thursday only, so these two weekdays need no Easter table.
    """
    day = earliest + timedelta(days=(weekday - earliest.weekday()) % 7)
    while (day.month, day.day) in _HOLIDAYS or any(first <= (day.month, day.day) <= last for first, last in _QUIET):
        day += timedelta(days=7)
    return day
