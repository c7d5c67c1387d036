"""Reminders to many: how long the worker needs to write them, and how fast they go out beside bare smtplib."""

import os
import smtplib
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from sqlalchemy import insert, select, update

from app import clock, create_app, worker
from app.database import db
from app.events.models import Attendance, EventDay, Mode
from app.messages.models import Message, State
from app.messages.writing import Mail
from app.registrations.mail_models import ReminderRule
from app.registrations.models import Registration, Status
from bench.servers import database, prepared, settings
from tests import builders
from tests.smtp_sink import free_port

PEOPLE = 500
ROUNDS = 3


def reminders(kind: str, server_url: str | None) -> dict[str, float]:
    """Seconds until 500 reminders stand in the outbox, and the rate of delivery as a share of bare smtplib's."""
    with _sink() as port, database(kind, server_url) as url, prepared(url):
        _people_with_a_reminder_due()
        with create_app(settings(url, mail_server="127.0.0.1", mail_port=port)).app_context():
            began = time.perf_counter()
            while worker.remind() or worker.announce():
                pass
            enqueue_seconds = time.perf_counter() - began
            rounds = [(_delivered(), _by_bare_smtplib(port), _written_beforehand(port)) for _ in range(ROUNDS)]
            db.session.remove()
            db.engine.dispose()
    ours, bare, written = (statistics.median(PEOPLE / seconds[side] for seconds in rounds) for side in range(3))
    return {
        "people": PEOPLE,
        "enqueue_seconds": round(enqueue_seconds, 2),
        "delivered_per_second": round(ours),
        "bare_smtplib_per_second": round(bare),
        "share_of_bare_rate": round(statistics.median(other / own for own, other, _ in rounds), 3),
        "written_beforehand_per_second": round(written),
    }


@contextmanager
def _sink() -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port)], env=os.environ)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise TimeoutError("the sink does not answer")


def _people_with_a_reminder_due() -> None:
    """A day that begins in 55 minutes, so that the reminder of the last hour is due."""
    event = builders.event(attendance=Attendance.ONLINE)
    builders.many_registrations(event, PEOPLE)
    db.session.execute(update(Registration).values(status=Status.CONFIRMED, mode=Mode.ONLINE))
    starts_at = clock.now() + timedelta(minutes=55)
    db.session.execute(update(EventDay).values(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)))
    db.session.execute(insert(ReminderRule).values(event_id=event.id, days_before=0))
    db.session.commit()


def _delivered() -> float:
    """Seconds that the worker needs to deliver all reminders once more."""
    db.session.execute(update(Message).values(state=State.QUEUED, attempts=0, sent_at=None, outcome=None))
    db.session.commit()
    began = time.perf_counter()
    while worker.deliver_pass():
        pass
    seconds = time.perf_counter() - began
    assert set(db.session.scalars(select(Message.state))) == {State.SENT}
    return seconds


def _by_bare_smtplib(port: int) -> float:
    """Seconds for a bare program that writes the same mails and sends them over one line."""
    rows = db.session.scalars(select(Message)).all()
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as line:
        for row in rows:
            mail = EmailMessage(policy=SMTP)
            mail["From"], mail["To"] = "Kuntailmo <kuntailmo@bench.example>", f"{row.recipient_name} <{row.recipient}>"
            mail["Subject"], mail["Message-ID"] = row.subject, row.message_id
            mail.set_content(row.text or "")
            mail.add_alternative(row.html or "", subtype="html")
            line.send_message(mail)
    return time.perf_counter() - began


def _written_beforehand(port: int) -> float:
    """Seconds for nothing but handing over the same bytes."""
    sender = Address("Kuntailmo", addr_spec="kuntailmo@bench.example")
    written = [(row.recipient, Mail(row, sender=sender).as_bytes()) for row in db.session.scalars(select(Message))]
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as line:
        for recipient, raw in written:
            line.sendmail(sender.addr_spec, [recipient], raw)
    return time.perf_counter() - began
