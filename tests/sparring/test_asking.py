"""A municipality asks for sparring: step by step, without an account, and nothing that it typed is lost."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import db
from app.messages.models import Message
from app.sparring import links, wishes
from app.sparring.models import Request, RequestDraft, Theme, WishedMode
from tests import builders
from tests.page_client import Page, PageClient

WHO = {"contact_name": "Maria Åkerlund", "contact_email": "maria@espoo.fi", "contact_title": "informaatikko"}
WHEN = {
    "mode": "online",
    "windows-0-date": "2030-02-05",
    "windows-0-starts": "9.00",
    "windows-0-ends": "12.00",
    "windows-1-date": "2030-02-07",
    "windows-1-starts": "12.00",
    "windows-1-ends": "16.00",
}


def theme() -> Theme:
    return db.session.scalars(select(Theme).order_by(Theme.position)).first()


def filled(client: PageClient, language: str = "en") -> Page:
    """The last step, all of the others answered."""
    page = client.submit(client.get(f"/{language}/sparring/request/who"), **WHO)
    page = client.submit(page, themes=[str(theme().id)], goal="Uusia ajatuksia")
    return client.submit(page, **WHEN)


def the_request() -> Request:
    return db.session.scalars(select(Request)).one()


def path(url: str) -> str:
    return urlsplit(url).path


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    builders.season()


def test_a_request_is_asked_mailed_and_followed(client: PageClient) -> None:
    page = client.click(client.get("/en/sparring/"), "Ask for sparring")
    assert page.h1 == "Who is asking?"
    page = filled(client)
    assert page.h1 == "Check and send"
    assert "Espoo" in page.words
    assert "Tuesday 5 February 2030, 9:00–12:00" in page.words
    sent = client.submit(page, "Send the request")
    assert sent.h1 == "Your request has been sent"
    made = the_request()
    assert (made.municipality_code, made.contact_name, made.state) == (builders.ESPOO, "Maria Åkerlund", "new")
    kept = wishes.of(made)
    assert (kept.mode, kept.themes, kept.goal, len(kept.windows)) == (WishedMode.ONLINE, [theme().id], made.goal, 2)
    assert db.session.scalar(select(RequestDraft)) is None
    to_contact, to_team = db.session.scalars(select(Message).order_by(Message.id))
    assert to_contact.recipient == "maria@espoo.fi"
    assert links.request_url(made) in (to_contact.text or "")
    assert "Åkerlund" not in f"{to_team.subject}{to_team.text}"
    assert f"/staff/sparring/requests/{made.id}" in (to_team.text or "")
    assert links.request_token(made) not in sent.get_data(as_text=True)
    page = client.get(path(links.request_url(made)))
    assert page.h1 == "Your request has arrived"
    assert "Uusia ajatuksia" in page.words


def test_the_same_form_again_makes_no_second_request(client: PageClient) -> None:
    page = filled(client)
    client.submit(page, "Send the request")
    again = client.submit(page, "Send the request")
    assert again.h1 == "Your request has been sent"
    assert the_request()
    assert len(list(db.session.scalars(select(Message)))) == 2


def test_what_is_typed_stays_through_errors_steps_and_languages(client: PageClient) -> None:
    page = client.submit(client.get("/en/sparring/request/who"), contact_name="Maria", contact_email="x")
    assert page.errors == ["Enter an email address like name@municipality.fi"]
    page = client.submit(page, "What do you wish for?", contact_title="johtaja")
    assert page.h1 == "What do you wish for?"
    page = client.submit(page, "Back", goal="Verkosto")
    assert (page.h1, 'value="johtaja"' in page.get_data(as_text=True)) == ("Who is asking?", True)
    assert "Verkosto" in client.get("/sv/sparring/request/what").get_data(as_text=True)
    check = client.get("/en/sparring/request/check", follow_redirects=True)
    assert check.h1 == "Who is asking?"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"windows-1-date": ""}, "Enter the date"),
        ({"windows-1-date": "", "windows-1-starts": "", "windows-1-ends": ""},
         "Give at least two times, or write below which weeks suit"),
        ({"windows-1-ends": "11.00"}, "A time must end after it starts"),
        ({"windows-1-ends": "12.30"}, "This is shorter than the meeting"),
        ({"windows-1-date": "2020-02-07"}, "Choose a day that is still to come"),
        ({"windows-1-date": "2030-03-31", "windows-1-starts": "3.30"},
         "The clocks go forward that night and skip this time. Choose another time."),
    ],
)  # fmt: skip
def test_times_that_cannot_be_are_refused_with_the_reason(client: PageClient, given: dict[str, str], said: str) -> None:
    page = client.submit(client.get("/en/sparring/request/when"), **WHEN | given)
    assert page.errors == [said]


def test_weeks_in_own_words_do_instead_of_times_and_rows_can_be_added(client: PageClient) -> None:
    page = client.submit(client.get("/en/sparring/request/when"), "Add a time", mode="any")
    assert "Time 3" in page.words
    assert client.submit(page, wished_weeks="viikot 5–7").h1 == "Who is asking?"


def test_no_link_is_mailed_for_somebody_else_and_an_address_is_mailed_five_times_a_day(client: PageClient) -> None:
    form = client.get("/en/sparring/request/who")
    page = client.submit(form, **WHO | {"contact_name": "see www.evil.example"})
    assert page.errors == ["Write this without a web or email address"]
    for _ in range(6):
        client.submit(filled(client), "Send the request")
    to_contact = select(Message).where(Message.recipient == "maria@espoo.fi")
    assert len(list(db.session.scalars(to_contact))) == 5
    assert len(list(db.session.scalars(select(Request)))) == 6


def test_opening_the_form_writes_nothing(client: PageClient) -> None:
    for step in ("who", "what", "when", "check"):
        client.get(f"/en/sparring/request/{step}", follow_redirects=True)
    assert db.session.scalar(select(RequestDraft)) is None
    assert client.get("/en/sparring/request/other").status_code == 404
