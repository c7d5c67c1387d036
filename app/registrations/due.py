"""Which events have something to settle by the clock, so that the worker can make it prompt."""

from datetime import datetime

from sqlalchemy import and_, exists, or_, select

from app.database import db
from app.events.models import Event, EventStatus
from app.registrations.models import Registration, Status


def next_event(at: datetime) -> int | None:
    """An event with an offer whose time is over, or a municipal limit whose day has come; None when all is settled."""
    lapsed = and_(
        Event.status != EventStatus.CALLED_OFF,
        exists().where(
            Registration.event_id == Event.id,
            Registration.status == Status.OFFERED,
            Registration.offer_expires_at <= at,
        ),
    )
    released = and_(
        Event.status == EventStatus.PUBLISHED,
        Event.municipality_limit.is_not(None),
        Event.municipality_limit_until <= at,
        Event.municipality_limit_released_at.is_(None),
    )
    return db.session.scalar(select(Event.id).where(or_(lapsed, released)).order_by(Event.id).limit(1))
