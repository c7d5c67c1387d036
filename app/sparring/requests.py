"""A municipality asks for sparring, changes what it wishes, and calls the request off."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.database import db
from app.errors import Refused, Stale
from app.events.models import Season, new_uuid
from app.people.models import User
from app.sparring import calls, guests, links, meetings, polls, queries, request_notices, states, wishes
from app.sparring.locked import row as locked_row
from app.sparring.models import Request, RequestState, Source
from app.sparring.round_models import CallRow
from app.sparring.wishes import Wish

AMENDABLE = frozenset({
    RequestState.NEW,
    RequestState.PREPARING,
    RequestState.TUTORS_NAMED,
    RequestState.TIME_PROPOSED,
    RequestState.POSTPONED,
})  # fmt: skip


def send(
    wish: Wish, *, nonce: str | None, source: Source, call: CallRow | None = None, by: User | None = None
) -> Request:
    """A new request, with its mails to the contact and the team. The caller has begun the write, and commits.

    A nonce that has made a request gives that one, and nothing is mailed. `call` is the row of a round that it came
    from, `by` who of the team wrote it down. Raises Refused while there is no season to belong to.
    """
    if nonce and (seen := by_nonce(nonce)):
        return seen
    season = call.round.season if call else queries.season_now()
    if season is None:
        raise Refused(_("There is no season yet that sparring could belong to."))
    try:
        with db.session.begin_nested():
            made = _made(wish, season, nonce=nonce, source=source, call=call)
    except IntegrityError:
        if nonce and (seen := by_nonce(nonce)):  # the same form, sent twice at the same moment
            return seen
        raise
    calls.requested(made, by=by)
    states.log(made, "sent", by=by, to=made.state)
    request_notices.received(made)
    request_notices.to_team(made)
    return made


def by_nonce(nonce: str) -> Request | None:
    """What a sent form has become."""
    return db.session.scalar(select(Request).where(Request.nonce == nonce))


def amend(request_id: int, wish: Wish, *, version: int) -> list[str]:
    """Change what is wished; returns the names of what is new. The caller has begun the write, and commits.

    Raises Stale when the request is no longer at `version`, and Refused once a time is agreed or all is over.
    """
    request = locked(request_id)
    if request.version != version:
        raise Stale(_("Someone else changed this request meanwhile."))
    if not may_be_amended(request):
        raise Refused(_("A time has been agreed or the request has ended, so it can no longer be changed here."))
    changed = wishes.write(request, wish)
    if changed:
        states.log(request, "amended", by=None, fields=", ".join(changed))
        request_notices.amended(request)
    return changed


def call_off(request_id: int, reason: str) -> None:
    """The municipality needs no sparring after all. The caller has begun the write, and commits.

    An agreed meeting leaves all calendars, an open poll is closed. Raises Refused once the meeting has begun.
    """
    request = locked(request_id)
    if request.state is RequestState.CALLED_OFF:
        raise Refused(_("The request had already been called off."))
    if not may_be_called_off(request):
        raise Refused(_("The request can no longer be called off here."))
    polls.give_up(request)
    told: set[str] = set()
    if meeting := queries.meeting_of(request):
        told = {guest.email_key for guest in guests.of(meeting)}
        meetings.call_off(meeting, reason=reason)
    meetings.leave(request)
    states.change(request, RequestState.CALLED_OFF, by=None, reason=reason)
    request_notices.called_off(request, reason, told=told)


def may_be_amended(request: Request) -> bool:
    return request.state in AMENDABLE


def may_be_called_off(request: Request) -> bool:
    """Whether the table allows it, and the meeting, where there is one, has not begun."""
    meeting = queries.meeting_of(request)
    return RequestState.CALLED_OFF in states.ALLOWED[request.state] and (
        meeting is None or meeting.starts_at > clock.now()
    )


def locked(request_id: int) -> Request:
    """A request that nobody else changes before this transaction ends."""
    return locked_row(request_id) or db.session.get_one(Request, request_id)


def _made(wish: Wish, season: Season, *, nonce: str | None, source: Source, call: CallRow | None) -> Request:
    is_open = queries.open_round(season)
    made = Request(
        uuid=new_uuid(),
        season_id=season.id,
        round_id=call.round_id if call else is_open and is_open.id,
        call_id=call.id if call else None,
        source=source,
        municipality_code=wish.municipality_code,
        contact_name=wish.contact_name,
        contact_email=wish.contact_email,
        state_since=clock.now(),
        due_on=states.patience_ends(RequestState.NEW),
        nonce=nonce,
        link_generation=1,
    )
    made.link_hash = links.digest(links.request_token(made))
    db.session.add(made)
    db.session.flush()
    wishes.write(made, wish)
    db.session.flush()
    return made
