"""After the meeting: that it was held, what came of it, what comes next, and whether it came."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import delete, select

from app import clock
from app.database import db
from app.errors import Refused
from app.people.models import User
from app.sparring import locked, queries, states, summary_notices
from app.sparring.meeting_models import Meeting, NextStep
from app.sparring.models import WITH_A_TIME, RequestState

AFTER = frozenset({RequestState.HELD, RequestState.SUMMED_UP, RequestState.CLOSED})


@dataclass(frozen=True, kw_only=True)
class Step:
    """What was decided, whose it is and by when."""

    what: str
    owner: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class Summary:
    attended: int | None
    discussed: str
    ideas: str
    steps: tuple[Step, ...]
    story: str
    follow_up_on: date | None


def can_be_held(meeting: Meeting, at: datetime) -> bool:
    """Whether one can say that it was held: from its end on."""
    return meeting.called_off_at is None and meeting.request.state in WITH_A_TIME and at >= meeting.ends_at


def was_held(meeting: Meeting) -> bool:
    return meeting.request.state in AFTER


def hold(meeting_id: int, *, attended: int | None, by: User) -> None:
    """The meeting was held, with so many. Begins the write; does not commit. Refused before its end."""
    meeting = locked.meeting(meeting_id)
    if not can_be_held(meeting, clock.now()):
        raise Refused(_("A meeting can be marked as held once it has ended."))
    meeting.attended = attended
    states.change(meeting.request, RequestState.HELD, by=by)


def write(meeting_id: int, summary: Summary, *, version: int, by: User) -> Meeting:
    """Keep the summary; nobody is told yet. Begins the write; does not commit. Raises Stale or Refused."""
    meeting = locked.meeting(meeting_id, version=version)
    if not was_held(meeting):
        raise Refused(_("The meeting has not been held yet."))
    if summary.follow_up_on != meeting.follow_up_on:
        meeting.followed_up_at = None
    meeting.attended, meeting.discussed, meeting.ideas = summary.attended, summary.discussed, summary.ideas
    meeting.story, meeting.follow_up_on = summary.story, summary.follow_up_on
    db.session.execute(delete(NextStep).where(NextStep.meeting_id == meeting.id))
    db.session.add_all(NextStep(meeting_id=meeting.id, **vars(step)) for step in summary.steps)
    if meeting.request.state is RequestState.SUMMED_UP:
        meeting.request.due_on = summary.follow_up_on or meeting.request.due_on
    states.log(meeting.request, "summary", by=by)
    return meeting


def share(meeting_id: int, *, by: User) -> None:
    """Mail the summary to the municipality; again, when it was changed. Begins the write; does not commit."""
    meeting = locked.meeting(meeting_id)
    if not was_held(meeting) or not meeting.discussed:
        raise Refused(_("Write first what was discussed."))
    summary_notices.shared(meeting, queries.next_steps_of(meeting))
    meeting.shared_at = clock.now()
    if meeting.request.state is RequestState.HELD:
        states.change(meeting.request, RequestState.SUMMED_UP, by=by, due_on=meeting.follow_up_on)
    else:
        states.log(meeting.request, "summary-shared", by=by)


def followed_up(meeting_id: int, *, by: User) -> None:
    """The municipality was asked how it went. Begins the write; does not commit."""
    meeting = locked.meeting(meeting_id)
    if meeting.follow_up_on is None or meeting.followed_up_at:
        return
    meeting.followed_up_at = clock.now()
    meeting.request.next_step, meeting.request.due_on = "", None
    states.log(meeting.request, "followed-up", by=by)


def next_follow_up() -> int | None:
    """The id of a meeting whose follow-up day has come, and whose owner has not heard of it."""
    today = clock.helsinki(clock.now()).date()
    due = select(Meeting.id).where(Meeting.follow_up_on <= today, Meeting.followed_up_at.is_(None))
    unsaid = Meeting.follow_up_told_on.is_(None) | (Meeting.follow_up_told_on != Meeting.follow_up_on)
    return db.session.scalar(due.where(unsaid).order_by(Meeting.id).limit(1))


def tell_of_follow_up(meeting_id: int) -> int:
    """Make it the request's task again, and mail its owner once. Begins the write; does not commit."""
    meeting = locked.meeting(meeting_id)
    if meeting.follow_up_on is None or meeting.follow_up_told_on == meeting.follow_up_on:
        return 0
    meeting.follow_up_told_on = meeting.follow_up_on
    request = meeting.request
    with force_locale(request.owner.language if request.owner else "fi"):
        request.next_step = _("Ask the municipality what came of the next steps")
    request.due_on = meeting.follow_up_on
    summary_notices.follow_up(meeting, queries.next_steps_of(meeting))
    return 1
