"""When the personal join page opens the meeting."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from app.events.models import EventDay

OPENS_BEFORE = timedelta(minutes=30)


class Moment(StrEnum):
    BEFORE = "before"
    OPEN = "open"
    OVER = "over"


def moment(days: Sequence[EventDay], at: datetime) -> tuple[Moment, EventDay | None]:
    """Where an instant falls, and the day it concerns: open from 30 minutes before a day's start until its end.

    `days` are in order. After the last one it is over; without any it is before, and there is no day.
    """
    if not days:
        return Moment.BEFORE, None
    day = next((day for day in days if at < day.ends_at), None)
    if day is None:
        return Moment.OVER, None
    return (Moment.OPEN if at >= day.starts_at - OPENS_BEFORE else Moment.BEFORE), day
