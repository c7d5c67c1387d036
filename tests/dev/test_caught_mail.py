"""The mail catcher of development: the whole way from the outbox to the page that shows the mail."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.database import begin_write, db
from app.messages import outbox
from tests.messages.conftest import deliver, letter
from tests.messages.test_workers import wait_until
from tests.messages.test_writing import CALENDAR
from tests.smtp_sink import free_port


@pytest.fixture
def developing(make_app: Any, start_command: Any, tmp_path: Path) -> Iterator[Flask]:
    """The service in development, with its mail catcher running."""
    given = {"mail_server": "127.0.0.1", "mail_port": free_port(), "caught_mail": tmp_path / "mail"}
    environment = {name.upper(): str(value) for name, value in given.items()}
    catcher = start_command("app.dev.catcher", **environment)
    app = make_app(environment="development", **given)
    with app.app_context():
        wait_until(lambda: _answers(given["mail_port"]), [catcher])
        yield app
    catcher.stop()
    assert catcher.poll() == 0, catcher.log.read_text()


def test_caught_mail_is_listed_newest_first_and_can_be_read(developing: Flask) -> None:
    client = developing.test_client()
    assert "No mail yet" in client.get("/dev/mail/").text
    begin_write()
    outbox.post(letter(subject="Ensimmäinen", priority=outbox.Priority.URGENT))
    outbox.post(
        letter(subject="Toinen", html="<html><head></head><p>Hei!</p>", calendar=CALENDAR, calendar_method="REQUEST")
    )
    db.session.commit()
    deliver()

    listed = client.get("/dev/mail.json").json
    assert [(mail["to"], mail["subject"]) for mail in listed] == [
        ("Eva Öst <eva@hanko.example>", "Toinen"),
        ("Eva Öst <eva@hanko.example>", "Ensimmäinen"),
    ]
    assert "2 caught" in client.get("/dev/mail/").text
    page = client.get(f"/dev/mail/{listed[0]['id']}")
    assert "Tervetuloa!" in page.text
    assert "BEGIN:VEVENT" in page.text
    raw = client.get(f"/dev/mail/{listed[0]['id']}.eml")
    assert raw.mimetype == "message/rfc822"
    assert b"Subject: Toinen\r\n" in raw.data


def test_the_html_part_can_run_nothing(developing: Flask) -> None:
    begin_write()
    outbox.post(letter(html="<html><head></head><script>alert(1)</script></html>"))
    db.session.commit()
    deliver()
    client = developing.test_client()
    (mail,) = client.get("/dev/mail.json").json
    part = client.get(f"/dev/mail/{mail['id']}/html", check_html=False)
    assert part.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")
    assert "script-src" not in part.headers["Content-Security-Policy"]
    page = client.get(f"/dev/mail/{mail['id']}")
    assert page.headers["Content-Security-Policy"].endswith("frame-src 'self'")


@pytest.mark.parametrize(
    "path", ["/dev/mail/nothing", "/dev/mail/..%2F..%2Fx.eml", "/dev/mail/00000000000000000000-00000000/html"]
)
def test_what_was_not_caught_is_not_found(developing: Flask, path: str) -> None:
    assert developing.test_client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/dev/mail/", "/dev/mail.json"])
def test_outside_development_nobody_reads_mail(app: Flask, client: Any, path: str) -> None:
    assert client.get(path).status_code == 404


def _answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0
