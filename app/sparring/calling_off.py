"""Calling a meeting off or putting it off, together with its request."""

from app.people.models import User
from app.sparring import locked, meetings, states
from app.sparring.meeting_models import Meeting
from app.sparring.models import RequestState


def call_off(meeting_id: int, to: RequestState, *, reason: str, by: User) -> Meeting:
    """Out of all calendars, and the request is put off or called off. Begins the write; does not commit.

    The calendars first: the state then mails those only whom no cancellation has reached.
    """
    meeting = locked.meeting(meeting_id)
    meetings.must_be_to_come(meeting)
    meetings.call_off(meeting, reason=reason, is_put_off=to is RequestState.POSTPONED)
    states.change(meeting.request, to, by=by, reason=reason)
    return meeting
