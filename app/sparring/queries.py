"""Reads of sparring that have a name."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock
from app.database import db
from app.events.models import Season
from app.people.models import Municipality
from app.sparring.models import (
    Request,
    RequestChange,
    RequestColleague,
    RequestPartner,
    RequestTheme,
    RequestWindow,
    Theme,
)


def season_now() -> Season | None:
    """The season of today; between seasons the next one, else the latest."""
    today = clock.helsinki(clock.now()).date()
    unfinished = select(Season).where(Season.ends_on >= today).order_by(Season.starts_on).limit(1)
    return db.session.scalar(unfinished) or db.session.scalar(select(Season).order_by(Season.ends_on.desc()).limit(1))


def themes() -> Sequence[Theme]:
    """What can be asked about now, in the organisers' order."""
    return db.session.scalars(select(Theme).where(Theme.retired_at.is_(None)).order_by(Theme.position, Theme.id)).all()


def colleagues(request: Request) -> Sequence[RequestColleague]:
    return db.session.scalars(
        select(RequestColleague).where(RequestColleague.request_id == request.id).order_by(RequestColleague.id)
    ).all()


def themes_of(request: Request) -> Sequence[Theme]:
    """What a request asks about, retired themes too."""
    chosen = select(Theme).join(RequestTheme).where(RequestTheme.request_id == request.id)
    return db.session.scalars(chosen.order_by(Theme.position, Theme.id)).all()


def partners(request: Request) -> Sequence[Municipality]:
    """The municipalities that would come along."""
    along = select(Municipality).join(RequestPartner).where(RequestPartner.request_id == request.id)
    return db.session.scalars(along.order_by(Municipality.code)).all()


def windows(request: Request) -> Sequence[RequestWindow]:
    """The times that would suit the municipality, the earliest first."""
    own = select(RequestWindow).where(RequestWindow.request_id == request.id)
    return db.session.scalars(own.order_by(RequestWindow.starts_at, RequestWindow.id)).all()


def changes(request: Request) -> Sequence[RequestChange]:
    """What happened to a request, the latest first."""
    of_it = select(RequestChange).where(RequestChange.request_id == request.id).options(joinedload(RequestChange.by))
    return db.session.scalars(of_it.order_by(RequestChange.id.desc())).all()
