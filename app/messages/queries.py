"""What became of the mail: reads for pages, the readiness check and the doctor."""

from datetime import datetime

from sqlalchemy import func, select

from app import clock
from app.database import db
from app.messages import pauses
from app.messages.addresses import folded
from app.messages.models import Message, QueuePause, State

WAITING = (State.QUEUED, State.SENDING)


def about(key: str) -> list[Message]:
    """Every message that concerns `key`, as its poster named it; newest first."""
    return list(db.session.scalars(select(Message).where(Message.about == key).order_by(Message.id.desc())))


def by_key(key: str) -> Message | None:
    """The message that was posted with a `dedupe_key`."""
    return db.session.scalar(select(Message).where(Message.dedupe_key == key))


def oldest_due() -> datetime | None:
    """Since when the oldest mail that should have gone out has been waiting (UTC), or None when nothing is due."""
    due = select(func.min(Message.due_at)).where(Message.state.in_(WAITING), Message.due_at <= clock.now())
    return db.session.scalar(due)


def waiting_count() -> int:
    """How many messages are due and not yet sent or given up."""
    due = select(func.count()).where(Message.state.in_(WAITING), Message.due_at <= clock.now())
    return db.session.scalar(due) or 0


def paused() -> QueuePause | None:
    """The pause that holds the whole queue now (its reason, detail and `until`), or None."""
    return pauses.current()


def count_to(address: str, occasion: str, since: datetime) -> int:
    """How many messages on one occasion were posted to an address, however it was written, after an instant."""
    posted = select(Message.recipient).where(Message.occasion == occasion, Message.created_at > since)
    return sum(folded(recipient) == folded(address) for recipient in db.session.scalars(posted))


def count_since(key: str, occasion: str, since: datetime) -> int:
    """How many messages on one occasion concern `key` and were posted after an instant."""
    posted = select(func.count()).where(Message.about == key, Message.occasion == occasion, Message.created_at > since)
    return db.session.scalars(posted).one()
