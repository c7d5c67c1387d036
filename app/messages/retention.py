"""Forgetting the words: a sign-in code when it is sent or 15 minutes old, any other text 30 days after its end."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app import clock
from app.database import db
from app.messages.models import Message

BODY_LASTS = timedelta(days=30)
ERASED_AT_ONCE = 200


def erase_body(message: Message, now: datetime) -> None:
    """Leave only who was written to, when, why and how it went; the subject of a secret holds the secret too."""
    message.text = message.html = message.calendar = message.unsubscribe_url = None
    if message.secret:
        message.subject = ""
    message.erase_body_at = None
    message.body_erased_at = now


def erase_bodies() -> int:
    """Erase the texts whose time is over, some at a time; returns how many. The caller begins the write and commits.

    A message that was still waiting is then never sent: the delivery closes it as expired.
    """
    now = clock.now()
    over = select(Message).where(Message.erase_body_at <= now).order_by(Message.erase_body_at).limit(ERASED_AT_ONCE)
    messages = db.session.scalars(over.with_for_update(skip_locked=True)).all()
    for message in messages:
        erase_body(message, now)
    return len(messages)
