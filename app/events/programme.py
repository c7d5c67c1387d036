"""The programme of a day: its items stay inside the day, and move with it."""

from dataclasses import dataclass
from datetime import time

from flask_babel import gettext as _
from sqlalchemy import select

from app import clock
from app.database import db
from app.errors import Refused
from app.events import days
from app.events.models import Event, EventDay, ItemForm, ProgrammeItem
from app.translated import Translated


@dataclass(frozen=True, kw_only=True)
class Item:
    """A programme item as typed: wall times in Helsinki, on the date of its day."""

    starts: time
    ends: time
    title: Translated
    form: ItemForm
    speakers: str
    room: str
    sign_up: bool = False
    places: int | None = None


def item_of(event_id: int, item_id: int) -> ProgrammeItem | None:
    """An item of this event's programme."""
    return db.session.scalar(
        select(ProgrammeItem).join(ProgrammeItem.day).where(ProgrammeItem.id == item_id, EventDay.event_id == event_id)
    )


def day_of(event_id: int, day_id: int) -> EventDay | None:
    """A day of this event."""
    return db.session.scalar(select(EventDay).where(EventDay.id == day_id, EventDay.event_id == event_id))


def period_on(day: EventDay, starts: time, ends: time) -> days.Period:
    """The instants of an item's times on its day. Refused when they are turned round or outside the day's hours."""
    date = clock.helsinki(day.starts_at).date()
    starts_at, ends_at = days.instant(date, starts), days.instant(date, ends)
    if ends_at <= starts_at:
        raise Refused(_("An item must end after it starts"))
    if starts_at < day.starts_at or ends_at > day.ends_at:
        raise Refused(_("Keep the item inside the hours of its day"))
    return starts_at, ends_at


def write(item: ProgrammeItem, given: Item) -> None:
    """Give an item of the programme what was typed. Refused as in `period_on`."""
    item.starts_at, item.ends_at = period_on(item.day, given.starts, given.ends)
    item.title, item.form = given.title, given.form
    item.speakers, item.room = given.speakers, given.room
    item.sign_up, item.places = given.sign_up, given.places if given.sign_up else None


def is_outside(item: ProgrammeItem, day: EventDay) -> bool:
    """Whether the day's hours have since become too short for the item."""
    return item.starts_at < day.starts_at or item.ends_at > day.ends_at


def follow_days(event: Event, dates_before: dict[int, days.Period]) -> None:
    """Move the items of days that got another date, their wall times kept. `dates_before` is by the day's id."""
    items = db.session.scalars(select(ProgrammeItem).join(ProgrammeItem.day).where(EventDay.event_id == event.id))
    for item in items:
        before = dates_before.get(item.day_id)
        shift = days.days_between(before[0], item.day.starts_at) if before else 0
        if shift:
            item.starts_at, item.ends_at = days.moved(item.starts_at, shift), days.moved(item.ends_at, shift)
