"""A connection that dies under a request takes nothing with it that was done before."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from app import database, worker
from app.database import db
from app.people.models import Municipality
from tests.conftest import MakeApp

pytestmark = pytest.mark.postgresql


def _read_and_lose_the_connection() -> int:
    """What a restart of the database does: the transaction is open, and nobody knows yet that its line is dead."""
    own = db.session.scalar(text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
    return 0


@pytest.fixture
def app_that_loses(make_app: MakeApp) -> Flask:
    app = make_app()
    app.add_url_rule("/loses", "loses", view_func=lambda: f"done {_read_and_lose_the_connection()}")
    app.add_url_rule(
        "/reads", "reads", view_func=lambda: f"read {db.session.scalar(select(Municipality.code).limit(1))}"
    )
    return app


def test_what_is_done_is_answered(app_that_loses: Flask) -> None:
    client = app_that_loses.test_client()
    assert client.get("/loses", check_html=False).text == "done 0"
    assert client.get("/reads", check_html=False).status_code == 200


def test_a_connection_that_died_while_it_rested_is_not_used(
    app_that_loses: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app_that_loses.app_context():
        own = db.session.scalar(text("SELECT pg_backend_pid()"))
        with db.engine.connect() as other:
            db.session.remove()
            other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
    moment = database.monotonic()
    monkeypatch.setattr(database, "monotonic", lambda: moment + 60)
    client = app_that_loses.test_client()
    assert [client.get("/reads", check_html=False).status_code for _ in range(3)] == [200] * 3


def test_the_worker_goes_on(app_that_loses: Flask) -> None:
    def fails() -> int:
        _read_and_lose_the_connection()
        raise ValueError("something else")

    with app_that_loses.app_context():
        for step in (worker.Step(_read_and_lose_the_connection), worker.Step(fails)):
            assert step.take() == 0
        assert db.session.scalar(select(Municipality.code).limit(1))
