"""Mail gets in by a mailbox that the worker asks, or by a pipe. Neither one's trouble is anybody else's."""

import logging
import time
from collections.abc import Callable, Iterator
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import config
from app import incoming_mail, worker
from app.database import db
from app.language import speaking
from app.messages import outbox
from app.messages.incoming import LARGEST
from app.messages.models import AddressFailure, Message
from app.worker import Step
from tests import imap_server, incoming_mails, smtp_sink
from tests.conftest import MakeApp
from tests.imap_server import CERTIFICATE, ImapServer
from tests.messages.conftest import in_outbox, letter
from tests.page_client import CommandRunner

LETTER = b"From: Eva <eva@hanko.example>\r\nSubject: Kysymys ruoasta\r\n\r\nOnko kasvisruokaa?\r\n"
Connected = Callable[..., Flask]


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    with imap_server.running() as server:
        yield server


@pytest.fixture
def connected(make_app: MakeApp, imap: ImapServer) -> Connected:
    """The service with the mailbox; `connected(imap_handled_folder="…")` says more."""
    usual = {"imap_host": "127.0.0.1", "imap_port": imap.port, "imap_username": "palautus"}
    usual |= {"imap_password": "sala sana", "imap_ca_file": CERTIFICATE, "imap_timeout_seconds": 2}
    return lambda **given: make_app(**usual | given)


def bounced() -> bytes:
    """A report about a message that was posted."""
    message = in_outbox(outbox.post(letter()))
    db.session.commit()
    return incoming_mails.report(message_id=message.message_id)


def test_what_is_understood_goes_and_what_is_not_stays_flagged_for_a_person(
    connected: Connected, imap: ImapServer
) -> None:
    with connected().app_context():
        imap.deliver(LETTER, bounced(), incoming_mails.out_of_office())
        assert incoming_mail.poll() == 3
        assert incoming_mail.poll() == 0, "the letter is not read again"
        assert imap.inbox == [LETTER]
        assert imap.flags[1] == {r"\Seen", r"\Flagged"}
        assert db.session.scalars(select(AddressFailure.address)).all() == ["eva@hanko.example"]


def test_handled_mail_is_kept_in_a_folder_if_the_installation_wants_it(connected: Connected, imap: ImapServer) -> None:
    with connected(imap_handled_folder="Handled mail").app_context():
        imap.deliver(bounced(), incoming_mails.out_of_office())
        incoming_mail.poll()
        assert imap.inbox == []
        assert len(imap.folders["Handled mail"]) == 2


def test_a_line_that_breaks_between_handling_and_putting_away_counts_nothing_twice(
    connected: Connected, imap: ImapServer
) -> None:
    with connected().app_context():
        imap.deliver(bounced())
        imap.refuses = "UID_STORE"
        for _ in range(2):
            with pytest.raises(Exception, match="refuses a command"):
                incoming_mail.poll()
        imap.refuses = ""
        incoming_mail.poll()
        assert imap.inbox == []
        assert db.session.scalars(select(AddressFailure.refusals)).one() == 1


def test_only_the_beginning_of_a_large_mail_is_fetched(connected: Connected, imap: ImapServer) -> None:
    with connected().app_context():
        imap.deliver(bounced() + b"x" * 3 * LARGEST)
        assert incoming_mail.poll() == 1
        assert imap.inbox == [], "what the report says stands at its beginning"


@pytest.mark.parametrize(
    "wrong",
    [{"imap_port": 1}, {"imap_ca_file": None}, {"imap_password": "wrong"}],
    ids=["away", "not trusted", "sign-in refused"],
)
def test_a_mailbox_that_is_away_holds_up_no_mail_and_is_asked_less_and_less(
    connected: Connected, imap: ImapServer, wrong: dict[str, object]
) -> None:
    with smtp_sink.running() as sink:
        app = connected(mail_server="127.0.0.1", mail_port=sink.port, **wrong)
        with app.app_context(), speaking("en"):
            outbox.post(letter())
            db.session.commit()
            stop, asking, began = Event(), worker.mailbox_step(), time.monotonic()
            worker.run([asking, Step(worker.deliver_pass), Step(lambda: stop.set() or 0)], stop)
            waits = []
            for _ in range(6):
                waits.append(round((asking.not_before - began) / 60))
                asking.not_before, began = 0, time.monotonic()
                assert asking.take() == 0
            assert waits == [1, 2, 4, 8, 15, 15]
        assert len(sink.caught) == 1
        assert imap.sign_ins == (7 if wrong.get("imap_password") else 0)


def test_a_silent_mailbox_is_given_up_after_the_time_out(connected: Connected) -> None:
    with smtp_sink.silent() as port, connected(imap_port=port, imap_timeout_seconds=0.2).app_context():
        began = time.monotonic()
        with pytest.raises(OSError, match="timed out"):
            incoming_mail.poll()
        assert time.monotonic() - began < 2


def test_without_a_mailbox_nobody_is_asked(app: Flask) -> None:
    assert incoming_mail.poll() == 0


def test_a_mailbox_needs_a_name_and_a_password() -> None:
    with pytest.raises(config.MissingSettings, match="IMAP_USERNAME"):
        config.load(_env_file=None, environment="testing", imap_host="imap.example")


def test_a_mail_server_pipes_a_bounce(runner: CommandRunner) -> None:
    result = runner.invoke(args=["read-mail"], input=bounced())
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "report")
    assert db.session.scalars(select(Message)).one().came_back


def test_the_pipe_tells_whom_the_envelope_named(make_app: MakeApp) -> None:
    app = make_app(bounce_address="palautus@bounces.example")
    with smtp_sink.running() as sink:
        app.config["SETTINGS"].mail_server, app.config["SETTINGS"].mail_port = "127.0.0.1", sink.port
        with app.app_context():
            outbox.post(letter())
            db.session.commit()
            worker.deliver_pass()
        result = app.test_cli_runner().invoke(
            args=["read-mail", "--recipient", sink.caught[0].sender], input=incoming_mails.report(to="x@y.example")
        )
    assert result.output.splitlines()[-1] == "report"


def test_the_pipe_never_makes_the_mail_server_write_to_the_sender(
    runner: CommandRunner, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        result = runner.invoke(args=["read-mail"], input=LETTER)
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "unknown")
    told = caplog.text + capsys.readouterr().out + result.output
    assert "eva" not in told.lower()
    assert "ruoasta" not in told


def test_while_the_database_is_away_the_mail_server_keeps_the_mail(
    runner: CommandRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("BEGIN", {}, Exception("away"))

    monkeypatch.setattr(incoming_mail, "begin_write", away)
    assert runner.invoke(args=["read-mail"], input=LETTER).exit_code == 75


def test_a_fault_of_ours_leaves_the_mail_to_a_person(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_arrived: object) -> bool:
        raise KeyError("a fault")

    monkeypatch.setattr(incoming_mail, "_is_understood", broken)
    assert incoming_mail.take(incoming_mails.out_of_office()) == "unknown"
