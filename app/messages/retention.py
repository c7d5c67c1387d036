"""Forgetting the words: a sign-in code when it is sent or 15 minutes old, any other text 30 days after its end."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app import clock
from app.database import db
from app.messages.addresses import folded
from app.messages.models import Message, Outcome, State

BODY_LASTS = timedelta(days=30)
ERASED_AT_ONCE = 200
LAST_MAIL = "erased"  # the occasion of the mail that tells that everything else has been erased


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


def erase_about(key: str, *, to: str | None = None, occasion: str | None = None) -> None:
    """Leave of all messages about `key` only when, why and how they went; those still waiting are not sent.

    With `to`, a folded address, only of those to that address; with `occasion` only of those on that one.
    But one that takes an entry out of a calendar still goes out, as a last mail. One that is being sent at this moment
    may arrive, and is then as empty as the others. The write transaction has begun.
    """
    now = clock.now()
    for message in db.session.scalars(select(Message).where(Message.about == key).with_for_update()):
        if to not in (None, folded(message.recipient)) or occasion not in (None, message.occasion):
            continue
        if message.calendar_method == "CANCEL" and message.state in (State.QUEUED, State.SENDING):
            message.occasion = LAST_MAIL
            continue
        if message.state is State.QUEUED:
            message.state, message.outcome = State.FAILED, Outcome.EXPIRED
        _erase_all(message, now)


def erase_last_mails() -> int:
    """Erase, with the address, what told of an erasure once it has gone out or was given up; returns how many."""
    gone = (Message.occasion == LAST_MAIL) & Message.state.in_((State.SENT, State.FAILED)) & (Message.recipient != "")
    messages = db.session.scalars(select(Message).where(gone).limit(ERASED_AT_ONCE).with_for_update(skip_locked=True))
    erased = messages.all()
    for message in erased:
        _erase_all(message, clock.now())
    return len(erased)


def _erase_all(message: Message, now: datetime) -> None:
    erase_body(message, now)
    message.recipient = message.recipient_name = message.subject = ""
