"""Stopping optional mail with one click (RFC 8058), by a mail program or a person, and letting it come again."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import Base, begin_write, db
from app.extensions import csrf
from app.messages.models import Message
from app.registrations import links, optional_mail
from app.registrations.mail_models import OptionalMailRefusal
from app.registrations.models import Registration
from tests import builders
from tests.page_client import PageClient

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
EMAIL = "maria@espoo.fi"


@pytest.fixture
def registration(client: PageClient) -> Registration:
    return builders.registration(builders.event(), language="en", email=EMAIL)


def path(registration: Registration) -> str:
    begin_write()
    url = links.unsubscribe_url(registration)
    db.session.commit()
    return urlsplit(url).path


def refusals() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(OptionalMailRefusal.email_key)))


def everything() -> dict[str, list[tuple[object, ...]]]:
    db.session.rollback()
    return {
        table.name: [tuple(row) for row in db.session.execute(select(table))] for table in Base.metadata.sorted_tables
    }


def test_a_mail_program_stops_it_with_one_post_without_cookies(client: PageClient, registration: Registration) -> None:
    mails = len(db.session.scalars(select(Message.id)).all())
    program = client.application.test_client(use_cookies=False)
    answer = program.post(path(registration), data=ONE_CLICK)
    assert (answer.status_code, answer.history) == (200, ())
    assert "Set-Cookie" not in answer.headers or "session" not in answer.headers["Set-Cookie"]
    assert refusals() == [EMAIL]
    assert optional_mail.refuses(EMAIL)
    db.session.refresh(registration)
    assert registration.is_confirmed, "it never touches the registration"
    assert len(db.session.scalars(select(Message.id)).all()) == mails


def test_a_person_presses_the_button_twice_and_takes_it_back(client: PageClient, registration: Registration) -> None:
    page = client.get(path(registration))
    assert page.h1 == "Stop reminders and other optional mail?"
    assert EMAIL in page.words
    done = client.submit(page)
    assert done.h1 == "No more optional mail"
    assert client.submit(page).h1 == "Optional mail has already been stopped"
    assert client.get(path(registration)).h1 == "Optional mail has already been stopped"
    back = client.submit(done)
    assert "Optional mail comes again." in back.words
    assert refusals() == []
    client.submit(done)
    assert refusals() == [], "twice is as good as once"


def test_looking_changes_nothing_however_often(client: PageClient, registration: Registration) -> None:
    link = path(registration)
    before = everything()
    for method in ("GET", "HEAD", "OPTIONS") * 3:
        assert client.open(link, method=method).status_code == 200
    assert everything() == before


def test_any_later_mail_to_the_address_holds_the_same_link_and_no_other_address_does(
    client: PageClient, registration: Registration
) -> None:
    later = builders.registration(builders.event(), email=EMAIL.upper())
    other = builders.registration(later.event, email="petri@espoo.fi")
    assert path(later) == path(registration) != path(other)
    client.post(path(later), data=ONE_CLICK)
    assert optional_mail.refusing([EMAIL, "petri@espoo.fi"]) == {EMAIL}
    assert len(links.unsubscribe_url(later).removeprefix(links.address("/u/"))) == 22


def test_a_registration_from_before_these_links_gets_its_own_with_its_first_mail(
    client: PageClient, registration: Registration
) -> None:
    registration.unsubscribe_link_hash = None
    db.session.commit()
    assert client.post(f"/u/{links.unsubscribe_token(EMAIL)}", data=ONE_CLICK).status_code == 404
    assert client.post(path(registration), data=ONE_CLICK).status_code == 200


def test_a_link_that_is_none_tells_nothing(client: PageClient) -> None:
    page = client.get("/u/nothing")
    assert (page.status_code, page.h1) == (404, "This link no longer works")
    assert client.post("/u/nothing", data=ONE_CLICK).status_code == 404


def test_only_one_click_addresses_take_a_form_without_our_token(app: Flask, client: PageClient) -> None:
    exempt = {"public.optional_mail.refuse": "/u/<token>", "public.opening_wishes.stop": "/w/<token>/stop"}
    assert csrf._exempt_views == {f"app.{endpoint}" for endpoint in exempt}
    assert csrf._exempt_blueprints == set()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in exempt]
    assert {rule.endpoint: rule.rule for rule in rules} == exempt
    assert all((rule.methods or set()) - {"OPTIONS"} == {"POST"} for rule in rules)


def test_the_exempt_address_does_nothing_for_any_other_form(client: PageClient, registration: Registration) -> None:
    for body in ({}, {"List-Unsubscribe": "Two-Clicks"}):
        assert client.post(path(registration), data=body).status_code == 400
    assert client.post(f"{path(registration)}/again", data=ONE_CLICK).status_code == 400
    assert refusals() == []
