"""A tutor's time and a request's meeting, wanted by two at the same moment: one gets it, the other is told."""

import os
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from app.database import db
from app.errors import Refused
from app.events.models import Attendance
from app.messages.models import Message
from app.people.models import User
from app.sparring import agreeing, locked, poll_queries, tutor_time
from app.sparring.agreeing import Agreement
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request
from app.sparring.poll_models import Poll
from tests import builders, meeting_builders
from tests.races.test_settling import in_contexts

ROUNDS = 10 if os.environ.get("PROVE") == "1" else 3


def open_poll(tutor: User) -> Agreement:
    """A poll in which the tutor says yes, and what the team is about to confirm: its first window's start."""
    wish = meeting_builders.request()
    meeting_builders.named(wish, tutor)
    poll = meeting_builders.poll(wish)
    meeting_builders.votes(poll)
    starts_at = poll_queries.windows(poll)[0].starts_at
    made = Agreement(poll_id=poll.id, version=poll.version, starts_at=starts_at, attendance=Attendance.ONLINE,
                     tutor_ids=frozenset({tutor.id}))  # fmt: skip
    db.session.rollback()
    return made


def confirm(agreement: Agreement, by_id: int) -> str:
    """What a team member's page does, and what came of it."""
    try:
        agreeing.confirm(agreement, by=db.session.get_one(User, by_id))
        db.session.commit()
    except Refused:
        db.session.rollback()
        return "refused"
    except (IntegrityError, OperationalError):
        db.session.rollback()
        return "error"
    return "agreed"


def at_once(app: Flask, agreements: list[Agreement], act: Callable[[Agreement, int], str] = confirm) -> Counter[object]:
    members = [builders.user().id for _ in agreements]
    db.session.rollback()
    deeds = [partial(act, one, by_id) for one, by_id in zip(agreements, members, strict=True)]
    return Counter(in_contexts(app, *deeds))


def meetings_of(tutor: User) -> list[Meeting]:
    db.session.rollback()
    starts, ends = builders.in_days(1), builders.in_days(60)
    return [one.of for one in tutor_time.busy([tutor.id], starts, ends) if isinstance(one.of, Meeting)]


def invitations(poll_id: int) -> int:
    request = db.session.get_one(Request, db.session.get_one(Poll, poll_id).request_id)
    told = select(func.count()).where(Message.about == f"sparring:{request.uuid}", Message.calendar.is_not(None))
    return db.session.scalars(told).one()


def test_of_two_who_confirm_at_once_one_does_and_the_other_is_told(app: Flask) -> None:
    for _ in range(ROUNDS):
        tutor = meeting_builders.tutor()
        agreement = open_poll(tutor)
        assert at_once(app, [agreement, agreement]) == {"agreed": 1, "refused": 1}
        assert len(meetings_of(tutor)) == 1
        assert invitations(agreement.poll_id) == 2


def test_control_without_the_locks_the_other_gets_an_error_instead(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    look, both_looked = tutor_time.must_be_free, threading.Barrier(2)

    def look_and_wait(*given: Any, **named: Any) -> None:
        look(*given, **named)
        both_looked.wait(timeout=10)

    monkeypatch.setattr(locked, "request", lambda request_id: db.session.get_one(Request, request_id))
    monkeypatch.setattr(tutor_time, "lock", lambda _user_ids: None)
    monkeypatch.setattr(tutor_time, "must_be_free", look_and_wait)
    agreement = open_poll(meeting_builders.tutor())
    assert at_once(app, [agreement, agreement])["error"] == 1


def test_one_tutor_in_two_polls_at_the_same_time_is_booked_once(app: Flask) -> None:
    for _ in range(ROUNDS):
        tutor = meeting_builders.tutor()
        assert at_once(app, [open_poll(tutor), open_poll(tutor)]) == {"agreed": 1, "refused": 1}
        assert len(meetings_of(tutor)) == 1


def test_control_with_the_look_before_the_lock_the_tutor_is_booked_twice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, both_looked = tutor_time.must_be_free, threading.Barrier(2)

    def look_then_lock(agreement: Agreement, by_id: int) -> str:
        look(agreement.tutor_ids, agreement.starts_at, builders.in_days(60))
        both_looked.wait(timeout=10)
        return confirm(agreement, by_id)

    monkeypatch.setattr(tutor_time, "must_be_free", lambda *_given, **_named: None)
    tutor = meeting_builders.tutor()
    assert at_once(app, [open_poll(tutor), open_poll(tutor)], look_then_lock) == {"agreed": 2}
    assert len(meetings_of(tutor)) == 2
