"""Mail that came back is told to the organiser on the registration's page, in words."""

import pytest
from sqlalchemy import select

from app import clock, incoming_mail
from app.database import db
from app.messages.models import Message, State
from app.people.models import Role
from tests import builders, incoming_mails
from tests.page_client import PageClient


@pytest.mark.parametrize(
    ("report", "language", "words"),
    [
        ({"status": "5.1.1"}, "en", "Not delivered: the address does not exist"),
        ({"status": "5.1.1"}, "fi", "Ei mennyt perille: osoitetta ei ole"),
        ({"status": "5.1.1"}, "sv", "Inte levererat: adressen finns inte"),
        ({"status": "4.2.2", "action": "delayed"}, "en", "Delayed: the mailbox is full"),
        ({"status": "4.2.2", "action": "delayed"}, "fi", "Viivästyy: postilaatikko on täynnä"),
        ({"status": "4.2.2", "action": "delayed"}, "sv", "Försenat: brevlådan är full"),
        ({"status": "4.4.1", "action": "delayed"}, "en", "Delayed: the recipient’s mail server still tries"),
        ({"status": "4.4.7"}, "en", "Not delivered: the recipient’s mail server did not take it in time"),
        ({"status": "5.2.2"}, "en", "Not delivered: the mailbox is full"),
        ({"status": "5.7.1"}, "en", "Not delivered: the recipient’s mail server refused it"),
        ({"status": "5.5.9"}, "en", "Not delivered: the mail came back"),
    ],
)
def test_a_report_is_read_and_shown(client: PageClient, report: dict[str, str], language: str, words: str) -> None:
    builders.signed_in(client, Role.ORGANISER)
    registration = builders.registration(builders.event())
    message = db.session.scalars(select(Message)).one()
    message.state, message.sent_at = State.SENT, clock.now()
    db.session.commit()
    incoming_mail.take(incoming_mails.report(message_id=message.message_id, **report))
    page = client.get(f"/staff/registrations/{registration.id}?lang={language}")
    assert words in page.words
