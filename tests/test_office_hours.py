"""Office hours of Finland: Monday to Friday from 9 to 16 in Helsinki, public holidays left out."""

from datetime import date, datetime, time, timedelta

import pytest

from app import clock, office_hours


def at(day: str, wall_time: str = "12:00") -> datetime:
    return clock.helsinki_to_utc(date.fromisoformat(day), time.fromisoformat(wall_time))


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        (at("2026-11-26", "10:30"), at("2026-11-26", "10:30")),  # a Thursday
        (at("2026-11-26", "08:00"), at("2026-11-26", "09:00")),
        (at("2026-11-26", "16:00"), at("2026-11-27", "09:00")),
        (at("2026-11-28", "12:00"), at("2026-11-30", "09:00")),  # a Saturday
        (at("2026-12-24", "10:00"), at("2026-12-28", "09:00")),  # Christmas Eve to Boxing Day, and a Sunday
        (at("2027-05-06", "10:00"), at("2027-05-07", "09:00")),  # Ascension Day
        (at("2026-10-23", "17:00"), at("2026-10-26", "09:00")),  # over the change of the clocks
    ],
)
def test_an_end_is_moved_on_to_the_next_moment_at_which_people_are_at_work(moment: datetime, then: datetime) -> None:
    assert office_hours.next_moment(moment) == then


def test_only_the_time_at_work_counts() -> None:
    assert office_hours.between(at("2026-11-27", "15:00"), at("2026-11-30", "09:30")) == timedelta(hours=1, minutes=30)
    assert office_hours.between(at("2026-12-05", "09:00"), at("2026-12-06", "16:00")) == timedelta()


@pytest.mark.parametrize(
    ("starts", "hours", "then"),
    [
        (at("2026-11-26", "10:00"), 2, at("2026-11-26", "12:00")),
        (at("2026-11-26", "15:00"), 2, at("2026-11-27", "10:00")),
        (at("2026-11-28", "12:00"), 2, at("2026-11-30", "11:00")),  # a Saturday
    ],
)
def test_so_much_time_at_work_has_passed_by_then(starts: datetime, hours: int, then: datetime) -> None:
    assert office_hours.after(starts, timedelta(hours=hours)) == then
