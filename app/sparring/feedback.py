"""The municipality's short feedback on its meeting."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app import clock
from app.database import db
from app.errors import Refused
from app.sparring import queries, requests, states
from app.sparring.meeting_models import MeetingFeedback
from app.sparring.models import RequestState

WANTED = frozenset({RequestState.HELD, RequestState.SUMMED_UP, RequestState.CLOSED})


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """Marks from 1 to 5, the best being 5; texts hold no names."""

    usefulness: int
    arrangements: int
    takes_into_use: str = ""
    comment: str = ""


def give(request_id: int, given: Feedback) -> None:
    """Keep the feedback in place of an earlier one. The caller has begun the write, and commits.

    Raises Refused before the meeting has been held.
    """
    request = requests.locked(request_id)
    meeting = queries.meeting_of(request)
    if meeting is None or request.state not in WANTED:
        raise Refused(_("Feedback is asked once the meeting has been held."))
    kept = queries.feedback_of(meeting) or MeetingFeedback(meeting_id=meeting.id)
    kept.usefulness, kept.arrangements = given.usefulness, given.arrangements
    kept.takes_into_use, kept.comment = given.takes_into_use, given.comment
    kept.given_at = clock.now()
    db.session.add(kept)
    states.log(request, "feedback", by=None)
