"""To which season a request belongs: the one in which its meeting is to be held. With it, it is forgotten.

Tutors are of a season: whoever is one in the new season too stays named, of the others some are released.
"""

from datetime import date

from sqlalchemy import select

from app import clock
from app.database import db
from app.events.models import Season
from app.sparring import naming_notices, namings, queries
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request
from app.sparring.tutor_models import Naming, NamingStatus


def put_off(request: Request, until: date) -> None:
    """A request that is put off to a day belongs to that day's season. Locked by the caller; does not commit."""
    _belong(request, _of(until))


def take_up(request: Request) -> None:
    """One that is taken up again belongs to the season of today; who is no tutor any more is released, by mail."""
    season = queries.season_now()
    if season and season.ends_on > request.season.ends_on:
        _belong(request, season)
    for naming in _of_another_season(request):
        naming.status, naming.answered_at = NamingStatus.RELEASED, clock.now()
        naming_notices.released(naming)


def hold(meeting: Meeting) -> None:
    """A request with an agreed time belongs to its season, and so do those that share the meeting."""
    season = _of(clock.helsinki(meeting.starts_at).date())
    sharing = (Request.id == meeting.request_id) | (Request.joined_to_id == meeting.request_id)
    for request in db.session.scalars(select(Request).where(sharing).order_by(Request.id)).all():
        _belong(request, season)


def _of(day: date) -> Season | None:
    of_it = select(Season).where(Season.starts_on <= day, Season.ends_on >= day)
    return db.session.scalar(of_it.order_by(Season.starts_on.desc(), Season.id).limit(1))


def _belong(request: Request, season: Season | None) -> None:
    if season is None or season.id == request.season_id:
        return
    request.season, request.season_id = season, season.id
    for naming in _of_another_season(request):
        if profile := namings.profile_of(season, naming.profile.user):
            naming.profile = profile
    db.session.flush()


def _of_another_season(request: Request) -> list[Naming]:
    """Who is asked or has accepted, as a tutor of another season than the request's."""
    busy = (NamingStatus.ASKED, NamingStatus.ACCEPTED)
    rows = db.session.scalars(select(Naming).where(Naming.request_id == request.id, Naming.status.in_(busy))).all()
    return [one for one in rows if one.profile.season_id != request.season_id]
