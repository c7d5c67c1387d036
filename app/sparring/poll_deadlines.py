"""What the clock does with open polls: one reminder to the silent, and word to the team when the time is up."""

from datetime import datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from app import clock
from app.database import db
from app.sparring import locked, poll_notices, poll_queries
from app.sparring.poll_models import Poll, PollStatus

REMINDED_BEFORE = timedelta(hours=48)


def next_due() -> int | None:
    """The id of an open poll for which it is time to remind, or to tell the team."""
    now = clock.now()
    open_ = select(Poll).where(Poll.status == PollStatus.OPEN)
    unsaid = Poll.reminded_at.is_(None) | Poll.team_told_at.is_(None)
    return next(
        (poll.id for poll in db.session.scalars(open_.where(unsaid).order_by(Poll.id)) if _due(poll, now)), None
    )


def follow(poll_id: int) -> int:
    """Write what is due. Begins the write; does not commit. Returns how many mails."""
    poll, now = locked.poll(poll_id), clock.now()
    if poll.status is not PollStatus.OPEN or not _due(poll, now):
        return 0
    silent = [voter for voter in poll_queries.voters(poll) if voter.answered_at is None]
    if now >= poll.answer_by:
        poll_queries.mark(poll, team_told_at=now)
        _give_the_team_a_task(poll)
        poll_notices.time_is_up(poll, len(silent))
        return 1
    poll_queries.mark(poll, reminded_at=now)
    for voter in silent:
        poll_notices.reminded(voter)
    return max(1, len(silent))


def reminder_at(poll: Poll) -> datetime:
    """48 hours before answers are due, or half-way where the poll is open for less than four days."""
    half_way = poll.created_at + (poll.answer_by - poll.created_at) / 2
    return max(poll.answer_by - REMINDED_BEFORE, half_way)


def _due(poll: Poll, now: datetime) -> bool:
    if now >= poll.answer_by:
        return poll.team_told_at is None
    return poll.reminded_at is None and now >= reminder_at(poll)


def _give_the_team_a_task(poll: Poll) -> None:
    request = poll.request
    with force_locale(request.owner.language if request.owner else "fi"):
        request.next_step = _("Agree the time of the meeting")
    request.due_on = clock.helsinki(clock.now()).date()
