"""When the personal join page of a meeting opens it: as for webinars, from half an hour before until the end."""

from datetime import datetime
from enum import StrEnum

from app.events.models import Mode
from app.registrations.joining import OPENS_BEFORE
from app.sparring.meeting_models import Meeting, MeetingGuest


class Door(StrEnum):
    CALLED_OFF = "called-off"
    NOT_EXPECTED = "not-expected"
    OVER = "over"
    ON_SITE = "on-site"
    BEFORE = "before"
    NO_ADDRESS_YET = "no-address-yet"
    OPEN = "open"


def door(guest: MeetingGuest, at: datetime) -> Door:
    """What a guest finds at an instant; the first that holds."""
    meeting = guest.meeting
    if meeting.called_off_at:
        return Door.CALLED_OFF
    if guest.removed_at:
        return Door.NOT_EXPECTED
    if at >= meeting.ends_at:
        return Door.OVER
    if Mode.ONLINE not in meeting.attendance.modes:
        return Door.ON_SITE
    if at < opens_at(meeting):
        return Door.BEFORE
    return Door.OPEN if meeting.meeting_url else Door.NO_ADDRESS_YET


def opens_at(meeting: Meeting) -> datetime:
    return meeting.starts_at - OPENS_BEFORE
