"""Reads of date polls that have a name."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from app import clock
from app.database import db
from app.people.models import User
from app.sparring.models import Request, RequestWindow
from app.sparring.poll_models import Poll, PollStatus, PollWindow, Voter
from app.sparring.tutor_models import Naming, NamingStatus


def current(request: Request) -> Poll | None:
    """The open poll of a request."""
    return db.session.scalar(select(Poll).where(Poll.request_id == request.id, Poll.status == PollStatus.OPEN))


def latest(request: Request) -> Poll | None:
    return db.session.scalar(select(Poll).where(Poll.request_id == request.id).order_by(Poll.id.desc()).limit(1))


def windows(poll: Poll) -> Sequence[PollWindow]:
    of_it = select(PollWindow).where(PollWindow.poll_id == poll.id)
    return db.session.scalars(of_it.order_by(PollWindow.starts_at, PollWindow.id)).all()


def voters(poll: Poll) -> Sequence[Voter]:
    """Tutors first, then the municipality, each by name."""
    of_it = select(Voter).where(Voter.poll_id == poll.id)
    return db.session.scalars(of_it.order_by(Voter.side.desc(), Voter.name, Voter.id)).all()


def own(request: Request, who: User) -> Voter | None:
    """What a tutor is asked by the open poll of a request."""
    asked = select(Voter).join(Voter.poll).where(Poll.request_id == request.id, Poll.status == PollStatus.OPEN)
    return db.session.scalar(asked.where(Voter.user_id == who.id))


def accepted(request: Request) -> Sequence[Naming]:
    """The tutors who have said that they take a request."""
    of_it = select(Naming).where(Naming.request_id == request.id, Naming.status == NamingStatus.ACCEPTED)
    return db.session.scalars(of_it.order_by(Naming.id)).all()


def wished(request: Request) -> Sequence[RequestWindow]:
    """The municipality's own windows that are still to come."""
    of_it = select(RequestWindow).where(RequestWindow.request_id == request.id, RequestWindow.starts_at > clock.now())
    return db.session.scalars(of_it.order_by(RequestWindow.starts_at)).all()


def mark(poll: Poll, **at: datetime) -> None:
    """What the clock notes of a poll is no change that would make the team's page stale."""
    db.session.execute(update(Poll).where(Poll.id == poll.id).values(**at))


def of_request(request_id: int, poll_id: int) -> Poll | None:
    return db.session.scalar(select(Poll).where(Poll.id == poll_id, Poll.request_id == request_id))
