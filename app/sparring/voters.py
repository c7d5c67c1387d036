"""Who is asked by a date poll no more: the link is dead, the answers do not count."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm.attributes import flag_modified

from app.database import db
from app.sparring import votes
from app.sparring.models import Request
from app.sparring.poll_models import Poll, PollStatus, Voter


def let_go(request: Request, addresses: Collection[str]) -> None:
    """Ask the folded addresses, unless they are tutors', in no poll of a request any more.

    The caller has locked the request; does not commit. When only they were silent, the team hears that all have
    answered.
    """
    _end(request, Voter.user_id.is_(None) & Voter.email_key.in_(addresses))


def release(request: Request, user_id: int) -> None:
    """The same for a tutor who is one of the request no more, in an open poll: what is over keeps its answers."""
    _end(request, (Voter.user_id == user_id) & (Poll.status == PollStatus.OPEN))


def _end(request: Request, whom: ColumnElement[bool]) -> None:
    theirs = select(Voter).join(Voter.poll).where(Poll.request_id == request.id, whom)
    for voter in db.session.scalars(theirs).all():
        poll = voter.poll
        db.session.delete(voter)
        if poll.status is PollStatus.OPEN:
            flag_modified(poll, "answer_by")  # a page that shows their answers is stale
            votes.tell_when_all_have_answered(poll)
