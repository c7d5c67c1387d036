"""What the team does with a request by hand: who takes care of it, what comes next, and moves from state to state."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from app import clock
from app.database import db
from app.errors import Refused, Stale
from app.people.models import Role, User
from app.sparring import meetings, namings, owner_notices, queries, seasons, states
from app.sparring.locked import row as locked_row
from app.sparring.meeting_models import Meeting
from app.sparring.models import WITH_A_TIME, Request, RequestState
from app.sparring.states import AWAY

TEAM = (Role.ADMINISTRATOR, Role.ORGANISER)

# Where a member of the team may move a request by a button. The rest of the table happens by itself: when tutors
# accept, a poll opens or closes, a time is confirmed, a summary is shared.
BY_HAND: dict[RequestState, frozenset[RequestState]] = {
    RequestState.NEW: frozenset({RequestState.PREPARING}) | AWAY,
    RequestState.PREPARING: frozenset({RequestState.TUTORS_NAMED}) | AWAY,
    RequestState.TUTORS_NAMED: frozenset({RequestState.PREPARING}) | AWAY,
    RequestState.TIME_PROPOSED: AWAY,
    RequestState.AGREED: frozenset({RequestState.PROGRAMME_READY, RequestState.HELD}) | AWAY,
    RequestState.PROGRAMME_READY: frozenset({RequestState.AGREED, RequestState.HELD}) | AWAY,
    RequestState.HELD: frozenset(),
    RequestState.SUMMED_UP: frozenset({RequestState.HELD, RequestState.CLOSED}),
    RequestState.CLOSED: frozenset({RequestState.SUMMED_UP}),
    RequestState.POSTPONED: frozenset({RequestState.PREPARING, RequestState.CALLED_OFF}),
    RequestState.CALLED_OFF: frozenset({RequestState.PREPARING}),
}


@dataclass(frozen=True)
class Plan:
    """Who takes care of a request, what comes next, and by when."""

    owner_id: int | None
    next_step: str
    due_on: date | None


def locked(request_id: int, *, version: int | None = None) -> Request | None:
    """A request with its row locked, inside the write transaction; Stale when it is not of this version any more."""
    request = locked_row(request_id)
    if request and version is not None and request.version != version:
        raise Stale(_("Someone else changed this request after you opened it."))
    return request


def team() -> list[User]:
    """Who can take care of a request."""
    return list(db.session.scalars(select(User).where(User.role.in_(TEAM), User.active).order_by(User.name, User.id)))


def take(request: Request, *, by: User) -> bool:
    """Take care of a request oneself; a new one is in preparation from now on. False when it was one's own already."""
    if request.owner_id == by.id:
        return False
    _give(request, by, by=by)
    return True


def plan(request: Request, wanted: Plan, *, by: User) -> None:
    """Give a request its owner, next step and due date. Refused when the owner is not of the team. No commit."""
    if wanted.owner_id != request.owner_id:
        _give(request, _member(wanted.owner_id), by=by)
    if (wanted.next_step, wanted.due_on) != (request.next_step, request.due_on):
        states.log(request, "plan", by=by, due_on=wanted.due_on.isoformat() if wanted.due_on else None)
    request.next_step, request.due_on = wanted.next_step, wanted.due_on
    if request.state is RequestState.POSTPONED and wanted.due_on:
        seasons.put_off(request, wanted.due_on)


def move(request: Request, to: RequestState, *, by: User, reason: str = "", due_on: date | None = None) -> None:
    """A step by hand. Refused when it is none of BY_HAND, its time has not come, or its reason is missing. No commit.

    Who begins to prepare a request that nobody has, takes care of it from now on. A meeting that is still to come
    leaves every calendar when its request is put aside.
    """
    if to not in BY_HAND[request.state]:
        raise Refused(_("That cannot be done with this request any more."))
    if needs_reason(request.state, to) and not reason:
        raise Refused(_("Enter the reason"))
    meeting = queries.latest_meeting_of(request)
    if obstacle := _obstacle(request, to, meeting):
        raise Refused(obstacle)
    if to in AWAY and meeting and _is_to_come(meeting):
        meetings.call_off(meeting, reason=reason, is_put_off=to is RequestState.POSTPONED)
    if to is RequestState.CALLED_OFF:
        meetings.leave(request)
    if to is RequestState.PREPARING and request.owner is None:
        _set_owner(request, by, by=by)
    if to in WITH_A_TIME and meeting:
        due_on = due_on or clock.helsinki(meeting.starts_at).date()
    states.change(request, to, by=by, reason=reason, due_on=due_on)


def possible_moves(request: Request) -> list[RequestState]:
    """The steps by hand whose time has come, in the order in which a request lives."""
    meeting = queries.latest_meeting_of(request)
    allowed = [state for state in RequestState if state in BY_HAND[request.state]]
    return [state for state in allowed if _obstacle(request, state, meeting) is None]


def needs_reason(begins: RequestState, to: RequestState) -> bool:
    """Whether a step by hand wants to know why: what is put aside, and what is undone."""
    return to in AWAY or states.is_back_step(begins, to)


def _obstacle(request: Request, to: RequestState, meeting: Meeting | None) -> str | None:
    """Why a step has to wait, in words; None when it need not."""
    if request.joined_to_id and to is not RequestState.CALLED_OFF:
        return _("It goes along with the request whose meeting it shares.")
    if to is RequestState.PREPARING and request.state in AWAY and request.anonymised_at:
        return _("The contact’s details have been erased. If the municipality wishes for sparring again, it asks anew.")
    if to is RequestState.TUTORS_NAMED and not namings.all_accepted(request):
        return _("The tutors are named once every one who is required has accepted.")
    if to is RequestState.HELD and request.state in WITH_A_TIME:
        has_ended = meeting is not None and meeting.ends_at <= clock.now()
        return None if has_ended else _("The meeting has not ended yet.")
    return None


def _is_to_come(meeting: Meeting) -> bool:
    return meeting.called_off_at is None and meeting.ends_at > clock.now()


def _give(request: Request, to: User | None, *, by: User) -> None:
    _set_owner(request, to, by=by)
    if request.state is RequestState.NEW and to:
        states.change(request, RequestState.PREPARING, by=by)
    if to and to.id != by.id:
        owner_notices.given(request, to, by=by)


def _set_owner(request: Request, to: User | None, *, by: User) -> None:
    states.log(request, "owner", by=by, owner_id=to.id if to else None)
    request.owner, request.owner_id = to, to.id if to else None


def _member(user_id: int | None) -> User | None:
    found = db.session.get(User, user_id) if user_id else None
    if user_id and (found is None or found.role not in TEAM or not found.active):
        raise Refused(_("Choose someone of the team."))
    return found
