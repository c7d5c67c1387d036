"""The list of all events, for those who organise them: upcoming, drafts, past and called off."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.database import db
from app.events.models import Event, EventStatus
from app.language import LANGUAGES
from app.wording import search_key

PER_PAGE = 20


class Part(StrEnum):
    UPCOMING = "upcoming"
    DRAFTS = "drafts"
    PAST = "past"
    CALLED_OFF = "called-off"


def found(text: str, visible: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that picks the `visible` events with `text` in a title, in any language, whatever case or accents.

    Databases fold letters differently, so titles are compared here; there are hundreds of events, not millions.
    """
    wanted = search_key(text)
    if not wanted:
        return visible
    titles = db.session.execute(select(Event.id, Event.title).where(visible))
    hits = [event_id for event_id, title in titles if any(wanted in search_key(title[code]) for code in LANGUAGES)]
    return Event.id.in_(hits)


def counts(condition: ColumnElement[bool], at: datetime) -> dict[Part, int]:
    """How many events each part of the list holds at an instant, in one query."""
    figures = [func.count().filter(_belongs(part, at)).label(part.name) for part in Part]
    row = db.session.execute(select(*figures).where(condition)).one()
    return dict(zip(Part, row, strict=True))


def page(condition: ColumnElement[bool], part: Part, at: datetime, *, number: int) -> list[Event]:
    """One page of a part, from 1: what comes next stands first, of past events the latest."""
    return list(db.session.scalars(_ordered(part, at).where(condition).limit(PER_PAGE).offset((number - 1) * PER_PAGE)))


def _ordered(part: Part, at: datetime) -> Select[Event]:
    query = select(Event).where(_belongs(part, at))
    if part is Part.DRAFTS:
        return query.order_by(Event.id.desc())
    order = Event.starts_at.asc() if part is Part.UPCOMING else Event.starts_at.desc()
    return query.order_by(order.nulls_last(), Event.id)


def _belongs(part: Part, at: datetime) -> ColumnElement[bool]:
    match part:
        case Part.DRAFTS:
            return Event.status == EventStatus.DRAFT
        case Part.CALLED_OFF:
            return Event.status == EventStatus.CALLED_OFF
        case Part.PAST:
            ended = and_(Event.status == EventStatus.PUBLISHED, Event.ends_at <= at)
            return or_(Event.status == EventStatus.ARCHIVED, ended)
        case Part.UPCOMING:
            return and_(Event.status == EventStatus.PUBLISHED, or_(Event.ends_at > at, Event.ends_at.is_(None)))
