"""Reads of sparring that have a name."""

from collections.abc import Sequence

from sqlalchemy import select

from app import clock
from app.database import db
from app.events.models import Season
from app.sparring.models import Request, RequestColleague, Theme


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
