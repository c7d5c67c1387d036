"""What has happened to a registration: who did what, and when. Sensitive values never stand in it."""

from typing import Any

from sqlalchemy import func, select

from app.database import db
from app.people.models import User
from app.registrations.answer_models import Actor, Change
from app.registrations.models import Registration


def note(
    registration: Registration, what: str, *, actor: Actor = Actor.SERVICE, by: int | None = None, **details: Any
) -> None:
    """Add a line to a registration's history. `by` is the user's id when staff did it; details must be JSON."""
    who = Actor.STAFF if by is not None else actor
    change = Change(registration_id=registration.id, actor=who, user_id=by, what=what, details=details)
    db.session.add(change)


HANDED_OVER = "handed-over"


def own(registration: Registration) -> list[Change]:
    """What the person may see of the history, the latest first: what was before a hand-over is the giver's."""
    handed_over = (
        select(func.max(Change.id))
        .where(Change.registration_id == registration.id, Change.what == HANDED_OVER)
        .scalar_subquery()
    )
    of_person = select(Change).where(
        Change.registration_id == registration.id, Change.id >= func.coalesce(handed_over, 0)
    )
    return list(db.session.scalars(of_person.order_by(Change.id.desc())))


def of(registration: Registration) -> list[tuple[Change, str | None]]:
    """The history of a registration, the latest first, each line with the name of the member of staff."""
    rows = db.session.execute(
        select(Change, User.name)
        .outerjoin(User, User.id == Change.user_id)
        .where(Change.registration_id == registration.id)
        .order_by(Change.id.desc())
    )
    return [(change, name) for change, name in rows]
