"""Where too many forms come from one network, the next ones wait, and nobody loses what was typed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database import db
from app.messages.models import Message
from tests.conftest import MakeApp
from tests.page_client import PageClient

LONG = 'The list of events "jumps".\n\nTwice.'


@pytest.fixture
def strict(make_app: MakeApp) -> Iterator[Flask]:
    app = make_app(ratelimit_enabled=True, ratelimit_form_posts="2 per 10 minutes")
    with app.app_context():
        yield app


def test_a_long_text_can_be_sent_a_little_later(strict: Flask) -> None:
    client: PageClient = strict.test_client()
    form = client.get("/en/accessibility-feedback")
    for _ in range(2):
        client.submit(form)
    page = client.submit(form, message=LONG)
    assert (page.status_code, page.h1) == (429, "Too many tries in a short time")
    assert "Retry-After" in page.headers
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        client.submit(page, "Send again")
    text = db.session.scalars(select(Message.text)).one() or ""
    assert all(line in text for line in LONG.splitlines())


def test_no_header_of_the_client_makes_it_another_client(strict: Flask) -> None:
    client: PageClient = strict.test_client()
    form = client.get("/en/sign-in")
    token = next(one.get("value") for one in form.document.iter("input") if one.get("name") == "csrf_token")
    answers = [
        client.post("/en/sign-in", data={"csrf_token": token}, headers={name: f"192.0.2.{number}"})
        for number, name in enumerate(["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-For"])
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
