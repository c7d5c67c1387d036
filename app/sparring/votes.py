"""Answers to a date poll: changed as often as one likes while it is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select

from app import clock
from app.database import db
from app.errors import Refused
from app.sparring import links, locked, poll_notices, poll_queries
from app.sparring.poll_models import Poll, PollStatus, PollWindow, Suits, Vote, Voter


class Closed(Refused):
    """The answer came too late: it is not counted."""


@dataclass(frozen=True)
class Answer:
    """What one says of a window; `starts_at` is the exact start one would like inside it."""

    suits: Suits
    starts_at: datetime | None = None


def voter_of(token: str) -> Voter | None:
    """Whose personal link it is."""
    return db.session.scalar(select(Voter).where(Voter.link_hash == links.digest(token)))


def given(voter: Voter) -> dict[int, Vote]:
    """What someone has answered, by window."""
    return {vote.window_id: vote for vote in db.session.scalars(select(Vote).where(Vote.voter_id == voter.id))}


def answer(voter_id: int, answers: Mapping[int, Answer], note: str) -> None:
    """Keep someone's answers instead of those before. Begins the write; does not commit.

    `answers` are by window, for every window of the poll. Raises Closed when the poll is not open any more, Refused
    for an exact start from which the meeting does not fit into its window.
    """
    poll = locked.poll(db.session.get_one(Voter, voter_id).poll_id)
    voter = db.session.get_one(Voter, voter_id, populate_existing=True)
    if poll.status is not PollStatus.OPEN:
        raise Closed(_closed(poll))
    windows = poll_queries.windows(poll)
    for window in windows:
        must_fit(answers[window.id].starts_at, window, poll)
    db.session.execute(delete(Vote).where(Vote.voter_id == voter.id))
    db.session.add_all(
        Vote(voter_id=voter.id, window_id=window.id, suits=one.suits, starts_at=one.starts_at)
        for window in windows
        if (one := answers[window.id])
    )
    voter.note, voter.answered_at = note, clock.now()
    tell_when_all_have_answered(poll)


def _closed(poll: Poll) -> str:
    if poll.status is PollStatus.CONFIRMED:
        return _("The time has been agreed already, so this answer was not counted.")
    return _("The poll was closed, so this answer was not counted.")


def must_fit(starts_at: datetime | None, window: PollWindow, poll: Poll) -> None:
    """Raises Refused when a meeting that starts then is not wholly inside the window."""
    if starts_at is None:
        return
    ends_at = starts_at + timedelta(minutes=poll.duration_minutes)
    if starts_at < window.starts_at or ends_at > window.ends_at:
        raise Refused(
            _("The meeting lasts %(minutes)s minutes and does not fit from then.", minutes=poll.duration_minutes)
        )


def is_wider(window: PollWindow, poll: Poll) -> bool:
    """Whether a meeting can begin at more than one moment of it."""
    return window.ends_at - window.starts_at > timedelta(minutes=poll.duration_minutes)


def tell_when_all_have_answered(poll: Poll) -> None:
    """Once: the team need wait for nobody. Its request is locked; does not commit."""
    db.session.flush()
    voters = poll_queries.voters(poll)
    if poll.team_told_at is None and voters and all(voter.answered_at for voter in voters):
        poll_notices.all_answered(poll)
        poll_queries.mark(poll, team_told_at=clock.now())
