"""The line to the mail server: only to one we can trust, never for ever, and its absence costs nothing but time."""

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from app.database import begin_write, db
from app.messages import outbox, queries
from app.messages.models import Message, PauseReason, State
from tests import smtp_sink
from tests.messages.conftest import Post, after_delivery, deliver, in_outbox, letter
from tests.smtp_sink import SmtpSink

CERTIFICATE = Path(__file__).parent / "self_signed.pem"
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def sent_to(make_app: Any) -> Iterator[Any]:
    """`sent_to(port, mail_use_tls=True)`: one message, after trying to deliver it to the server at `port`."""
    with ExitStack() as contexts:

        def sent(port: int, **given: Any) -> Message:
            app = make_app(mail_server="127.0.0.1", mail_port=port, **given)
            contexts.enter_context(app.app_context())
            begin_write()
            message = in_outbox(outbox.post(letter()))
            db.session.commit()
            return after_delivery(message)

        yield sent


def with_certificate() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


def reason_of_pause() -> PauseReason | None:
    pause = queries.paused()
    return pause and pause.reason


def test_a_server_nobody_vouches_for_gets_no_mail(sent_to: Any) -> None:
    with smtp_sink.running(tls=with_certificate()) as sink:
        message = sent_to(sink.port, mail_use_tls=True)
        assert (message.state, message.attempts) == (State.QUEUED, 0)
        assert reason_of_pause() is PauseReason.UNTRUSTED
        assert not sink.caught


def test_a_private_authority_can_vouch_for_it(sent_to: Any) -> None:
    with smtp_sink.running(tls=with_certificate()) as sink:
        message = sent_to(sink.port, mail_use_tls=True, mail_ca_file=CERTIFICATE)
        assert message.state is State.SENT
        assert len(sink.caught) == 1


def test_tls_that_is_wanted_but_not_offered_is_not_done_without(sent_to: Any) -> None:
    with smtp_sink.running() as sink:
        assert sent_to(sink.port, mail_use_tls=True).state is State.QUEUED
        assert reason_of_pause() is PauseReason.UNTRUSTED
        assert not sink.caught


def test_tls_from_the_first_byte_is_verified_too(sent_to: Any) -> None:
    with smtp_sink.running() as sink:
        assert sent_to(sink.port, mail_use_ssl=True).state is State.QUEUED
        assert reason_of_pause() is PauseReason.UNTRUSTED


@pytest.mark.parametrize(("password", "state"), [("right", State.SENT), ("wrong", State.QUEUED)])
def test_a_refused_sign_in_stops_the_queue(sent_to: Any, password: str, state: State) -> None:
    with smtp_sink.running(sign_in=True) as sink:
        message = sent_to(sink.port, mail_username="kuntailmo", mail_password=password)
        assert message.state is state
        assert reason_of_pause() is (None if state is State.SENT else PauseReason.SIGN_IN)


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(sent_to: Any) -> None:
    with smtp_sink.silent() as port:
        message = sent_to(port, mail_timeout_seconds=0.2)
    assert (message.state, message.attempts) == (State.QUEUED, 0)
    assert reason_of_pause() is PauseReason.UNREACHABLE


def test_an_hour_without_the_server_costs_only_time(make_app: Any) -> None:
    port = smtp_sink.free_port()
    with (
        make_app(mail_server="127.0.0.1", mail_port=port).app_context(),
        time_machine.travel(MONDAY, tick=False) as time,
    ):
        begin_write()
        messages = [in_outbox(outbox.post(letter(recipient=f"person{n}@hanko.example"))) for n in range(12)]
        db.session.commit()
        for _ in range(120):
            deliver()
            time.shift(30)
        assert queries.oldest_due() == MONDAY
        assert {message.attempts for message in messages} == {0}
        with smtp_sink.running(port=port) as sink:
            time.shift(timedelta(minutes=1))
            deliver()
            assert len(sink.caught) == 12
        db.session.rollback()
        assert queries.paused() is None
        assert queries.oldest_due() is None


def test_one_line_carries_many_messages_under_our_own_name(sink: SmtpSink, post: Post) -> None:
    for number in range(30):
        post(recipient=f"person{number}@hanko.example")
    deliver()
    assert len(sink.caught) == 30
    assert sink.lines == 1
    assert sink.helo == {"tapahtumat.example"}


def test_a_line_the_server_closes_in_between_is_opened_again(sink: SmtpSink, post: Post) -> None:
    sink.answer_recipient = lambda address: "421 4.3.2 Closing" if address.startswith("person0") else smtp_sink.OK
    messages = [post(recipient=f"person{number}@hanko.example") for number in range(3)]
    deliver()
    assert len(sink.caught) == 2
    assert sink.lines == 2
    assert after_delivery(messages[0]).state is State.QUEUED


def test_a_server_that_goes_away_in_the_middle_leaves_the_rest_untried(make_app: Any) -> None:
    with smtp_sink.running() as sink, make_app(mail_server="127.0.0.1", mail_port=sink.port).app_context():
        begin_write()
        messages = [in_outbox(outbox.post(letter(recipient=f"person{number}@hanko.example"))) for number in range(5)]
        db.session.commit()

        def answer(address: str) -> str:
            if not address.startswith("person1"):
                return smtp_sink.OK
            sink.close_the_door()
            return smtp_sink.DROP

        sink.answer_recipient = answer
        deliver()
        assert [after_delivery(message).attempts for message in messages] == [1, 1, 0, 0, 0]
        assert [message.state for message in messages[2:]] == [State.QUEUED] * 3
        assert reason_of_pause() is PauseReason.UNREACHABLE
