"""The call list: what a caller writes on a row, what becomes of it, and which rows are due."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app import clock
from app.database import db
from app.errors import Refused, Stale
from app.events.models import new_uuid
from app.messages.addresses import folded
from app.people.models import User
from app.sparring import links, queries
from app.sparring.models import Request
from app.sparring.round_models import CallChange, CallRow, CallStatus
from app.wording import sort_key


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a caller writes on a row."""

    status: CallStatus
    contact_name: str
    contact_email: str
    contact_phone: str
    contact_language: str
    caller_id: int | None
    note: str
    next_step: str
    call_again_on: date | None


# Of these the history keeps the values; of all others only that they were changed.
_TOLD = ("status", "call_again_on")


def save(call_id: int, call: Call, *, version: int, by: User) -> CallRow:
    """Write a row under its lock. The caller has begun the write transaction, and commits.

    Raises Stale when the row is no longer at `version`, and Refused when "call again" comes without its day.
    """
    row = locked(call_id)
    if row.version != version:
        raise Stale(_("Someone else saved this row meanwhile."))
    if call.status is CallStatus.CALL_AGAIN and call.call_again_on is None:
        raise Refused(_("Enter the day on which to call again"))
    _write(row, asdict(call), by=by)
    return row


def locked(call_id: int) -> CallRow:
    """A row that nobody else changes before this transaction ends."""
    return db.session.scalars(select(CallRow).where(CallRow.id == call_id).with_for_update()).one()


def requested(request: Request, *, by: User | None = None) -> None:
    """Tie a new request to its row, which becomes "requested": the one it was begun from, else its municipality's own
    in the round that is open now. A form that was begun for another municipality leaves that one's row as it is.
    """
    row = locked(request.call_id) if request.call_id else None
    if row is None or row.municipality_code != request.municipality_code:
        row = _row_of_the_open_round(request)
    request.call_id = row.id if row else None
    if row is None:
        return
    request.round_id = row.round_id
    _write(row, {"status": CallStatus.REQUESTED, "call_again_on": None}, by=by)


def of_round(round_id: int, language: str) -> list[CallRow]:
    """A round's rows, by the municipality's name in a language."""
    rows = db.session.scalars(_with_names().where(CallRow.round_id == round_id))
    return sorted(rows, key=lambda row: sort_key(row.municipality.name(language)))


def by_id(call_id: int) -> CallRow | None:
    return db.session.scalar(_with_names().where(CallRow.id == call_id))


def is_due(row: CallRow, today: date) -> bool:
    """Whether a row is to be called on a day, or should have been before."""
    return row.call_again_on is not None and row.call_again_on <= today and row.status is not CallStatus.REQUESTED


def history(row: CallRow) -> Sequence[CallChange]:
    """What became of a row, the latest first."""
    changes = select(CallChange).where(CallChange.call_id == row.id).options(joinedload(CallChange.by))
    return db.session.scalars(changes.order_by(CallChange.id.desc())).all()


def log(row: CallRow, details: dict[str, Any], *, by: User | None) -> None:
    """Add a line to a row's history. `details` names fields and holds nobody's data."""
    db.session.add(CallChange(call_id=row.id, at=clock.now(), by_id=by.id if by else None, details=details))


def _write(row: CallRow, values: dict[str, Any], *, by: User | None) -> None:
    changed = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    if (former := changed.get("contact_email")) and folded(former) != folded(row.contact_email):
        _end_the_link(row)
    told = {name: [_plain(before), _plain(values[name])] for name, before in changed.items() if name in _TOLD}
    log(row, {"fields": sorted(changed.keys() - told.keys()), **told}, by=by)


def _end_the_link(row: CallRow) -> None:
    """The former contact was mailed it, and would read the next one's name and address behind it."""
    row.uuid = new_uuid()
    row.link_hash = links.digest(links.call_token(row.uuid))


def _plain(value: CallStatus | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value and str(value)


def _row_of_the_open_round(request: Request) -> CallRow | None:
    is_open = queries.open_round(request.season)
    if is_open is None:
        return None
    its_own = (CallRow.round_id == is_open.id) & (CallRow.municipality_code == request.municipality_code)
    return db.session.scalar(select(CallRow).where(its_own).with_for_update())


def _with_names() -> Select[CallRow]:
    return select(CallRow).options(joinedload(CallRow.municipality), joinedload(CallRow.caller))
