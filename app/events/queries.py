"""Reads of events that have a name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, inspect, or_, select
from sqlalchemy.orm import defer
from sqlalchemy.orm.attributes import set_committed_value

from app.database import db
from app.events import parts
from app.events.models import Event, EventDay, EventHost, EventStatus, ProgrammeItem, Season
from app.people.models import Municipality
from app.translated import Translated

PUBLIC = (EventStatus.PUBLISHED, EventStatus.CALLED_OFF)

WITHOUT_HOURS = tuple(map(defer, (Event.starts_at, Event.ends_at, Event.has_sign_up)))
_PUBLIC_BY_SLUG = (
    select(Event).options(*WITHOUT_HOURS).where(Event.slug == bindparam("slug"), Event.status != EventStatus.DRAFT)
)
_DAYS = select(EventDay).where(EventDay.event_id == bindparam("event_id")).order_by(EventDay.starts_at)


def by_id(event_id: int) -> Event | None:
    return db.session.get(Event, event_id)


def by_slug(slug: str) -> Event | None:
    return db.session.scalar(select(Event).where(Event.slug == slug))


def public_by_slug(slug: str) -> Event | None:
    """An event that anyone may see: published, called off or archived, never a draft."""
    event = db.session.scalar(_PUBLIC_BY_SLUG, {"slug": slug})
    if event:
        tell_hours(event)
    return event


def upcoming(at: datetime) -> list[Event]:
    """Public events that have not ended, the soonest first; last those whose date is still to come."""
    dated = and_(Event.status.in_(PUBLIC), Event.ends_at > at)
    undated = and_(Event.status == EventStatus.PUBLISHED, Event.ends_at.is_(None))
    return list(
        db.session.scalars(
            select(Event).where(or_(dated, undated)).order_by(Event.starts_at.asc().nulls_last(), Event.id)
        )
    )


def titles(event_ids: Iterable[int]) -> dict[int, Translated]:
    """The titles of these events, by id."""
    rows = db.session.execute(select(Event.id, Event.title).where(Event.id.in_(set(event_ids))))
    return {event_id: title for event_id, title in rows}


def past(at: datetime, *, limit: int) -> list[Event]:
    """Public events that have ended, the latest first."""
    return list(
        db.session.scalars(
            select(Event)
            .where(Event.status.in_((*PUBLIC, EventStatus.ARCHIVED)), Event.ends_at <= at)
            .order_by(Event.starts_at.desc(), Event.id.desc())
            .limit(limit)
        )
    )


def tell_hours(event: Event) -> None:
    """Tell an event that was read `WITHOUT_HOURS` what it knows of its days, as this process has kept it."""
    for name, value in parts.kept(event, _hours_of).items():
        set_committed_value(event, name, value)


def _hours_of(event_id: int) -> Mapping[str, Any]:
    days = _copies_of_days(event_id)
    return {
        "starts_at": min((day.starts_at for day in days), default=None),
        "ends_at": max((day.ends_at for day in days), default=None),
        "has_sign_up": any(day.has_sign_up for day in days),
    }


def kept_days_of(event: Event) -> Sequence[EventDay]:
    """Copies of the days, kept by this process as long as nobody changes them: of no session, and only to be read."""
    return parts.kept(event, _copies_of_days)


def _copies_of_days(event_id: int) -> Sequence[EventDay]:
    names = [column.key for column in inspect(EventDay).column_attrs]
    days = db.session.scalars(_DAYS, {"event_id": event_id})
    return tuple(EventDay(**{name: getattr(day, name) for name in names}) for day in days)


def days_of(event: Event) -> list[EventDay]:
    return list(db.session.scalars(_DAYS, {"event_id": event.id}))


def programme_of(event: Event) -> dict[int, list[ProgrammeItem]]:
    """The programme items of each day, by the day's id."""
    items = db.session.scalars(
        select(ProgrammeItem)
        .join(ProgrammeItem.day)
        .where(EventDay.event_id == event.id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.ends_at, ProgrammeItem.id)
    )
    by_day = defaultdict(list)
    for item in items:
        by_day[item.day_id].append(item)
    return by_day


def hosts_of(events: Iterable[Event]) -> dict[int, list[Municipality]]:
    """The municipalities that host each event, by the event's id, in one query."""
    rows = db.session.execute(
        select(EventHost.event_id, Municipality)
        .join(EventHost.municipality)
        .where(EventHost.event_id.in_([event.id for event in events]))
        .order_by(Municipality.name_fi)
    )
    by_event = defaultdict(list)
    for event_id, municipality in rows:
        by_event[event_id].append(municipality)
    return by_event


def seasons() -> list[Season]:
    return list(db.session.scalars(select(Season).order_by(Season.starts_on.desc())))
