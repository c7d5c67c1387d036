"""The life of a sparring request: one table of what can follow what, each step logged with who and why."""

from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from app import clock
from app.database import db
from app.errors import Refused
from app.messages.addresses import folded
from app.people.models import User
from app.sparring import posting, queries, seasons, state_notices, voters
from app.sparring.models import Request, RequestChange, RequestColleague, RequestPartner, RequestState
from app.sparring.poll_models import Poll, PollStatus

AWAY = frozenset({RequestState.POSTPONED, RequestState.CALLED_OFF})

ALLOWED: dict[RequestState, frozenset[RequestState]] = {
    RequestState.NEW: frozenset({RequestState.PREPARING}) | AWAY,
    RequestState.PREPARING: frozenset({RequestState.TUTORS_NAMED}) | AWAY,
    RequestState.TUTORS_NAMED: frozenset({RequestState.PREPARING, RequestState.TIME_PROPOSED, RequestState.AGREED})
    | AWAY,
    RequestState.TIME_PROPOSED: frozenset({RequestState.PREPARING, RequestState.TUTORS_NAMED, RequestState.AGREED})
    | AWAY,
    RequestState.AGREED: frozenset({RequestState.PROGRAMME_READY, RequestState.HELD}) | AWAY,
    RequestState.PROGRAMME_READY: frozenset({RequestState.AGREED, RequestState.HELD}) | AWAY,
    RequestState.HELD: frozenset({RequestState.SUMMED_UP}),
    RequestState.SUMMED_UP: frozenset({RequestState.HELD, RequestState.CLOSED}),
    RequestState.CLOSED: frozenset({RequestState.SUMMED_UP}),
    RequestState.POSTPONED: frozenset({RequestState.PREPARING, RequestState.CALLED_OFF}),
    RequestState.CALLED_OFF: frozenset({RequestState.PREPARING}),
}

# Days from the beginning of a state until it should be over. Others end by a date of their own, or not at all.
PATIENCE: dict[RequestState, int] = {
    RequestState.NEW: 3,
    RequestState.PREPARING: 14,
    RequestState.TUTORS_NAMED: 7,
    RequestState.HELD: 7,
    RequestState.SUMMED_UP: 30,
    RequestState.POSTPONED: 60,
}

# After which states the municipality hears by mail that a state has begun. Other steps are the team's own,
# or have mails of their own: a time to vote on, a calendar entry, a summary.
TOLD: dict[RequestState, frozenset[RequestState]] = {
    RequestState.PREPARING: frozenset({RequestState.NEW}) | AWAY,
    RequestState.TUTORS_NAMED: frozenset({RequestState.PREPARING}),
    RequestState.POSTPONED: frozenset(RequestState),
    RequestState.CALLED_OFF: frozenset(RequestState),
    RequestState.CLOSED: frozenset({RequestState.SUMMED_UP}),
}

PREPARED_BEFORE = timedelta(days=7)

ENDED = frozenset({RequestState.CLOSED, RequestState.CALLED_OFF})
_ORDER = list(RequestState)


def is_back_step(begins: RequestState, to: RequestState) -> bool:
    """Whether something is undone: the request stands earlier in its life than before."""
    return begins not in AWAY and to not in AWAY and _ORDER.index(to) < _ORDER.index(begins)


def tells_the_municipality(begins: RequestState, to: RequestState, *, by_itself: bool = False) -> bool:
    """Whether a step is told by mail. What the municipality called off `by_itself` is confirmed where it did so."""
    return begins in TOLD.get(to, ()) and not (by_itself and to is RequestState.CALLED_OFF)


def change(
    request: Request, to: RequestState, *, by: User | None, reason: str = "", due_on: date | None = None
) -> None:
    """Give a request another state, with a row in its log, the mail it leads to, and its next step's day. No commit.

    `by` is None when the municipality or the clock did it. Without `due_on` the state's own patience counts from today.
    Raises Refused when the table does not allow it, and when the team puts a request aside without a reason.
    """
    begins = request.state
    if to not in ALLOWED[begins]:
        raise Refused(_("That cannot be done with this request any more."))
    if to in AWAY and by and not reason:
        raise Refused(_("Enter the reason"))
    _step(request, to, by=by, reason=reason, due_on=due_on)
    if tells_the_municipality(begins, to, by_itself=by is None):
        state_notices.tell(request, begins, reason=reason)
    _take_along(request, to, by=by, reason=reason, due_on=due_on)


def _step(request: Request, to: RequestState, *, by: User | None, reason: str, due_on: date | None) -> None:
    begins = request.state
    log(request, "state", by=by, begins=begins, to=to, reason=reason)
    request.state = to
    request.state_since = clock.now()
    request.due_on = due_on or patience_ends(to)
    request.next_step = ""
    if to is RequestState.POSTPONED and request.due_on:
        seasons.put_off(request, request.due_on)
    if to is RequestState.PREPARING and begins in AWAY:
        seasons.take_up(request)
    if to in AWAY or to is RequestState.HELD:
        _close_polls(request)
    if to is RequestState.CALLED_OFF and (lead := queries.leading(request)):
        leave(request, lead)


def _take_along(request: Request, to: RequestState, *, by: User | None, reason: str, due_on: date | None) -> None:
    """Requests that share the meeting go the same way; their people are told as those who follow the leading one.

    When the leading one is called off, each goes on by itself: it is postponed, and the municipality told so.
    """
    for follower in db.session.scalars(select(Request).where(Request.joined_to_id == request.id).with_for_update()):
        if to is RequestState.CALLED_OFF:
            leave(follower, request)
            change(follower, RequestState.POSTPONED, by=by, reason=reason)
        elif to in ALLOWED[follower.state]:
            _step(follower, to, by=by, reason=reason, due_on=due_on)


def leave(request: Request, lead: Request) -> None:
    """A request shares the meeting of another no more; its people neither follow that one nor vote. No commit."""
    partner = RequestPartner.municipality_code == request.municipality_code
    db.session.execute(delete(RequestPartner).where(RequestPartner.request_id == lead.id, partner))
    theirs = {folded(person.email) for person in posting.municipality(request)}
    following = (RequestColleague.request_id == lead.id) & RequestColleague.email_key.in_(theirs)
    db.session.execute(delete(RequestColleague).where(following))
    voters.let_go(lead, theirs - {folded(person.email) for person in posting.municipality(lead)})
    request.joined_to_id = None
    for one in (request, lead):
        log(one, "unjoined", by=None)


def log(
    request: Request,
    what: str,
    *,
    by: User | None,
    begins: RequestState | None = None,
    to: RequestState | None = None,
    reason: str = "",
    **details: str | int | None,
) -> None:
    """A row in the log of a request. `details` hold ids, dates and counts, never anybody's contact details."""
    row = RequestChange(request_id=request.id, by_id=by.id if by else None, what=what, reason=reason, details=details)
    row.from_state, row.to_state = begins, to
    db.session.add(row)


def _close_polls(request: Request) -> None:
    # What is put aside asks nobody for an answer any more, and what has been held is not moved.
    open_ones = update(Poll).where(Poll.request_id == request.id, Poll.status == PollStatus.OPEN)
    db.session.execute(open_ones.values(status=PollStatus.CLOSED, version=Poll.version + 1))


def comes_next(request: Request, starts_at: datetime) -> None:
    """With a time agreed: the programme a week before it, or the meeting itself. Does not commit."""
    before = PREPARED_BEFORE if request.state is RequestState.AGREED else timedelta()
    request.due_on, request.next_step = clock.helsinki(starts_at - before).date(), ""


def patience_ends(state: RequestState) -> date | None:
    """The day by which a state that begins today should be over; None for those that end by a date of their own."""
    days = PATIENCE.get(state)
    return None if days is None else clock.helsinki(clock.now()).date() + timedelta(days=days)
