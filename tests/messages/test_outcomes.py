"""What each answer of a mail server leads to. However often a message is tried, it is one row with one Message-ID."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.database import begin_write, db
from app.messages import outbox, queries
from app.messages.models import AddressFailure, Message, Outcome, PauseReason, State
from tests.messages.conftest import Post, after_delivery, deliver, in_outbox
from tests.smtp_sink import DROP, OK, SmtpSink

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_an_accepted_message_is_sent(sink: SmtpSink, post: Post) -> None:
    message = after_delivery(post())
    assert (message.state, message.outcome, message.attempts) == (State.SENT, Outcome.ACCEPTED, 1)
    assert message.sent_at is not None
    assert [caught.message_id for caught in sink.to("eva@hanko.example")] == [message.message_id]
    assert not queries.waiting_count()


@pytest.mark.parametrize("stage", ["sender", "recipient", "data"])
def test_a_refusal_for_the_moment_is_tried_again_until_it_passes(sink: SmtpSink, post: Post, stage: str) -> None:
    setattr(sink, f"answer_{stage}", "451 4.3.0 Try again later")
    with time_machine.travel(MONDAY, tick=False) as time:
        message = after_delivery(post())
        assert (message.state, message.outcome) == (State.QUEUED, Outcome.TEMPORARY)
        assert message.last_error == "451 4.3.0 Try again later"
        time.shift(59)
        assert after_delivery(message).attempts == 1, "a minute has not passed"
        time.shift(14)
        assert after_delivery(message).attempts == 2
        setattr(sink, f"answer_{stage}", OK)
        time.shift(timedelta(minutes=6))
        assert after_delivery(message).state is State.SENT
    assert [caught.message_id for caught in sink.caught] == [message.message_id]
    assert db.session.scalar(select(func.count(Message.id))) == 1


def test_a_message_that_is_never_taken_is_given_up_after_two_days(sink: SmtpSink, post: Post) -> None:
    sink.answer_data = "452 4.3.1 Disk full"
    with time_machine.travel(MONDAY, tick=False) as time:
        message = post()
        while after_delivery(message).state is State.QUEUED:
            time.move_to(message.due_at)
        assert MONDAY + 24 * HOUR < clock.now() <= MONDAY + 48 * HOUR
    assert message.state is State.FAILED
    assert message.attempts >= 8
    assert not sink.caught


def test_what_is_of_use_only_until_the_start_is_given_up_then(sink: SmtpSink, post: Post) -> None:
    sink.answer_data = "451 Later"
    with time_machine.travel(MONDAY, tick=False) as time:
        message = post(give_up_at=MONDAY + timedelta(minutes=10))
        while after_delivery(message).state is State.QUEUED:
            time.move_to(message.due_at)
        assert clock.now() < MONDAY + timedelta(minutes=10)
        late = post(give_up_at=MONDAY)
        assert after_delivery(late).outcome is Outcome.EXPIRED
    assert (message.state, late.state, late.attempts) == (State.FAILED, State.FAILED, 0)


@pytest.mark.parametrize(
    ("answer", "refusals"),
    [
        ("550 5.1.1 No such user", 1),
        ("550 5.1.2 No such domain", 1),
        ("556 5.1.10 Does not take mail", 1),
        ("550 Refused", 3),
        ("552 5.2.2 Mailbox full", 3),
    ],
)
def test_an_address_that_refuses_for_good_is_not_tried_again(
    sink: SmtpSink, post: Post, answer: str, refusals: int
) -> None:
    sink.answer_recipient = lambda address: answer if address == "gone@hanko.example" else OK
    other = post(recipient="eva@hanko.example")
    for _ in range(refusals):
        message = after_delivery(post(recipient="gone@hanko.example"))
        assert (message.state, message.outcome, message.attempts) == (State.FAILED, Outcome.ADDRESS, 1)
    sink.answer_recipient = OK
    next_one = after_delivery(post(recipient="Gone@Hanko.example"))
    assert (next_one.state, next_one.outcome, next_one.attempts) == (State.FAILED, Outcome.SUPPRESSED, 0)
    assert after_delivery(other).state is State.SENT
    assert [caught.recipient for caught in sink.caught] == ["eva@hanko.example"]


def test_sending_again_gives_the_address_another_chance(sink: SmtpSink, post: Post) -> None:
    sink.answer_recipient = "550 5.1.1 No such user"
    first = after_delivery(post(about="registration:1"))
    sink.answer_recipient = OK
    begin_write()
    second = in_outbox(outbox.again(first))
    db.session.commit()
    assert after_delivery(second).state is State.SENT
    assert second.message_id != first.message_id
    assert [message.uuid for message in queries.about("registration:1")] == [second.uuid, first.uuid]
    assert db.session.get(AddressFailure, "eva@hanko.example") is None


def test_the_reason_kept_names_nobody(sink: SmtpSink, post: Post) -> None:
    sink.answer_recipient = "550 5.1.1 <eva@hanko.example>: user Eva unknown, see https://mail.example/x?eva"
    assert after_delivery(post()).last_error == "550 5.1.1 … user … unknown, see …"


def test_a_message_the_server_finds_too_large_fails_alone(sink: SmtpSink, post: Post) -> None:
    sink.answer_data = lambda address: "552 5.3.4 Too large" if address.startswith("eva") else OK
    large, other = post(), post(recipient="aino@hanko.example")
    assert after_delivery(large).outcome is Outcome.CONTENT
    assert after_delivery(other).state is State.SENT
    assert db.session.get(AddressFailure, "eva@hanko.example") is None


def test_a_message_that_cannot_be_written_fails_alone(sink: SmtpSink, sending: Flask, post: Post) -> None:
    broken, other = post(), post()
    broken.language = "f\n"  # as a fault in the code could leave it
    db.session.commit()
    assert after_delivery(broken).outcome is Outcome.CONTENT
    assert after_delivery(other).state is State.SENT


def test_a_line_cut_after_the_text_may_have_delivered_it_and_is_tried_again_with_the_same_id(
    sink: SmtpSink, post: Post
) -> None:
    sink.answer_data = DROP
    with time_machine.travel(MONDAY, tick=False) as time:
        message = after_delivery(post())
        assert (message.state, message.outcome) == (State.QUEUED, Outcome.UNKNOWN)
        sink.answer_data = OK
        time.shift(timedelta(minutes=2))
        assert after_delivery(message).state is State.SENT
    assert message.maybe_delivered
    assert [caught.message_id for caught in sink.caught] == [message.message_id] * 2
    assert sink.caught[0].raw == sink.caught[1].raw


def test_a_line_cut_before_the_text_has_delivered_nothing(sink: SmtpSink, post: Post) -> None:
    sink.answer_recipient = DROP
    message = after_delivery(post())
    assert (message.state, message.outcome, message.maybe_delivered) == (State.QUEUED, Outcome.TEMPORARY, False)


@pytest.mark.parametrize("stage", ["sender", "data"])
def test_a_server_that_will_not_take_our_mail_stops_the_queue_and_blames_nobody(
    sink: SmtpSink, post: Post, stage: str
) -> None:
    setattr(sink, f"answer_{stage}", "554 5.7.1 Listed as a source of spam")
    with time_machine.travel(MONDAY, tick=False) as time:
        messages = [post(recipient=f"person{n}@hanko.example") for n in range(4)]
        deliver()
        pause = queries.paused()
        assert pause is not None
        assert (pause.reason, pause.detail) == (PauseReason.POLICY, "554 5.7.1 Listed as a source of spam")
        time.shift(timedelta(minutes=4))
        assert [after_delivery(message).attempts for message in messages] == [1, 0, 0, 0]
        setattr(sink, f"answer_{stage}", OK)
        time.shift(timedelta(minutes=2))
        assert {after_delivery(message).state for message in messages} == {State.SENT}
        assert queries.paused() is None
    assert db.session.scalar(select(func.count()).select_from(AddressFailure)) == 0


def test_one_message_the_server_finds_suspicious_does_not_stop_the_queue_twice(sink: SmtpSink, post: Post) -> None:
    sink.answer_data = lambda address: "554 5.7.1 Looks like spam" if address.startswith("eva") else OK
    with time_machine.travel(MONDAY, tick=False) as time:
        suspicious = after_delivery(post())
        time.shift(timedelta(minutes=6))
        other = post(recipient="aino@hanko.example", priority=outbox.Priority.URGENT)
        assert after_delivery(other).state is State.SENT
        after_delivery(suspicious)
    assert (suspicious.state, suspicious.outcome) == (State.FAILED, Outcome.POLICY)
    assert queries.paused() is None
