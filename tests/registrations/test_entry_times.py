"""From when to when a day stands in a person's calendar, as a table of cases."""

from datetime import UTC, datetime

import pytest

from app.events.models import ItemForm, ProgrammeItem
from app.registrations import entry_times


def at(hour: int) -> datetime:
    return datetime(2027, 10, 21, hour, tzinfo=UTC)


def item(starts: int, ends: int, *, sign_up: bool = False, form: ItemForm = ItemForm.LECTURE) -> ProgrammeItem:
    return ProgrammeItem(starts_at=at(starts), ends_at=at(ends), sign_up=sign_up, form=form)


DAY = (at(8), at(18))
OPENING, LAST_WORDS = item(9, 10), item(15, 16)
COFFEE = item(8, 9, form=ItemForm.BREAK)
EARLY, LATE, PARALLEL = item(10, 12, sign_up=True), item(13, 17, sign_up=True), item(10, 11, sign_up=True)


@pytest.mark.parametrize(
    ("items", "chosen", "hours"),
    [
        ([], [], (8, 18)),
        ([COFFEE, OPENING], [], (8, 18)),
        ([OPENING, EARLY, PARALLEL, LAST_WORDS], [], (9, 16)),
        ([OPENING, EARLY, PARALLEL, LAST_WORDS], [EARLY], (9, 16)),
        ([OPENING, EARLY, LATE], [], (9, 10)),
        ([OPENING, EARLY, LATE], [LATE], (9, 17)),
        ([EARLY, LATE], [EARLY], (10, 12)),
        ([EARLY, LATE], [EARLY, LATE], (10, 17)),
        ([COFFEE, EARLY, PARALLEL], [PARALLEL], (10, 11)),
        ([EARLY, LATE], [], None),
        ([COFFEE, EARLY], [], None),
    ],
)
def test_a_day_lasts_from_the_first_to_the_last_of_what_one_attends(
    items: list[ProgrammeItem], chosen: list[ProgrammeItem], hours: tuple[int, int] | None
) -> None:
    assert entry_times.on(DAY, items, chosen) == (hours and (at(hours[0]), at(hours[1])))
