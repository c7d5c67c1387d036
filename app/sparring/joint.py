"""One meeting for several municipalities that ask about the same: found, proposed, and given up again.

The request whose meeting it is leads; the other keeps its own page and follows it from state to state. The people of
the other follow the leading request as colleagues do, so that polls, calendars and summaries reach them too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.errors import Refused
from app.events.models import new_uuid
from app.messages.addresses import folded
from app.people.models import User
from app.sparring import handling, joint_notices, links, posting, queries, states
from app.sparring.models import Request, RequestColleague, RequestPartner, RequestState, RequestTheme, Theme

JOINS_IN = (RequestState.NEW, RequestState.PREPARING)


@dataclass(frozen=True)
class Alike:
    """Another request, and the themes that both ask about."""

    other: Request
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class Shared:
    """A theme, and the requests that ask about it; two at least."""

    theme: Theme
    requests: tuple[Request, ...]


def may_lead(request: Request) -> bool:
    """Whether another request could join this one now."""
    return request.state in JOINS_IN and request.joined_to_id is None


def alike(request: Request) -> list[Alike]:
    """The requests that could share the meeting of this one, most themes in common first."""
    if not may_lead(request):
        return []
    mine = {theme.id for theme in queries.themes_of(request)}
    leading = select(Request.joined_to_id).where(Request.joined_to_id.is_not(None))
    rows = _asking(Request.season_id == request.season_id).where(
        RequestTheme.theme_id.in_(mine),
        Request.id != request.id,
        Request.municipality_code != request.municipality_code,
        Request.id.not_in(leading),
    )
    found: dict[int, tuple[Request, list[Theme]]] = {}
    for other, theme in db.session.execute(rows):
        found.setdefault(other.id, (other, []))[1].append(theme)
    both = [Alike(other, tuple(themes)) for other, themes in found.values()]
    return sorted(both, key=lambda one: (-len(one.themes), one.other.id))


def shared_themes(visible: ColumnElement[bool]) -> list[Shared]:
    """The themes that several municipalities ask about at the moment, in the organisers' order."""
    found: dict[int, tuple[Theme, dict[str, Request]]] = {}
    for request, theme in db.session.execute(_asking(visible)):
        found.setdefault(theme.id, (theme, {}))[1].setdefault(request.municipality_code, request)
    return [Shared(theme, tuple(ones.values())) for theme, ones in found.values() if len(ones) > 1]


def followers(request: Request) -> Sequence[Request]:
    """The requests that share the meeting of this one."""
    return db.session.scalars(select(Request).where(Request.joined_to_id == request.id).order_by(Request.id)).all()


def propose(lead: Request, other: Request, *, by: User) -> None:
    """Let another request share this one's meeting; both municipalities are told. Both are locked. Does not commit.

    Raises Refused when either is further on than in preparation, or shares a meeting with a third already.
    """
    if not may_lead(lead) or other.id not in {one.other.id for one in alike(lead)}:
        raise Refused(_("These two can no longer share a meeting."))
    for request in (lead, other):
        if request.state is RequestState.NEW:
            handling.take(request, by=by)
    joint_notices.proposed(lead, other)
    other.joined_to_id, lead.is_joint = lead.id, True
    if db.session.get(RequestPartner, (lead.id, other.municipality_code)) is None:
        db.session.add(RequestPartner(request_id=lead.id, municipality_code=other.municipality_code))
    _let_follow(lead, other)
    for request in (lead, other):
        states.log(request, "joined", by=by)


def part(other: Request, *, by: User) -> None:
    """Let a request go on by itself again; both municipalities are told. Refused once a time is sought. No commit."""
    lead = queries.leading(other)
    if lead is None or other.state not in (*JOINS_IN, RequestState.TUTORS_NAMED):
        raise Refused(_("The joint meeting can no longer be given up here."))
    states.leave(other, lead)
    if other.state is RequestState.TUTORS_NAMED:
        states.change(other, RequestState.PREPARING, by=by)
    joint_notices.given_up(lead, other)


def _asking(condition: ColumnElement[bool]) -> Select[Request, Theme]:
    return (
        select(Request, Theme)
        .join(RequestTheme, RequestTheme.request_id == Request.id)
        .join(Theme, Theme.id == RequestTheme.theme_id)
        .where(condition, Request.state.in_(JOINS_IN), Request.joined_to_id.is_(None))
        .options(joinedload(Request.municipality))
        .order_by(Theme.position, Theme.id, Request.created_at, Request.id)
    )


def _let_follow(lead: Request, other: Request) -> None:
    known = {folded(person.email) for person in posting.municipality(lead)}
    for person in list(posting.municipality(other)):
        if folded(person.email) not in known:
            uuid = new_uuid()
            db.session.add(
                RequestColleague(
                    uuid=uuid,
                    request=lead,
                    name=person.name,
                    email=person.email,
                    email_key=folded(person.email),
                    language=person.language,
                    link_hash=links.digest(links.colleague_token(uuid)),
                )
            )
