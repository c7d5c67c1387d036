"""One-time codes under attack: asked for many at once, and guessed many at once."""

from functools import partial

import pytest
from sqlalchemy import func, select

from app.database import db
from app.messages.models import Message
from app.people import sign_in
from app.people.models import Role, SignInRequest
from tests import builders
from tests.conftest import LiveServer
from tests.page_client import PageClient
from tests.visitor import Answer, Visitor, at_once

MANY = 16
ADDRESS = "outi@kuntailmo.example"

pytestmark = pytest.mark.usefixtures("app")


def test_many_who_ask_at_once_get_no_more_codes_than_one(live_server: LiveServer) -> None:
    builders.user(email=ADDRESS)
    visitors = _visitors(live_server(), "/en/sign-in")
    answers = _sent_at_once(visitors, "/en/sign-in", email=ADDRESS)
    assert {answer.status for answer in answers} == {200, 303}
    assert _count(Message) == _count(SignInRequest) == sign_in.CODES_AN_HOUR


def test_many_guesses_at_once_are_counted_one_by_one(live_server: LiveServer) -> None:
    builders.user(email=ADDRESS)
    (asked,) = _visitors(live_server(), "/en/sign-in", number=1)
    asked.send("/en/sign-in", email=ADDRESS)
    asked.open("/en/sign-in/code")
    asked.close()
    thieves = [Visitor(asked.server, dict(asked.cookies), dict(asked.hidden)) for _ in range(MANY)]
    answers = _sent_at_once(thieves, "/en/sign-in/code", code="no code")
    assert {answer.status for answer in answers} == {200}
    db.session.rollback()
    assert db.session.scalars(select(SignInRequest.tries)).one() == sign_in.TRIES


def test_a_code_mailed_to_an_address_that_is_no_longer_the_users_is_worth_nothing(client: PageClient) -> None:
    builders.signed_in(client, Role.ADMINISTRATOR)
    outi = builders.user(email=ADDRESS)
    stolen: PageClient = client.application.test_client()
    page = stolen.submit(stolen.get("/en/sign-in"), email=ADDRESS)
    client.submit(client.get(f"/staff/users/{outi.id}"), "Save", email="outi@vantaa.example")
    code = db.session.scalars(select(Message.subject)).one()[-6:]
    assert stolen.submit(page, code=code).errors
    assert stolen.get("/staff/").status_code == 302


def _visitors(server: str, path: str, number: int = MANY) -> list[Visitor]:
    visitors = [Visitor(server) for _ in range(number)]
    for visitor in visitors:
        visitor.open(path)
    return visitors


def _sent_at_once(visitors: list[Visitor], path: str, **fields: str) -> list[Answer]:
    answers = at_once([partial(visitor.send, path, **fields) for visitor in visitors])
    for visitor in visitors:
        visitor.close()
    return answers


def _count(model: type) -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(model)).one()
