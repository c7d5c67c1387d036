"""The team's view of all requests: narrowed, sorted, and which of them are late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, case, func, nulls_last, select
from sqlalchemy.orm import joinedload

from app import clock
from app.database import db
from app.people.models import Municipality, User
from app.sparring.models import Request, RequestPartner, RequestState, RequestTheme, Theme
from app.sparring.states import ENDED

NOBODY = 0  # as an owner: those whom nobody has taken


class Sort(StrEnum):
    MUNICIPALITY = "municipality"
    STATE = "state"
    OWNER = "owner"
    CREATED = "created"
    DUE = "due"


@dataclass(frozen=True)
class Filter:
    """What a list shows; None narrows nothing."""

    owner: int | None = None
    theme: int | None = None
    municipality: str | None = None
    state: RequestState | None = None

    @property
    def narrows(self) -> bool:
        return self != Filter()


def on_the_board(shown: Filter, visible: ColumnElement[bool]) -> Sequence[Request]:
    """The requests that have not ended, the ones due first in front."""
    unended = _whole(_narrowed(shown, visible)).where(Request.state.not_in(ENDED))
    return db.session.scalars(unended.order_by(nulls_last(Request.due_on), Request.created_at, Request.id)).all()


def counts(shown: Filter, visible: ColumnElement[bool]) -> dict[RequestState, int]:
    """How many requests stand where; the filter's own state does not count here."""
    narrowed = _narrowed(Filter(shown.owner, shown.theme, shown.municipality), visible).subquery()
    rows = db.session.execute(select(narrowed.c.state, func.count()).group_by(narrowed.c.state))
    return {state: number for state, number in rows}


def listed(shown: Filter, visible: ColumnElement[bool], *, sort: Sort, descending: bool) -> Select[Request]:
    """The requests in the order asked for; what has no value there stands last, either way round."""
    chosen = _whole(_narrowed(shown, visible))
    chosen = chosen.join(Request.municipality).outerjoin(User, User.id == Request.owner_id)
    key = _keys()[sort]
    return chosen.order_by(nulls_last(key.desc() if descending else key), Request.created_at, Request.id)


def is_late(request: Request, today: date) -> bool:
    """Whether the next step's day has gone by, of a request that waits for one."""
    return request.state not in ENDED and request.due_on is not None and request.due_on < today


def today() -> date:
    return clock.helsinki(clock.now()).date()


def owners() -> Sequence[User]:
    """Who takes care of a request, by name."""
    having = select(Request.owner_id).where(Request.owner_id.is_not(None))
    return db.session.scalars(select(User).where(User.id.in_(having)).order_by(User.name, User.id)).all()


def themes() -> Sequence[Theme]:
    """The themes asked about, retired ones too."""
    asked = select(RequestTheme.theme_id)
    return db.session.scalars(select(Theme).where(Theme.id.in_(asked)).order_by(Theme.position, Theme.id)).all()


def municipalities() -> Sequence[Municipality]:
    """Whose requests there are."""
    return db.session.scalars(
        select(Municipality).where(Municipality.code.in_(select(Request.municipality_code)))
    ).all()


def _narrowed(shown: Filter, visible: ColumnElement[bool]) -> Select[Request]:
    chosen = select(Request).where(visible)
    if shown.owner is not None:
        chosen = chosen.where(Request.owner_id == shown.owner if shown.owner else Request.owner_id.is_(None))
    if shown.theme is not None:
        about = select(RequestTheme.request_id).where(RequestTheme.theme_id == shown.theme)
        chosen = chosen.where(Request.id.in_(about))
    if shown.municipality is not None:
        along = select(RequestPartner.request_id).where(RequestPartner.municipality_code == shown.municipality)
        chosen = chosen.where((Request.municipality_code == shown.municipality) | Request.id.in_(along))
    if shown.state is not None:
        chosen = chosen.where(Request.state == shown.state)
    return chosen


def _whole(chosen: Select[Request]) -> Select[Request]:
    return chosen.options(joinedload(Request.municipality), joinedload(Request.owner))


def _keys() -> dict[Sort, ColumnElement]:  # type: ignore[type-arg]
    lived = case({state.value: place for place, state in enumerate(RequestState)}, value=Request.state, else_=99)
    return {
        Sort.MUNICIPALITY: Municipality.name_fi.expression,
        Sort.STATE: lived,
        Sort.OWNER: User.name.expression,
        Sort.CREATED: Request.created_at.expression,
        Sort.DUE: Request.due_on.expression,
    }
