"""From when to when a day stands in one person's calendar.

A day whose programme asks nobody to sign up is the same for all: its own hours. On a day with sign-up each person has
a day of one's own, from the earliest start to the latest end of what one attends: the items one has chosen, and those
that everyone attends. Breaks count for neither: nobody comes for the coffee alone. Who attends nothing of a day, since
it has only items with sign-up and none is chosen, has no entry of that day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import and_, select

from app.database import db
from app.events.days import Period
from app.events.models import EventDay, ItemForm, ProgrammeItem
from app.registrations import own_days
from app.registrations.models import ProgrammeChoice, Registration


def on(day: Period, items: Iterable[ProgrammeItem], chosen: Collection[ProgrammeItem]) -> Period | None:
    """A person's hours of a day with these items, by the rule above; None when the person attends nothing of it."""
    items = list(items)
    if not any(item.sign_up for item in items):
        return day
    attended = [item for item in items if (item in chosen if item.sign_up else item.form is not ItemForm.BREAK)]
    if not attended:
        return None
    return min(item.starts_at for item in attended), max(item.ends_at for item in attended)


def of(registration: Registration, days: Iterable[EventDay]) -> list[tuple[EventDay, Period]]:
    """The days that a person attends, with the hours of each. Asks the database only where somebody signs up."""
    days = own_days.days_for(registration, days)
    programme = _programme(registration, [day.id for day in days if day.has_sign_up])
    hours = [(day, on((day.starts_at, day.ends_at), *programme[day.id])) for day in days]
    return [(day, period) for day, period in hours if period]


def _programme(
    registration: Registration, day_ids: Sequence[int]
) -> dict[int, tuple[list[ProgrammeItem], list[ProgrammeItem]]]:
    """By the day's id, all items of it and those that the person has chosen."""
    programme: dict[int, tuple[list[ProgrammeItem], list[ProgrammeItem]]] = defaultdict(lambda: ([], []))
    if not day_ids:
        return programme
    db.session.flush()
    mine = and_(ProgrammeChoice.item_id == ProgrammeItem.id, ProgrammeChoice.registration_id == registration.id)
    rows = db.session.execute(
        select(ProgrammeItem, ProgrammeChoice.item_id)
        .outerjoin(ProgrammeChoice, mine)
        .where(ProgrammeItem.day_id.in_(day_ids))
    )
    for item, is_chosen in rows:
        items, chosen = programme[item.day_id]
        items.append(item)
        if is_chosen is not None:
            chosen.append(item)
    return programme
