"""A mail server, and the service that sends to it."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from app import worker
from app.database import begin_write, db
from app.language import speaking
from app.messages import outbox
from app.messages.models import Message
from tests import smtp_sink
from tests.smtp_sink import SmtpSink

Post = Callable[..., Message]


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink.running() as server:
        yield server


@pytest.fixture
def sending(make_app: Any, sink: SmtpSink) -> Iterator[Flask]:
    """The service, sending to `sink`; the test runs in its context."""
    app = make_app(mail_server="127.0.0.1", mail_port=sink.port, mail_sender="kuntailmo@tapahtumat.example")
    with app.app_context(), speaking("en"):
        yield app


@pytest.fixture
def post(sending: Flask) -> Post:
    """Posts a letter that says what the test is about, and commits it."""

    def posted(*, due_at: Any = None, **given: Any) -> Message:
        begin_write()
        message = in_outbox(outbox.post(letter(**given), due_at=due_at))
        db.session.commit()
        return message

    return posted


def letter(**given: Any) -> outbox.Letter:
    usual = {
        "occasion": "confirmed",
        "recipient": "eva@hanko.example",
        "recipient_name": "Eva Öst",
        "language": "fi",
        "subject": "Paikkasi on vahvistettu",
        "text": "Tervetuloa!\n",
        "html": "<p>Tervetuloa!</p>",
    }
    return outbox.Letter(**usual | given)


def in_outbox(uuid: UUID) -> Message:
    """What was posted, as the outbox keeps it."""
    return db.session.scalars(select(Message).where(Message.uuid == uuid)).one()


def deliver() -> None:
    """Deliver until nothing more is due, as another process would: in a session of its own."""
    with current_app.app_context():
        while worker.deliver_pass():
            pass


def after_delivery(message: Message) -> Message:
    """The message as it stands once everything due has been tried."""
    deliver()
    db.session.rollback()
    return message
