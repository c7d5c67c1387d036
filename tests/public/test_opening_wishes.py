"""Being told when registration opens: asked on a page, confirmed by mail, told once, forgotten."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from app import clock, worker
from app.database import db
from app.events.models import Admission, Event
from app.messages.models import Message
from app.registrations.mail_models import OpeningWish
from app.registrations.models import Occasion
from tests import builders
from tests.page_client import Page, PageClient

EMAIL = "maria@espoo.example"


@pytest.fixture
def event(client: PageClient) -> Event:
    return builders.event(registration_opens_at=builders.in_days(3))


def ask(client: PageClient, event: Event, email: str = EMAIL, language: str = "sv") -> Page:
    page = client.click(client.get(f"/en/events/{event.slug}"), "Tell me when it opens")
    return client.submit(page, "Send", email=email, language=language, municipality="049")


def mails(occasion: Occasion) -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


def link() -> str:
    (path,) = set(re.findall(r"/w/[\w-]{22}", mails(Occasion.CONFIRM_WISH)[-1].text or ""))
    return path


def wishes() -> list[OpeningWish]:
    db.session.rollback()
    return list(db.session.scalars(select(OpeningWish)))


def open_registration() -> None:
    while worker.tell_of_openings():
        pass


def test_a_confirmed_wish_is_told_once_and_forgotten(client: PageClient, event: Event) -> None:
    assert ask(client, event).h1 == "Look into your mail"
    for _ in range(3):
        page = client.get(f"{link()}?lang=en")
        client.head(link())
    assert wishes()[0].confirmed_at is None
    assert client.submit(page, "Yes, tell me").h1 == "We tell you when registration opens"
    assert client.get(f"{link()}?lang=en").h1 == "You have already said yes"
    open_registration()
    assert mails(Occasion.REGISTRATION_OPENS) == []
    with time_machine.travel(builders.in_days(3) + timedelta(minutes=1)):
        open_registration()
        open_registration()
        (mail,) = mails(Occasion.REGISTRATION_OPENS)
        assert (mail.recipient, mail.language) == (EMAIL, "sv")
        assert f"/sv/events/{event.slug}" in (mail.text or "")
        assert mail.unsubscribe_url
        assert mail.unsubscribe_url.endswith(f"{link()}/stop")
        assert wishes() == []
        stopped = client.post(f"{link()}/stop", data={"List-Unsubscribe": "One-Click"})
        assert stopped.status_code == 200


def test_an_unconfirmed_wish_is_not_told(client: PageClient, event: Event) -> None:
    ask(client, event)
    with time_machine.travel(builders.in_days(3) + timedelta(minutes=1)):
        open_registration()
    assert mails(Occasion.REGISTRATION_OPENS) == []


def test_one_click_takes_a_wish_back_without_a_cookie_and_a_look_does_not(client: PageClient, event: Event) -> None:
    ask(client, event)
    assert client.get(f"{link()}/stop?lang=en").h1 == "Take back the wish to be told?"
    assert len(wishes()) == 1
    assert client.post(f"{link()}/stop").status_code == 400
    stranger = client.application.test_client()
    assert stranger.post(f"{link()}/stop", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert wishes() == []


def test_the_page_says_the_same_for_an_address_that_has_wished_and_mails_it_three_times_a_day(
    client: PageClient, event: Event
) -> None:
    answers = {ask(client, event, email).get_data(as_text=True) for email in (EMAIL, EMAIL.upper(), EMAIL, EMAIL)}
    assert len({re.sub(r"nonce-\S+", "", answer) for answer in answers}) == 1
    assert len(mails(Occasion.CONFIRM_WISH)) == 3
    assert len(wishes()) == 1
    other = builders.event(registration_opens_at=builders.in_days(3))
    ask(client, other)
    assert len(mails(Occasion.CONFIRM_WISH)) == 3, "whichever the event"


def test_nobody_can_wish_where_registration_is_open_or_by_invitation_only(client: PageClient, event: Event) -> None:
    open_already = builders.event()
    invited = builders.event(registration_opens_at=builders.in_days(3), admission=Admission.INVITED)
    for one in (open_already, invited):
        assert "Tell me when it opens" not in client.get(f"/en/events/{one.slug}").words
        assert client.get(f"/en/events/{one.slug}/tell-me").status_code == 302


def test_the_organiser_sees_how_many_wish_but_not_who(client: PageClient, event: Event) -> None:
    ask(client, event)
    db.session.execute(update(OpeningWish).values(confirmed_at=clock.now()))
    db.session.commit()
    builders.signed_in(client)
    page = client.get(f"/staff/events/{event.id}/messages")
    assert "1 person has asked to be told when registration opens" in page.words
    assert EMAIL not in page.get_data(as_text=True)
