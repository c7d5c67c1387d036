"""Texts are erased on time; who was written to, when and how it went stays."""

from datetime import UTC, datetime, timedelta

import time_machine
from flask import current_app

from app import worker
from app.database import db
from app.messages.models import Message, Outcome, State
from tests.messages.conftest import Post, after_delivery
from tests.messages.test_writing import CALENDAR
from tests.smtp_sink import SmtpSink

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


def forget(message: Message) -> Message:
    with current_app.app_context():
        while worker.forget():
            pass
    db.session.rollback()
    return message


def has_body(message: Message) -> bool:
    return any((message.text, message.html, message.calendar))


def test_a_secret_is_erased_the_moment_it_is_sent(sink: SmtpSink, post: Post) -> None:
    message = after_delivery(post(secret=True, subject="Your code is 123456", text="123456"))
    assert message.state is State.SENT
    assert not has_body(message)
    assert message.subject == ""
    assert "123456" in sink.caught[0].raw.decode()


def test_a_secret_that_waits_is_erased_after_15_minutes_and_never_sent(sink: SmtpSink, post: Post) -> None:
    with time_machine.travel(MONDAY, tick=False) as time:
        message = post(secret=True)
        time.shift(timedelta(minutes=14))
        assert has_body(forget(message))
        time.shift(timedelta(minutes=1))
        assert not has_body(forget(message))
        assert after_delivery(message).outcome is Outcome.EXPIRED
    assert not sink.caught


def test_other_texts_are_erased_30_days_after_delivery(post: Post) -> None:
    with time_machine.travel(MONDAY, tick=False) as time:
        message = after_delivery(post(calendar=CALENDAR, calendar_method="REQUEST"))
        time.shift(timedelta(days=30, seconds=-1))
        assert has_body(forget(message))
        time.shift(1)
        assert not has_body(forget(message))
    assert message.body_erased_at == MONDAY + timedelta(days=30)
    assert (message.state, message.subject) == (State.SENT, "Paikkasi on vahvistettu")


def test_the_text_of_a_message_that_failed_is_erased_too(sink: SmtpSink, post: Post) -> None:
    sink.answer_recipient = "550 5.1.1 No such user"
    with time_machine.travel(MONDAY, tick=False) as time:
        message = after_delivery(post())
        assert has_body(message)
        time.shift(timedelta(days=30))
        assert not has_body(forget(message))


def test_what_is_still_to_be_sent_keeps_its_text(post: Post) -> None:
    with time_machine.travel(MONDAY, tick=False) as time:
        message = post(due_at=MONDAY + timedelta(days=90))
        time.shift(timedelta(days=89))
        assert has_body(forget(message))
