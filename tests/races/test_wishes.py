"""The same address asks to be told of an opening many times at once: one wish, and no error page."""

import os

import pytest
from sqlalchemy import func, select

from app.database import db
from app.events.models import Event
from app.registrations.mail_models import OpeningWish
from tests import builders
from tests.conftest import LiveServer
from tests.races.test_last_place import send_at_once

pytestmark = pytest.mark.usefixtures("app")

ROUNDS = 10 if os.environ.get("PROVE") == "1" else 2


def asked_at_once(server: str, event: Event) -> set[int]:
    path = f"/fi/events/{event.slug}/tell-me"
    asked = {"email": f"asa.{event.id}@espoo.example", "language": "sv", "municipality": "049"}
    return {answer.status for answer in send_at_once(server, [(path, asked)] * 4)}


def not_yet_open() -> Event:
    return builders.event(registration_opens_at=builders.in_days(3))


def test_the_same_wish_four_times_at_once_is_one(live_server: LiveServer) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = not_yet_open()
        assert asked_at_once(server, event) == {303}
        db.session.rollback()
        of_event = select(func.count()).where(OpeningWish.event_id == event.id)
        assert db.session.scalars(of_event).one() == 1


@pytest.mark.skipif(os.environ.get("TEST_DATABASE") != "postgresql", reason="SQLite lets one write at a time")
def test_control_who_looks_before_writing_meets_the_unique_key(live_server: LiveServer) -> None:
    event = not_yet_open()
    server = live_server(processes=2, application="tests.races.unprepared:app")
    assert 500 in asked_at_once(server, event)
