"""Posting: a letter becomes a row, in the same transaction as what it tells of. Nothing here talks to a network."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import insert, update

from app import clock
from app.database import db
from app.errors import Refused
from app.messages import addresses
from app.messages.models import Message, Priority, State

# Rows, not objects: most mail is written with an event locked, and as an object each would cost ten times as much.
_INSERT = insert(Message.__table__)  # type: ignore[arg-type]
SECRET_LASTS = timedelta(minutes=15)
ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@[^\s@<>()\[\]\\,;:\"]+")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail to one person, complete as it will be read.

    `about` is what it concerns, in the poster's words ("registration:<uuid>"), so that its fate can be found.
    `dedupe_key` is unique for ever: a second letter with the same key is refused by the database. By it a letter is
    found again, until it is withdrawn.
    `calendar` is a whole iCalendar stream (CRLF) whose METHOD is `calendar_method`.
    `unsubscribe_url` is for optional mail only: there mail programs stop it with one click (RFC 8058).
    After `give_up_at` it is of no use and is not sent. A `secret` body is erased when sent or after 15 minutes.
    """

    occasion: str
    recipient: str
    language: str
    subject: str
    text: str
    html: str | None = None
    recipient_name: str = ""
    reply_to: str | None = None
    calendar: bytes | None = None
    calendar_method: str | None = None
    unsubscribe_url: str | None = None
    about: str | None = None
    dedupe_key: str | None = None
    priority: Priority = Priority.PERSONAL
    give_up_at: datetime | None = None
    secret: bool = False


def post(letter: Letter, *, due_at: datetime | None = None) -> UUID:
    """Put a letter in the outbox, to go out at `due_at` (an aware instant) or at once. Does not commit.

    Returns the message's uuid. Raises ValueError when an address could not stand in a header, or the calendar comes
    without its method. Line breaks and control characters in the subject and the name become spaces.
    """
    row = _row(letter, due_at)
    db.session.connection().execute(_INSERT, row)
    uuid: UUID = row["uuid"]
    return uuid


def post_all(letters: Sequence[Letter]) -> None:
    """Put several letters in the outbox in one go, as `post` would."""
    db.session.connection().execute(_INSERT, [_row(letter, None) for letter in letters])


def _row(letter: Letter, due_at: datetime | None) -> dict[str, Any]:
    now = clock.now()
    due_at = due_at or now
    if (letter.calendar is None) != (letter.calendar_method is None):
        raise ValueError("a calendar needs its method, and a method its calendar")
    uuid = uuid4()
    return vars(letter) | {
        "uuid": uuid,
        "message_id": f"<k.{uuid}@{addresses.ascii_domain(current_app.config['SETTINGS'].mail_sender)}>",
        "priority": int(letter.priority),
        "recipient": _address(letter.recipient),
        "recipient_name": _one_line(letter.recipient_name)[:200],
        "reply_to": _address(letter.reply_to) if letter.reply_to else None,
        "subject": _one_line(letter.subject)[:500],
        "erase_body_at": now + SECRET_LASTS if letter.secret else None,
        "created_at": now,
        "dated_at": max(now, due_at),
        "due_at": due_at,
        "state": State.QUEUED,
    }


def again(message: Message) -> UUID:
    """Post the same letter once more, as a new message, and give its address another chance. Does not commit.

    Raises Refused while the first one is still on its way, and when its body is a secret or has been erased.
    """
    if message.state in {State.QUEUED, State.SENDING}:
        raise Refused(_("This message is still waiting to be sent."))
    if message.secret or message.text is None:
        raise Refused(_("The text of this message has been erased, so it cannot be sent again."))
    addresses.trust_again(message.recipient)
    useful_until = message.give_up_at if message.give_up_at and message.give_up_at > clock.now() else None
    same = {one.name: getattr(message, one.name) for one in fields(Letter)}
    return post(Letter(**same | {"dedupe_key": None, "priority": Priority.PERSONAL, "give_up_at": useful_until}))


def recall(about: str, occasion: str) -> None:
    """Let the mails on one occasion that concern `about` and still wait be of no use any more. Does not commit."""
    waiting = (Message.about == about) & (Message.occasion == occasion) & (Message.state == State.QUEUED)
    useless = update(Message).where(waiting).values(give_up_at=clock.now())
    db.session.execute(useless.execution_options(synchronize_session=False))


def withdraw(about: str, occasion: str) -> None:
    """Recall these mails, and let none of them be found by its key any more. Does not commit."""
    recall(about, occasion)
    of_it = update(Message).where(Message.about == about, Message.occasion == occasion)
    db.session.execute(of_it.values(dedupe_key=None).execution_options(synchronize_session=False))


def _address(value: str) -> str:
    if len(value) > 320 or not ADDRESS.fullmatch(value):
        raise ValueError("not an address that mail can be sent to")
    addresses.ascii_domain(value)
    return value


def _one_line(value: str) -> str:
    """`value` in one printable line: soft hyphens and direction marks go, breaks become spaces."""
    return " ".join((value if value.isprintable() else "".join(map(_printable, value))).split())


def _printable(character: str) -> str:
    kind = unicodedata.category(character)
    return "" if kind == "Cf" else " " if kind in {"Cc", "Cs", "Zl", "Zp"} else character
