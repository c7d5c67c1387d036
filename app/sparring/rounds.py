"""Rounds: making one with a call row for each municipality of the region, changing it, and how far it has come."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.database import db
from app.errors import Refused, Stale
from app.events.models import new_uuid
from app.people import queries as people
from app.people.models import Municipality
from app.sparring import links
from app.sparring.models import Request
from app.sparring.round_models import CallRow, CallStatus, Round
from app.translated import Translated


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What organisers decide of a round. Its days are Helsinki days, both included."""

    season_id: int
    name: Translated
    introduction: Translated
    invitation: Translated
    opens_on: date
    closes_on: date
    goal_municipalities: int | None


@dataclass(frozen=True)
class Progress:
    """How many of a round's municipalities stand where, against its goal."""

    counts: Mapping[CallStatus, int]
    goal: int | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def requested(self) -> int:
        return self.counts.get(CallStatus.REQUESTED, 0)

    @property
    def to_go(self) -> int:
        return max(0, (self.goal or 0) - self.requested)


def create(plan: Plan) -> Round:
    """A new round with its call list. Refused when it closes before it opens. The caller has begun the transaction."""
    made = Round()
    _write(made, plan)
    db.session.add(made)
    db.session.flush()
    db.session.add_all(_row(made, one) for one in people.municipalities_of_the_region("fi"))
    return made


def change(round_id: int, plan: Plan, *, version: int) -> Round:
    """Save a round under its lock. Raises Stale when it is no longer at `version`, and Refused as in `create`."""
    changed = db.session.scalars(select(Round).where(Round.id == round_id).with_for_update()).one()
    if changed.version != version:
        raise Stale(_("Someone else saved this round meanwhile."))
    _write(changed, plan)
    return changed


def every() -> Sequence[Round]:
    """All rounds, the latest first."""
    return db.session.scalars(select(Round).order_by(Round.opens_on.desc(), Round.id.desc())).all()


def progress(rounds: Sequence[Round]) -> dict[int, Progress]:
    """Each round's progress by its id, in one query."""
    counts: dict[int, Counter[CallStatus]] = {one.id: Counter() for one in rounds}
    grouped = select(CallRow.round_id, CallRow.status, func.count()).group_by(CallRow.round_id, CallRow.status)
    for round_id, status, number in db.session.execute(grouped.where(CallRow.round_id.in_(counts))):
        counts[round_id][status] = number
    return {one.id: Progress(counts[one.id], one.goal_municipalities) for one in rounds}


def requests_of(round_id: int) -> dict[int, Request]:
    """The latest request that came of each call row, by the row's id."""
    came = select(Request).where(Request.round_id == round_id, Request.call_id.is_not(None)).order_by(Request.id)
    return {one.call_id: one for one in db.session.scalars(came) if one.call_id}


def _row(of: Round, municipality: Municipality) -> CallRow:
    """A call row with its personal link, which callers may also pass on themselves."""
    made = CallRow(uuid=new_uuid(), round_id=of.id, municipality_code=municipality.code)
    made.link_hash = links.digest(links.call_token(made.uuid))
    return made


def _write(to: Round, plan: Plan) -> None:
    if plan.closes_on < plan.opens_on:
        raise Refused(_("A round must close after it opens"))
    to.season_id, to.name, to.introduction = plan.season_id, plan.name, plan.introduction
    to.invitation, to.goal_municipalities = plan.invitation, plan.goal_municipalities
    to.opens_on, to.closes_on = plan.opens_on, plan.closes_on
