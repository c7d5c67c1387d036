"""When an event takes registrations."""

from datetime import datetime
from enum import StrEnum

from app.events.models import Event, EventStatus


class Period(StrEnum):
    """Where an event stands for someone who wants to register."""

    NOT_PUBLISHED = "not-published"
    NOT_YET_OPEN = "not-yet-open"
    OPEN = "open"
    CLOSED = "closed"
    CALLED_OFF = "called-off"
    ENDED = "ended"


def period(event: Event, at: datetime) -> Period:
    """The registration period at an instant. It needs a day to open, and ends at the event's start at the latest."""
    match event.status:
        case EventStatus.CALLED_OFF:
            return Period.CALLED_OFF
        case EventStatus.PUBLISHED:
            return once_published(event, at)
        case EventStatus.ARCHIVED:
            return Period.ENDED
        case _:
            return Period.NOT_PUBLISHED


def once_published(event: Event, at: datetime) -> Period:
    """The same for a draft, as if it were published."""
    if event.has_ended(at):
        return Period.ENDED
    if event.starts_at is None:
        return Period.NOT_YET_OPEN
    if event.registration_opens_at and at < event.registration_opens_at:
        return Period.NOT_YET_OPEN
    closes_at = min(filter(None, (event.registration_closes_at, event.starts_at)), default=None)
    return Period.CLOSED if closes_at and at >= closes_at else Period.OPEN
