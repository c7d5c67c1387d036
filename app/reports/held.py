"""Which sparrings of a season were held, and by which municipalities. A joint meeting is one, of several."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from app.database import db
from app.events.models import Season
from app.sparring.models import Request, RequestPartner, RequestState

HELD = (RequestState.HELD, RequestState.SUMMED_UP, RequestState.CLOSED)


def requests(season: Season) -> Sequence[Request]:
    """The requests whose own meeting was held; those that joined another's are that one's partners."""
    return db.session.scalars(select(Request).where(is_held(season)).order_by(Request.id)).all()


def is_held(season: Season) -> ColumnElement[bool]:
    return (Request.season_id == season.id) & Request.state.in_(HELD) & Request.joined_to_id.is_(None)


def by_municipality(season: Season) -> Counter[str]:
    """How many held meetings each municipality took part in: it asked, came along, or joined its request to it."""
    own = select(Request.id, Request.municipality_code).where(is_held(season))
    along = select(RequestPartner.request_id, RequestPartner.municipality_code).join(Request).where(is_held(season))
    ids = select(Request.id).where(is_held(season))
    joined = select(Request.joined_to_id, Request.municipality_code).where(Request.joined_to_id.in_(ids))
    pairs = {(meeting, code) for query in (own, along, joined) for meeting, code in db.session.execute(query)}
    return Counter(code for _meeting, code in pairs)
