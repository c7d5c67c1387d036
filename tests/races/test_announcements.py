"""Telling many while workers run beside each other and die: everyone hears once, and the calendar moves once."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.database import db
from app.events import queries as events
from app.messages.models import Message
from app.people.models import Role
from app.registrations import event_changes
from app.registrations.announcements import STEP
from app.registrations.models import Announcement, CalendarEntry
from app.translated import Translated
from tests import builders
from tests.conftest import StartCommand
from tests.live_server import Process

PEOPLE = 4 * STEP + 7
NOBODY_LISTENS = "9"  # the discard port: no mail goes out meanwhile


@pytest.fixture(autouse=True)
def _called_off(app: Flask) -> None:
    """An event with many people, each with a calendar entry, that has just been called off."""
    organiser, event = builders.user(Role.ORGANISER), builders.event()
    (day,) = events.days_of(event)
    hours = {"starts_at": day.starts_at, "ends_at": day.ends_at, "created_at": clock.now(), "revised_at": clock.now()}
    people = [builders.registration_row(event) for _ in range(PEOPLE)]
    db.session.add_all(CalendarEntry(registration_id=p.id, day_id=day.id, uid=f"reg-{p.uuid}", **hours) for p in people)
    db.session.commit()
    event_changes.call_off(event.id, Translated(fi="Puhuja on sairas."), by=organiser)
    db.session.commit()


def test_two_workers_tell_everyone_once(start_command: StartCommand) -> None:
    _wait_until(_is_told, [_worker(start_command), _worker(start_command)])
    _everyone_heard_once()


def test_a_worker_killed_while_it_tells_leaves_nobody_out_and_tells_nobody_twice(start_command: StartCommand) -> None:
    worker = _worker(start_command)
    _wait_until(lambda: _mails() > 0, [worker])
    worker.kill()
    assert _mails() % STEP == 0, "a step is made as a whole or not at all"
    _wait_until(_is_told, [_worker(start_command)])
    _everyone_heard_once()


def _everyone_heard_once() -> None:
    heard = Counter(db.session.scalars(select(Message.about)))
    assert (len(heard), set(heard.values())) == (PEOPLE, {1})
    entries = db.session.execute(select(CalendarEntry.sequence, CalendarEntry.cancelled_at.is_not(None))).all()
    assert {tuple(entry) for entry in entries} == {(1, True)}


def _worker(start_command: StartCommand) -> Process:
    return start_command("flask", "worker", MAIL_SERVER="127.0.0.1", MAIL_PORT=NOBODY_LISTENS)


def _is_told() -> bool:
    finished = db.session.scalars(select(Announcement.finished_at)).one()
    db.session.rollback()
    return finished is not None


def _mails() -> int:
    count = db.session.scalars(select(func.count()).select_from(Message)).one()
    db.session.rollback()
    return count


def _wait_until(reached: Callable[[], bool], workers: Sequence[Process]) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert all(worker.poll() is None for worker in workers), workers[0].log.read_text()
        assert time.monotonic() < deadline, workers[0].log.read_text()[-3000:]
        time.sleep(0.01)
