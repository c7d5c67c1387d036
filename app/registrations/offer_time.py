"""How long an offered place is held."""

from datetime import datetime, timedelta

from app import office_hours
from app.events.models import Event

AT_THE_LATEST = timedelta(hours=2)
LEAST_TIME_TO_ANSWER = timedelta(hours=2)


def deadline(event: Event, at: datetime) -> datetime | None:
    """When an offer made at an instant ends: after the event's hours, moved on to a moment in office hours.

    It leaves at least two office hours to answer in, so that one made on a Saturday does not end on Monday at nine.
    Never later than two hours before the start; None when that leaves less: then a place is given, not offered.
    """
    ends_at = office_hours.next_moment(at + timedelta(hours=event.offer_hours))
    ends_at = max(ends_at, office_hours.after(at, LEAST_TIME_TO_ANSWER))
    if event.starts_at is not None:
        ends_at = min(ends_at, event.starts_at - AT_THE_LATEST)
    return ends_at if office_hours.between(at, ends_at) >= LEAST_TIME_TO_ANSWER else None
