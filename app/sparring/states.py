"""The life of a sparring request: one table of what can follow what, each step logged with who and why."""

from datetime import date, timedelta

from flask_babel import gettext as _

from app import clock
from app.database import db
from app.errors import Refused
from app.people.models import User
from app.sparring.models import Request, RequestChange, RequestState

_AWAY = frozenset({RequestState.POSTPONED, RequestState.CALLED_OFF})

ALLOWED: dict[RequestState, frozenset[RequestState]] = {
    RequestState.NEW: frozenset({RequestState.PREPARING}) | _AWAY,
    RequestState.PREPARING: frozenset({RequestState.TUTORS_NAMED}) | _AWAY,
    RequestState.TUTORS_NAMED: frozenset({RequestState.PREPARING, RequestState.TIME_PROPOSED, RequestState.AGREED})
    | _AWAY,
    RequestState.TIME_PROPOSED: frozenset({RequestState.PREPARING, RequestState.TUTORS_NAMED, RequestState.AGREED})
    | _AWAY,
    RequestState.AGREED: frozenset({RequestState.PROGRAMME_READY, RequestState.HELD}) | _AWAY,
    RequestState.PROGRAMME_READY: frozenset({RequestState.AGREED, RequestState.HELD}) | _AWAY,
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
}

ENDED = frozenset({RequestState.CLOSED, RequestState.CALLED_OFF})
WITH_A_TIME = frozenset({RequestState.AGREED, RequestState.PROGRAMME_READY})


def change(
    request: Request, to: RequestState, *, by: User | None, reason: str = "", due_on: date | None = None
) -> None:
    """Give a request another state, with a row in its log and the day by which its next step is due. Does not commit.

    `by` is None when the municipality or the clock did it. Without `due_on` the state's own patience counts from today.
    Raises Refused when the table does not allow it.
    """
    if to not in ALLOWED[request.state]:
        raise Refused(_("That cannot be done with this request any more."))
    db.session.add(
        RequestChange(
            request_id=request.id,
            by_id=by.id if by else None,
            what="state",
            from_state=request.state,
            to_state=to,
            reason=reason,
        )
    )
    request.state = to
    request.state_since = clock.now()
    request.due_on = due_on or patience_ends(to)
    request.next_step = ""


def patience_ends(state: RequestState) -> date | None:
    """The day by which a state that begins today should be over; None for those that end by a date of their own."""
    days = PATIENCE.get(state)
    return None if days is None else clock.helsinki(clock.now()).date() + timedelta(days=days)
