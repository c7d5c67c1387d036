"""The mail as it leaves: the shape that clients read as an invitation, headers nobody can smuggle into."""

import email.policy
import string
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.database import db
from app.messages import outbox
from app.messages.writing import Mail
from tests.messages.conftest import Post, deliver, in_outbox, letter
from tests.smtp_sink import SmtpSink

SERVICE = Address("Kuntailmo", addr_spec="kuntailmo@tapahtumat.example")
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
    "SUMMARY:Äänestyspaikan esteettömyys\\; osa 1\\, perusteet = alku\r\n"
    "DESCRIPTION:Ensimmäinen rivi\\n\\nToinen rivi joka on niin pitkä että se tait\r\n etaan  \r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
).encode()


def mail_of(**given: Any) -> EmailMessage:
    """What a receiver parses from a letter. Needs an app context."""
    message = in_outbox(outbox.post(letter(**given)))
    db.session.expunge(message)
    raw = Mail(message, sender=SERVICE).as_bytes()
    return message_from_bytes(raw, policy=email.policy.default)


def shape(part: Any) -> Any:
    return (part.get_content_type(), [shape(child) for child in part.iter_parts()] if part.is_multipart() else None)


def test_an_invitation_has_the_shape_that_clients_act_on(sink: SmtpSink, post: Post) -> None:
    post(calendar=CALENDAR, calendar_method="REQUEST")
    deliver()
    mail = sink.caught[0].mail
    alternatives = [("text/plain", None), ("text/html", None), ("text/calendar", None)]
    assert shape(mail) == ("multipart/mixed", [("multipart/alternative", alternatives), ("application/ics", None)])
    body, attachment = [part for part in mail.walk() if part.get_content_subtype() in {"calendar", "ics"}]
    assert body.get_param("method") == "REQUEST"
    assert body.get_content_charset() == "utf-8"
    assert body["Content-Transfer-Encoding"] == "quoted-printable"
    assert body["Content-Disposition"] is None
    assert attachment.get_param("method") is None
    assert attachment.get_filename() == "invite.ics"
    assert attachment.get_content_disposition() == "attachment"


def test_both_calendars_are_the_very_bytes_that_were_posted(sink: SmtpSink, post: Post) -> None:
    post(calendar=CALENDAR, calendar_method="REQUEST")
    deliver()
    parts = [part for part in sink.caught[0].mail.walk() if part.get_content_subtype() in {"calendar", "ics"}]
    assert [part.get_payload(decode=True) for part in parts] == [CALENDAR, CALENDAR]


def test_a_mail_without_a_calendar_is_text_and_html(app: Flask) -> None:
    assert shape(mail_of()) == ("multipart/alternative", [("text/plain", None), ("text/html", None)])
    assert shape(mail_of(html=None)) == ("text/plain", None)


def test_the_headers_say_who_to_whom_and_that_a_machine_wrote(sink: SmtpSink, post: Post) -> None:
    message = post(reply_to="jarjestaja@hanko.example", language="sv")
    deliver()
    mail = sink.caught[0].mail
    assert dict(mail.items()) | {"Content-Type": ""} == {
        "From": "Kuntailmo <kuntailmo@tapahtumat.example>",
        "To": "Eva Öst <eva@hanko.example>",
        "Subject": "Paikkasi on vahvistettu",
        "Date": message.dated_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "Message-ID": f"<k.{message.uuid}@tapahtumat.example>",
        "Reply-To": "jarjestaja@hanko.example",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "sv",
        "MIME-Version": "1.0",
        "Content-Type": "",
    }
    assert sink.caught[0].sender == "kuntailmo@tapahtumat.example"


def test_optional_mail_can_be_stopped_with_one_click_and_nothing_else_can(sink: SmtpSink, post: Post) -> None:
    url = "https://ilmoittautuminen.uudenmaanliitto-esimerkki.fi/u/aB3_-6789012345678901x"
    post(unsubscribe_url=url)
    post()
    deliver()
    (optional, necessary) = (caught.raw for caught in sink.caught)
    headers = optional.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert f"List-Unsubscribe: <{url}>".encode() in headers, "in one line, as signatures over it survive best"
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in headers
    assert max(map(len, headers)) < 998
    assert b"List-Unsubscribe" not in necessary


def test_every_line_is_ascii_and_short_enough_for_any_server(sink: SmtpSink, post: Post) -> None:
    post(text="ä" * 5000 + "\n.\nFrom here\n", html=f"<p>{'ö ' * 3000}</p>", subject="Ä" * 400)
    deliver()
    raw = sink.caught[0].raw
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")
    body = sink.caught[0].mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["ä" * 5000, ".", "From here"]


words = st.text(st.sampled_from(string.ascii_letters + "äöåšžđŋ–’ ,;:()<>@\"'\\=?_.!") | st.characters(), max_size=150)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=words, name=words)
def test_any_subject_and_name_arrive_as_they_were_written(app: Flask, subject: str, name: str) -> None:
    message = in_outbox(outbox.post(letter(subject=subject, recipient_name=name)))
    db.session.expunge(message)
    mail = message_from_bytes(Mail(message, sender=SERVICE).as_bytes())
    received_name, received_address = parseaddr(mail["To"])
    assert decoded(mail["Subject"]) == message.subject
    assert decoded(received_name) == message.recipient_name
    assert received_address == "eva@hanko.example"
    assert mail["Content-Language"] == "fi"


def decoded(header: str) -> str:
    """As RFC 2047 says; the newer parser of the standard library leaves spaces between the halves of a word."""
    return str(make_header(decode_header(header.replace("\r\n", ""))))


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\nBcc: all@hanko.example", "\r\n\r\n<p>"])
@pytest.mark.parametrize(
    "field", ["subject", "recipient_name", "message_id", "language", "recipient", "reply_to", "unsubscribe_url"]
)
def test_a_break_in_any_header_is_refused_even_if_it_got_into_the_row(app: Flask, field: str, break_: str) -> None:
    message = in_outbox(
        outbox.post(letter(reply_to="info@hanko.example", unsubscribe_url="https://kuntailmo.example/u/x"))
    )
    db.session.expunge(message)
    setattr(message, field, getattr(message, field) + break_)
    with pytest.raises(ValueError, match=r"break|invalid|carriage|Codepoint|CR|label"):
        Mail(message, sender=SERVICE).as_bytes()


def test_the_service_may_be_called_what_its_town_likes(make_app: Any, sink: SmtpSink) -> None:
    name = "Hyvinkää, tapahtumat & koulutus – Hyvinge"
    app = make_app(mail_server="127.0.0.1", mail_port=sink.port, service_name=name)
    with app.app_context():
        outbox.post(letter())
        db.session.commit()
        deliver()
    assert sink.caught[0].mail["From"].addresses[0].display_name == name
