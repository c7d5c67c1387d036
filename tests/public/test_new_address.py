"""Changing the e-mail address: from the personal page to the new mailbox and back, without telling on anybody."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import time_machine
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.database import db
from app.messages.models import Message
from app.registrations import links, own_changes
from app.registrations.models import AddressChange, Registration
from tests import builders
from tests.page_client import PageClient

NEW = "maria@vantaa.fi"


def registered(**given: object) -> tuple[Registration, str]:
    made = builders.registration(given.pop("event", None) or builders.event(), **{"language": "en"} | given)
    return made, urlsplit(links.manage_url(made)).path


def ask(client: PageClient, link: str, email: str = NEW) -> TestResponse:
    return client.submit(client.get(f"{link}/address"), email=email)


def mails(occasion: str) -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


def mailed_link() -> str:
    (link,) = set(re.findall(r"/r/address/[\w-]{43}", mails("confirm-address")[-1].text or ""))
    return link


def test_nothing_changes_before_the_new_mailbox_answers(client: PageClient) -> None:
    made, link = registered()
    page = ask(client, link)
    assert f"We sent a link to {NEW}." in page.words
    (mail,) = mails("confirm-address")
    assert mail.recipient == NEW
    db.session.refresh(made)
    assert made.email != NEW


def test_confirmed_it_moves_mails_links_and_calendar(client: PageClient) -> None:
    made, link = registered()
    old, old_join = made.email, urlsplit(links.join_url(made)).path
    ask(client, link)
    confirm = client.get(mailed_link())
    assert NEW in confirm.words
    page = client.submit(confirm)
    assert page.h1 == "Thank you"
    db.session.refresh(made)
    assert made.email == NEW
    (left,), (arrived,) = mails("address-changed"), mails("changed")
    assert (left.recipient, left.calendar_method) == (old, "CANCEL")
    assert (arrived.recipient, arrived.calendar_method) == (NEW, "REQUEST")
    assert _uid(left) != _uid(arrived)
    assert NEW not in (left.text or "")
    assert client.get(link).status_code == client.get(old_join).status_code == 404
    assert client.get(urlsplit(links.manage_url(made)).path).h1 == "You have a place"
    again = client.get(mailed_link())
    assert again.status_code == 404
    assert "If you have confirmed the address already, your new link is in the mail that we sent there." in again.words


def test_it_can_be_changed_again_and_then_withdrawn(client: PageClient) -> None:
    made, _link = registered()
    for address in (NEW, "maria@helsinki.fi"):
        ask(client, urlsplit(links.manage_url(made)).path, address)
        client.submit(client.get(mailed_link()))
        db.session.refresh(made)
    assert made.link_generation == 3
    own_changes.withdraw(made)
    db.session.commit()
    assert _uid(mails("withdrawn")[0]) == _uid(mails("changed")[-1])


def test_an_address_with_a_registration_of_its_own_is_told_by_mail_only(client: PageClient) -> None:
    made, link = registered()
    builders.registration(made.event, email=NEW)
    ask(client, link)
    page = client.submit(client.get(mailed_link()))
    assert page.h1 == "Thank you"
    assert [mail.recipient for mail in mails("address-taken")] == [NEW]
    db.session.refresh(made)
    assert made.email != NEW


def test_one_who_waits_moves_without_a_calendar_entry(client: PageClient) -> None:
    event = builders.event(places_online=1)
    builders.registration(event)
    _, link = registered(event=event)
    ask(client, link)
    client.submit(client.get(mailed_link()))
    assert mails("changed")[0].calendar is None


def test_the_own_address_is_refused_whatever_its_case(client: PageClient) -> None:
    made, link = registered()
    page = ask(client, link, made.email.upper())
    assert page.errors == ["This is the address that your registration already has."]


def test_three_questions_a_day_are_enough(client: PageClient) -> None:
    _, link = registered()
    for number in range(3):
        ask(client, link, f"maria{number}@vantaa.fi")
    page = ask(client, link)
    assert page.errors == ["You have asked for a new address three times today. Try again tomorrow."]
    assert len(mails("confirm-address")) == 3


def test_a_later_question_replaces_the_earlier_one(client: PageClient) -> None:
    _, link = registered()
    ask(client, link, "first@vantaa.fi")
    first = mailed_link()
    ask(client, link)
    assert client.get(first).status_code == 404
    assert client.get(mailed_link()).status_code == 200


def test_the_link_grows_old_by_the_clock(client: PageClient) -> None:
    _, link = registered()
    ask(client, link)
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        assert client.get(mailed_link()).status_code == 404


def test_pressing_the_button_twice_changes_it_once(client: PageClient) -> None:
    made, link = registered()
    ask(client, link)
    confirm = client.get(mailed_link())
    client.submit(confirm)
    client.submit(confirm)
    db.session.refresh(made)
    assert made.link_generation == 2
    assert db.session.get(AddressChange, made.id) is None


def _uid(mail: Message) -> str:
    text = (mail.calendar or b"").decode().replace("\r\n ", "")
    return next(line for line in text.splitlines() if line.startswith("UID:"))


def test_strangers_cannot_fill_one_mailbox_with_questions_from_many_registrations(client: PageClient) -> None:
    for number in range(4):
        _made, link = registered(email=f"stranger.{number}@espoo.fi")
        page = ask(client, link, email=NEW if number % 2 else NEW.upper())
    assert page.errors == ["You have asked for a new address three times today. Try again tomorrow."]
    assert len(mails("confirm-address")) == 3
