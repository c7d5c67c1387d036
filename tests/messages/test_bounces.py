"""Mail that comes back: it finds its message, says what became of it, and blames only an address at fault."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

import config
from app import incoming_mail
from app.database import db
from app.language import speaking
from app.messages import outbox, return_addresses
from app.messages.incoming import LARGEST, Kind
from app.messages.models import AddressFailure, Message, Outcome, State
from tests import incoming_mails
from tests.conftest import MakeApp
from tests.messages.conftest import Post, after_delivery, deliver, in_outbox
from tests.smtp_sink import OK, SmtpSink

BOUNCES = "palautus@bounces.tapahtumat.example"
SENDER = "kuntailmo@tapahtumat.example"


@pytest.fixture
def sending(make_app: MakeApp, sink: SmtpSink) -> Iterator[Flask]:
    """The service with return addresses of its own for each mail."""
    app = make_app(mail_server="127.0.0.1", mail_port=sink.port, mail_sender=SENDER, bounce_address=BOUNCES)
    with app.app_context(), speaking("en"):
        yield app


def sent(post: Post, sink: SmtpSink) -> tuple[Message, str]:
    """A delivered message, and the address it would be returned to."""
    message = after_delivery(post())
    return message, sink.caught[-1].sender


def failures() -> list[AddressFailure]:
    return list(db.session.scalars(select(AddressFailure)))


def test_every_mail_has_a_return_address_of_its_own_and_the_same_sender(sink: SmtpSink, post: Post) -> None:
    post(), post()
    deliver()
    senders = [caught.sender for caught in sink.caught]
    assert len(set(senders)) == 2
    for caught in sink.caught:
        assert re.fullmatch(r"palautus\+[a-z2-7]{40}@bounces\.tapahtumat\.example", caught.sender)
        assert str(caught.mail["From"]) == f"Kuntailmo <{SENDER}>"


def test_a_report_to_its_return_address_marks_message_and_address_at_once(sink: SmtpSink, post: Post) -> None:
    message, return_address = sent(post, sink)
    upper = return_address.upper().replace("@BOUNCES.TAPAHTUMAT.EXAMPLE", "@bounces.tapahtumat.example")
    assert incoming_mail.take(incoming_mails.report(to=upper)) is Kind.REPORT
    db.session.refresh(message)
    assert (message.state, message.outcome, message.report_code) == (State.FAILED, Outcome.ADDRESS, "5.1.1")
    assert message.came_back
    (failure,) = failures()
    assert failure.address == "eva@hanko.example"
    assert failure.suppressed_at is not None
    assert after_delivery(post()).outcome is Outcome.SUPPRESSED


def test_without_such_an_address_the_returned_message_id_tells(make_app: MakeApp, sink: SmtpSink, post: Post) -> None:
    message, _ = sent(post, sink)
    plain = make_app(mail_sender=SENDER)
    with plain.app_context():
        report = incoming_mails.report(to=SENDER, message_id=message.message_id)
        assert incoming_mail.take(report) is Kind.REPORT
    db.session.refresh(message)
    assert message.came_back


def test_the_return_path_in_the_returned_headers_tells_too(sink: SmtpSink, post: Post) -> None:
    message, return_address = sent(post, sink)
    assert incoming_mail.take(incoming_mails.report(to=SENDER, returned_to=return_address)) is Kind.REPORT
    db.session.refresh(message)
    assert message.came_back


def test_nobody_makes_a_return_address_by_knowing_a_message_id(sink: SmtpSink, post: Post) -> None:
    message, return_address = sent(post, sink)
    token = return_address.partition("+")[2].partition("@")[0]
    forged = return_address.replace(token, token[:30] + "a" * 10)
    assert incoming_mail.take(incoming_mails.in_own_words(forged)) is Kind.UNKNOWN
    assert incoming_mail.take(incoming_mails.report(to=forged)) is Kind.UNKNOWN
    db.session.refresh(message)
    assert message.state is State.SENT


def test_a_full_mailbox_is_a_delay_and_no_fault_of_the_address(sink: SmtpSink, post: Post) -> None:
    message, to = sent(post, sink)
    incoming_mail.take(incoming_mails.report(to=to, action="delayed", status="4.2.2"))
    db.session.refresh(message)
    assert (message.state, message.is_delayed, message.report_code) == (State.SENT, True, "4.2.2")
    assert not failures()
    incoming_mail.take(incoming_mails.report(to=to, action="delivered", status="2.0.0"))
    db.session.refresh(message)
    assert not message.is_delayed


def test_a_server_that_gave_up_after_trying_in_vain_blames_nobody(sink: SmtpSink, post: Post) -> None:
    message, to = sent(post, sink)
    incoming_mail.take(incoming_mails.report(to=to, action="failed", status="4.4.7"))
    db.session.refresh(message)
    assert (message.came_back, message.outcome) == (True, Outcome.TEMPORARY)
    assert not failures()


@pytest.mark.parametrize("status", ["5.7.1", "5.3.4", "5.6.0"])
def test_what_a_server_has_against_us_or_the_message_blames_no_address(sink: SmtpSink, post: Post, status: str) -> None:
    message, to = sent(post, sink)
    incoming_mail.take(incoming_mails.report(to=to, status=status))
    db.session.refresh(message)
    assert message.came_back
    assert not failures()


def test_another_failure_is_believed_the_third_time_and_counted_once_a_message(sink: SmtpSink, post: Post) -> None:
    for number in range(3):
        _, to = sent(post, sink)
        for _repeated in range(2):
            incoming_mail.take(incoming_mails.report(to=to, status="5.2.2"))
        db.session.rollback()
        (failure,) = failures()
        assert failure.refusals == number + 1
        assert (failure.suppressed_at is not None) is (number == 2)
        db.session.rollback()


def test_a_report_that_says_other_is_read_by_its_words(sink: SmtpSink, post: Post) -> None:
    message, to = sent(post, sink)
    diagnosis = "550 5.1.1 <eva@hanko.example>: no such user"
    incoming_mail.take(incoming_mails.report(to=to, status="5.0.0", diagnosis=diagnosis))
    db.session.refresh(message)
    assert message.report_code == "5.1.1"


def test_a_bounce_in_a_servers_own_words_is_believed_at_the_return_address_only(sink: SmtpSink, post: Post) -> None:
    message, to = sent(post, sink)
    assert incoming_mail.take(incoming_mails.in_own_words(SENDER)) is Kind.UNKNOWN
    assert incoming_mail.take(incoming_mails.in_own_words(to)) is Kind.REPORT
    db.session.refresh(message)
    assert message.came_back
    assert [failure.suppressed_at for failure in failures()] == [None]


def test_an_answer_from_a_holiday_and_our_own_mail_lead_to_nothing(sink: SmtpSink, post: Post) -> None:
    message, to = sent(post, sink)
    assert incoming_mail.take(incoming_mails.out_of_office(to)) is Kind.AUTOMATIC
    assert incoming_mail.take(sink.caught[-1].raw) is Kind.OWN
    db.session.refresh(message)
    assert (message.state, message.reported_at) == (State.SENT, None)
    assert len(sink.caught) == 1


def test_a_bounce_that_overtakes_the_workers_own_note_stands(sending: Flask, sink: SmtpSink, post: Post) -> None:
    message = post()
    report = incoming_mails.report(to=str(return_addresses.of(message)))
    db.session.rollback()

    def bounce_first(_recipient: str) -> str:
        with sending.app_context():
            incoming_mail.take(report)
        return OK

    sink.answer_data = bounce_first
    assert after_delivery(message).came_back


def test_a_message_sent_again_to_a_returned_address_is_tried(sink: SmtpSink, post: Post) -> None:
    message, to = sent(post, sink)
    incoming_mail.take(incoming_mails.report(to=to))
    db.session.refresh(message)
    again = in_outbox(outbox.again(message))
    db.session.commit()
    assert after_delivery(again).state is State.SENT


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\xff\xfe" * 1000,
        b"Content-Type: text/calendar; charset=nonsense\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nUID:\0\r\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=A\r\n\r\n--A\r\n",
        b"Content-Type: message/rfc822\r\n\r\n" * 30_000,
        b"Subject: a letter by a person\r\n\r\n" + b"long\r\n" * LARGEST,
    ],
    ids=["nothing", "noise", "broken calendar", "empty report", "nested", "large"],
)
def test_what_cannot_be_understood_is_left_to_a_person_without_a_fault(sending: Flask, raw: bytes) -> None:
    assert incoming_mail.take(raw) is Kind.UNKNOWN


def test_a_return_address_must_leave_room_for_its_token() -> None:
    with pytest.raises(config.MissingSettings, match="BOUNCE_ADDRESS"):
        config.load(_env_file=None, environment="testing", bounce_address=f"{'x' * 24}@bounces.example")
