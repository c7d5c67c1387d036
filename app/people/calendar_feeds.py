"""A user's own calendar address: made, made anew, switched off.

Like the personal links of participants it is derived with a key that is not in the database, so it can be shown
again, and a stolen database opens nothing.
"""

import uuid

from sqlalchemy import delete, select

from app import clock
from app.database import db
from app.link_tokens import derived, digest
from app.people.models import CalendarFeed, User


def of(user: User) -> CalendarFeed | None:
    return db.session.get(CalendarFeed, user.id)


def make(user: User) -> CalendarFeed:
    """Give a user a new address; the one before stops working. The caller has begun the write."""
    name = str(uuid.uuid4())
    made = CalendarFeed(user_id=user.id, uuid=name, token_hash=digest(_token(name)), created_at=clock.now())
    return db.session.merge(made)


def switch_off(user: User) -> None:
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.user_id == user.id))


def path(feed: CalendarFeed) -> str:
    """Where the feed is read, below the service's own address."""
    return f"/cal/{_token(feed.uuid)}.ics"


def user_of(token: str) -> User | None:
    """Whose feed an address is; None when it has been replaced or switched off, or its user may no longer sign in."""
    owner = select(User).join(CalendarFeed, CalendarFeed.user_id == User.id)
    return db.session.scalar(owner.where(CalendarFeed.token_hash == digest(token), User.active))


def _token(name: str) -> str:
    return derived("calendar-feed", name)
