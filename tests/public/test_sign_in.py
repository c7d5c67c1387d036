"""Staff sign in by a code or a link, and nobody learns by it who is staff."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database import db
from app.messages.models import Message
from app.people import sign_in
from app.people.models import Role, User, UserSession
from tests import builders
from tests.page_client import PageClient

ADDRESS = "outi@kuntailmo.example"
WRONG = "That code is wrong or has expired. Check it, or ask for a new one."


@pytest.fixture
def outi(app: Flask) -> User:
    return builders.user(Role.ORGANISER, email=ADDRESS, name="Outi Niemi")


@pytest.fixture
def code_page(client: PageClient) -> Callable[..., object]:
    def ask(address: str = ADDRESS, query: str = "") -> object:
        return client.submit(client.get(f"/en/sign-in{query}"), email=address)

    return ask


def mailed_code() -> str:
    mails = db.session.scalars(select(Message).where(Message.occasion == "sign-in-code").order_by(Message.id)).all()
    found = re.search(r"\b\d{6}\b", mails[-1].subject)
    assert found
    return found[0]


def is_signed_in(client: PageClient) -> bool:
    return client.get("/en/sign-in").status_code == 303  # who is signed in is led on


def test_the_mailed_code_signs_in_and_leads_where_one_was_going(client, outi, code_page) -> None:
    page = client.submit(client.get("/en/sign-in?next=/en/contact?from%3Dmail"), email=f" {ADDRESS.upper()} ")
    answer = client.submit(page, code=f" {mailed_code()[:3]} {mailed_code()[3:]} ")
    assert answer.history[-1].status_code == 303
    assert answer.request.full_path == "/en/contact?from=mail"
    assert is_signed_in(client)


def test_known_and_unknown_addresses_get_the_same_page(client, outi, code_page) -> None:
    pages = [code_page(address) for address in (ADDRESS, "nobody@kuntailmo.example")]
    token = re.compile(r'value="[^"]+"')
    assert token.sub("", pages[0].text) == token.sub("", pages[1].text)
    wrong = [client.submit(page, code="x").errors for page in pages]
    assert wrong == [[WRONG], [WRONG]]
    assert [mail.recipient for mail in db.session.scalars(select(Message))] == [ADDRESS]


def test_an_inactive_user_is_as_unknown_as_a_stranger(client, code_page) -> None:
    builders.user(email=ADDRESS, active=False)
    assert "a code is on its way" in code_page().words
    assert db.session.scalar(select(Message)) is None


def test_a_code_takes_five_tries_and_then_the_right_one_is_wrong_too(client, outi, code_page) -> None:
    page = code_page()
    right = mailed_code()
    for _ in range(sign_in.TRIES):
        page = client.submit(page, code="000000" if right != "000000" else "111111")
        assert page.errors == [WRONG]
    assert client.submit(page, code=right).errors == [WRONG]


def test_a_code_works_once_and_for_15_minutes(client, app, outi, code_page) -> None:
    page = code_page()
    with time_machine.travel(clock.now() + timedelta(minutes=15, seconds=1), tick=False):
        assert client.submit(page, code=mailed_code()).errors == [WRONG]
    page, twin = code_page(), app.test_client()
    with client.session_transaction() as cookie, twin.session_transaction() as copied:
        copied.update(cookie)
    client.submit(page, code=mailed_code())
    assert is_signed_in(client)
    assert twin.submit(twin.get("/en/sign-in/code"), code=mailed_code()).errors == [WRONG]


def test_an_address_gets_five_codes_an_hour_whosoever_it_is(client, outi, code_page) -> None:
    for address in (ADDRESS, "nobody@kuntailmo.example"):
        for _ in range(sign_in.CODES_AN_HOUR):
            assert code_page(address).h1 == "Enter your sign-in code"
        assert code_page(address).errors == [
            "Too many codes have been asked for this address. Wait an hour and try again."
        ]


@pytest.mark.parametrize(("typed", "told"), [("", "Enter your work email"),
                                             ("outi", "Enter an email address like name@municipality.fi")])  # fmt: skip
def test_what_is_no_address_is_told_so(client, code_page, typed: str, told: str) -> None:
    assert code_page(typed).errors == [told]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "////evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\tx",
        "",
    ],
)
def test_signing_in_never_leads_out_of_the_service(client, outi, code_page, elsewhere: str) -> None:
    client.get("/en/sign-in", query_string={"next": elsewhere})
    page = client.submit(client.get("/en/sign-in", query_string={"next": elsewhere}), email=ADDRESS)
    answer = client.post(page.request.path, data=_filled(page, mailed_code()))
    assert (answer.status_code, answer.location) == (303, "/staff/")


def _filled(page, code: str) -> dict[str, str]:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token
    return {"csrf_token": token[1], "code": code}


def test_nothing_of_the_session_before_is_left_after_signing_in(client, outi, code_page) -> None:
    page = code_page()
    with client.session_transaction() as cookie:
        cookie["planted"] = "by someone else"
    client.submit(page, code=mailed_code())
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "sign_in_asked" not in cookie


def test_without_having_asked_there_is_no_code_to_type(client) -> None:
    assert client.get("/sv/sign-in/code").location == "/sv/sign-in"


def test_who_is_signed_in_is_not_asked_again(client) -> None:
    builders.signed_in(client)
    answer = client.get("/en/sign-in")
    assert (answer.status_code, answer.location) == (303, "/staff/")


def test_a_link_signs_in_by_its_button_once(client, runner, app, outi) -> None:
    printed = runner.invoke(args=["users", "sign-in-link", ADDRESS]).output.strip()
    path = printed.removeprefix("http://localhost:8000") + "?lang=en"
    for _ in range(3):  # programs that check the links in mails
        assert client.get(path).status_code == 200
    assert not is_signed_in(client)
    client.submit(client.get(path), "Sign in")
    assert is_signed_in(client)
    again = app.test_client().get(path)
    assert (again.status_code, again.h1) == (410, "This link does not work any more")


def test_a_link_pressed_after_its_time_says_so(client, outi) -> None:
    token = sign_in.link(outi)
    db.session.commit()
    page = client.get(f"/sign-in/{token}?lang=en")
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert client.submit(page).status_code == 410
    assert not is_signed_in(client)


def test_signing_out_ends_the_session_on_the_server_too(client, outi) -> None:
    builders.signed_in(client, outi)
    with client.session_transaction() as cookie:
        stolen = dict(cookie)
    client.application.config["WTF_CSRF_ENABLED"] = False
    answer = client.post("/sign-out", headers={"Accept-Language": "en"}, follow_redirects=True)
    client.application.config["WTF_CSRF_ENABLED"] = True
    assert "You have signed out." in answer.words
    with client.session_transaction() as cookie:
        cookie.update(stolen)
    assert not is_signed_in(client)


def test_signing_out_needs_the_form_of_the_page(client, outi) -> None:
    builders.signed_in(client, outi)
    assert client.post("/sign-out").status_code == 400
    assert is_signed_in(client)


def test_a_session_ends_after_ten_hours(client, outi) -> None:
    builders.signed_in(client, outi)
    ends = db.session.scalars(select(UserSession.expires_at)).one()
    assert timedelta(hours=9, minutes=59) < ends - clock.now() <= timedelta(hours=10)
    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert is_signed_in(client)
    with time_machine.travel(ends, tick=False):
        assert not is_signed_in(client)


def test_a_session_can_be_revoked(client, outi) -> None:
    builders.signed_in(client, outi)
    assert is_signed_in(client)
    sign_in.sign_out_everywhere(outi)
    db.session.commit()
    assert not is_signed_in(client)
