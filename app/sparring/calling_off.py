"""Calling a meeting off or putting it off, together with its request."""

from app.people.models import User
from app.sparring import locked, meetings, states
from app.sparring.meeting_models import Meeting
from app.sparring.models import RequestState


def call_off(meeting_id: int, to: RequestState, *, reason: str, by: User) -> Meeting:
    """Out of all calendars, and the request is put off or called off. Begins the write; does not commit."""
    meeting = locked.meeting(meeting_id)
    meetings.must_be_to_come(meeting)
    meetings.call_off(meeting, reason=reason)
    states.change(meeting.request, to, by=by, reason=reason)
    return meeting
