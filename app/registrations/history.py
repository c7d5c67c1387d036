"""What has happened to a registration: who did what, and when. Sensitive values never stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from app.database import db
from app.people.models import User
from app.registrations.answer_models import Actor, Change
from app.registrations.models import Registration

REGISTERED = "registered"
HANDED_OVER = "handed-over"
MOVED_BY_ATTENDANCE = "attendance"


@dataclass(frozen=True)
class Line:
    """One thing that happened. `name` is the member of staff, where it was one."""

    at: datetime
    actor: Actor
    name: str | None
    what: str
    details: Mapping[str, Any] = field(default_factory=dict)


def note(
    registration: Registration, what: str, *, actor: Actor = Actor.SERVICE, by: int | None = None, **details: Any
) -> None:
    """Add a line to a registration's history. `by` is the user's id when staff did it; details must be JSON.

    Each `what` has its sentence in `history_words`.
    """
    who = Actor.STAFF if by is not None else actor
    change = Change(registration_id=registration.id, actor=who, user_id=by, what=what, details=details)
    db.session.add(change)


def own(registration: Registration) -> list[Line]:
    """What the person may see of the history, the latest first: what was before a hand-over is the giver's."""
    lines = of(registration)
    handed_over = next((at for at, line in enumerate(lines) if line.what == HANDED_OVER), None)
    if handed_over is None:
        return lines
    taken_over = lines[handed_over]
    return [*lines[:handed_over], replace(taken_over, details={"new": taken_over.details["new"]})]


def is_handed_over(registration: Registration) -> bool:
    """Whether somebody else had the place before."""
    handed_over = (Change.registration_id == registration.id, Change.what == HANDED_OVER)
    return bool(db.session.scalar(select(exists().where(*handed_over))))


def of(registration: Registration) -> list[Line]:
    """The history of a registration, the latest first; it begins with the registering, which needs no row."""
    rows = db.session.execute(
        select(Change, User.name)
        .outerjoin(User, User.id == Change.user_id)
        .where(Change.registration_id == registration.id)
        .order_by(Change.id.desc())
    )
    lines = [Line(change.at, change.actor, name, change.what, change.details) for change, name in rows]
    return [*lines, _registering(registration)]


def _registering(registration: Registration) -> Line:
    actor, name = Actor.PERSON, None
    if registration.added_by_id is not None:
        actor = Actor.STAFF
        name = db.session.scalar(select(User.name).where(User.id == registration.added_by_id))
    elif registration.group_id is not None:
        actor = Actor.CONTACT
    return Line(registration.registered_at, actor, name, REGISTERED)
