"""What a balancer and a monitor are told."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import text

from app import clock
from app.database import begin_write, db
from app.messages import outbox, pauses
from app.messages.models import PauseReason
from tests.conftest import MakeApp
from tests.page_client import PageClient


def test_a_living_process_says_so_without_its_database(make_app: MakeApp) -> None:
    client = make_app(database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing").test_client()
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")


def test_it_is_ready_on_a_migrated_database(client: PageClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    mail = {"oldest_due_seconds": 0, "due": 0, "paused": None}
    assert answer.json == {"status": "ready", "reasons": [], "mail": mail}
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_its_database_it_is_not_ready(make_app: MakeApp) -> None:
    client = make_app(database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing").test_client()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "unready", "reasons": ["the database does not answer"]}


def test_when_the_code_is_newer_than_the_tables_it_is_not_ready(client: PageClient, app: Flask) -> None:
    applied = db.session.scalars(text("SELECT version_num FROM alembic_version")).one()
    _set_migration("0000")
    answer = client.get("/readyz")
    _set_migration(applied)
    assert answer.status_code == 503
    assert answer.json == {"status": "unready", "reasons": ["the database is not at the newest migration"]}
    assert client.get("/readyz").status_code == 200


def _set_migration(version: str) -> None:
    begin_write()
    db.session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    db.session.commit()


def test_mail_that_waits_makes_it_degraded_but_it_goes_on_serving(client: PageClient, app: Flask) -> None:
    letter = outbox.Letter(occasion="test", recipient="a@espoo.example", language="fi", subject="s", text="t")
    outbox.post(letter, due_at=clock.now() - timedelta(minutes=7))
    outbox.post(letter, due_at=clock.now() + timedelta(hours=1))
    pauses.begin(PauseReason.UNREACHABLE, "no route to mail.internal")
    db.session.commit()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["reasons"] == ["mail is late", "mail is paused"]
    assert answer.json["mail"]["due"] == 1
    assert 420 <= answer.json["mail"]["oldest_due_seconds"] < 480
    assert "mail.internal" not in answer.text


def test_mail_of_a_moment_ago_is_no_news(client: PageClient, app: Flask) -> None:
    letter = outbox.Letter(occasion="test", recipient="a@espoo.example", language="fi", subject="s", text="t")
    outbox.post(letter)
    db.session.commit()
    assert client.get("/readyz").json["status"] == "ready"
