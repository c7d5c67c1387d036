"""Posting a letter, and sending one again."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.database import begin_write, db
from app.errors import Refused
from app.messages import outbox, queries
from app.messages.models import Priority
from tests.messages.conftest import Post, after_delivery, deliver, letter
from tests.smtp_sink import OK, SmtpSink

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_what_is_rolled_back_is_never_sent(sink: SmtpSink, sending: Flask) -> None:
    begin_write()
    outbox.post(letter())
    db.session.flush()
    db.session.rollback()
    deliver()
    assert not sink.caught


def test_a_letter_for_later_waits_and_bears_the_date_it_is_sent_for(sink: SmtpSink, post: Post) -> None:
    with time_machine.travel(MONDAY, tick=False) as time:
        post(due_at=MONDAY + timedelta(days=7))
        deliver()
        assert not sink.caught
        assert queries.oldest_due() is None
        time.shift(timedelta(days=7))
        deliver()
    assert sink.caught[0].mail["Date"].datetime == MONDAY + timedelta(days=7)


@pytest.mark.parametrize(
    "address",
    [
        "eva@hanko.example\r\nBcc: all@hanko.example",
        "eva@hanko.example\n",
        "eva",
        "@hanko.example",
        "eva@",
        "eva@hanko..example",
        "åsa@hanko.example",
        "eva,aino@hanko.example",
        "eva@hanko.example, aino@hanko.example",
        "Eva <eva@hanko.example>",
        "a" * 320 + "@hanko.example",
    ],
)
@pytest.mark.parametrize("field", ["recipient", "reply_to"])
def test_what_is_no_address_is_not_posted(sending: Flask, address: str, field: str) -> None:
    with pytest.raises(ValueError, match=r"address|label"):
        outbox.post(letter(**{field: address}))
    assert not db.session.new


def test_an_address_under_a_domain_of_our_letters_reaches_it(sink: SmtpSink, post: Post) -> None:
    post(recipient="eva@hyvinkää.example", reply_to="info@hyvinkää.example")
    deliver()
    (caught,) = sink.caught
    assert caught.recipient == "eva@xn--hyvink-guaa.example"
    assert caught.mail["Reply-To"] == "info@xn--hyvink-guaa.example"


def test_breaks_and_invisible_characters_in_names_and_subjects_do_no_harm(sink: SmtpSink, post: Post) -> None:
    post(subject="Päivä\r\nBcc: all@hanko.example", recipient_name="Eva\u202e \x00\ud800Öst\u00ad\n")
    deliver()
    (caught,) = sink.caught
    assert caught.mail["Subject"] == "Päivä Bcc: all@hanko.example"
    assert caught.mail["To"].addresses[0].display_name == "Eva Öst"
    assert caught.mail["Bcc"] is None


def test_the_same_letter_is_posted_only_once(post: Post) -> None:
    post(dedupe_key="reminder:1:7d")
    with pytest.raises(IntegrityError):
        post(dedupe_key="reminder:1:7d")


def test_a_calendar_and_its_method_belong_together(sending: Flask) -> None:
    with pytest.raises(ValueError, match="method"):
        outbox.post(letter(calendar=b"BEGIN:VCALENDAR\r\n"))
    with pytest.raises(ValueError, match="method"):
        outbox.post(letter(calendar_method="REQUEST"))


def test_a_letter_sent_again_says_the_same_under_a_new_id(sink: SmtpSink, post: Post) -> None:
    first = after_delivery(post(about="registration:1", reply_to="info@hanko.example"))
    begin_write()
    outbox.again(first)
    db.session.commit()
    deliver()
    one, two = (caught.mail for caught in sink.caught)
    assert one["Message-ID"] != two["Message-ID"]
    for header in ("To", "Subject", "Reply-To", "Content-Language"):
        assert one[header] == two[header]
    assert one.get_body().get_content() == two.get_body().get_content()


def test_a_letter_still_on_its_way_is_not_sent_again(post: Post) -> None:
    with pytest.raises(Refused, match="still waiting"):
        outbox.again(post())


def test_a_secret_is_not_sent_again(post: Post) -> None:
    with pytest.raises(Refused, match="erased"):
        outbox.again(after_delivery(post(secret=True)))


def test_a_confirmation_overtakes_a_mass_mailing(sink: SmtpSink, sending: Flask, post: Post) -> None:
    for number in range(25):
        post(recipient=f"person{number}@hanko.example", priority=Priority.BULK)

    def somebody_registers_meanwhile(address: str) -> str:
        if address == "person0@hanko.example":
            with sending.app_context():
                post(recipient="confirmed@hanko.example")
                post(recipient="code@hanko.example", priority=Priority.URGENT)
        return OK

    sink.answer_data = somebody_registers_meanwhile
    deliver()
    order = [caught.recipient.partition("@")[0] for caught in sink.caught]
    assert order[10:12] == ["code", "confirmed"], "right after the ten that had been claimed"
    assert len(order) == 27
