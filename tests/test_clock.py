from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from app.clock import ImpossibleLocalTime, helsinki, helsinki_to_utc


def test_a_typed_time_is_helsinki_time_in_winter_and_in_summer():
    assert helsinki_to_utc(date(2027, 1, 15), time(9)) == datetime(2027, 1, 15, 7, tzinfo=UTC)
    assert helsinki_to_utc(date(2027, 7, 15), time(9)) == datetime(2027, 7, 15, 6, tzinfo=UTC)


def test_every_possible_hour_of_years_comes_back_as_it_was_typed():
    first = datetime(2026, 1, 1)
    impossible = []
    for hours in range(2 * 365 * 24):
        typed = first + timedelta(hours=hours)
        try:
            instant = helsinki_to_utc(typed.date(), typed.time())
        except ImpossibleLocalTime as error:
            impossible.append((typed, error.reason))
        else:
            assert helsinki(instant).replace(tzinfo=None) == typed
    assert impossible == [
        (datetime(2026, 3, 29, 3), "missing"),
        (datetime(2026, 10, 25, 3), "twice"),
        (datetime(2027, 3, 28, 3), "missing"),
        (datetime(2027, 10, 31, 3), "twice"),
    ]


@pytest.mark.parametrize(
    ("day", "typed", "reason"),
    [
        (date(2027, 3, 28), time(3, 0), "missing"),
        (date(2027, 3, 28), time(3, 59), "missing"),
        (date(2027, 10, 31), time(3, 0), "twice"),
        (date(2027, 10, 31), time(3, 59), "twice"),
    ],
)
def test_a_time_inside_the_clock_change_is_refused_with_the_reason(day, typed, reason):
    with pytest.raises(ImpossibleLocalTime) as refused:
        helsinki_to_utc(day, typed)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("day", "typed", "instant"),
    [
        (date(2027, 3, 28), time(2, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (date(2027, 3, 28), time(4, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2027, 10, 31), time(2, 59), datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        (date(2027, 10, 31), time(4, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_minutes_around_the_clock_change_are_ordinary(day, typed, instant):
    assert helsinki_to_utc(day, typed) == instant


def test_an_instant_of_any_zone_is_shown_in_helsinki_time():
    new_york = timezone(timedelta(hours=-5))
    assert helsinki(datetime(2027, 1, 15, 2, tzinfo=new_york)).isoformat() == "2027-01-15T09:00:00+02:00"


def test_a_time_without_a_zone_is_not_an_instant():
    with pytest.raises(ValueError, match="time zone"):
        helsinki(datetime(2027, 1, 15, 9))
