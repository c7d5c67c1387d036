"""Workers that run beside each other and die: every message arrives, and a repeat is recognisable by its Message-ID."""

import os
import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from app import clock
from app.database import begin_write, db
from app.messages import delivery, outbox
from app.messages.delivery import LEASE
from app.messages.models import Message, Outcome, State
from tests.messages.conftest import Post, after_delivery, deliver, letter
from tests.smtp_sink import OK, SmtpSink

PROVE = os.environ.get("PROVE") == "1"
MAILS = 500 if PROVE else 60
KILLS = 3 if PROVE else 1
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_a_claim_holds_for_five_minutes_and_is_then_open_to_another_worker(sink: SmtpSink, post: Post) -> None:
    with time_machine.travel(MONDAY, tick=False) as travel:
        message_id = post().message_id
        delivery.claim()
        db.session.commit()  # and here the worker died
        travel.shift(LEASE)
        deliver()
        assert not sink.caught
        travel.shift(1)
        deliver()
        assert [caught.message_id for caught in sink.caught] == [message_id]
        message = db.session.scalars(select(Message)).one()
        assert (message.state, message.attempts, message.maybe_delivered) == (State.SENT, 2, True)


def test_a_worker_that_was_too_slow_does_not_overwrite_what_another_found_out(post: Post) -> None:
    with time_machine.travel(MONDAY, tick=False) as travel:
        post()
        (slow,) = delivery.claim()
        db.session.commit()
        travel.shift(LEASE + timedelta(seconds=1))
        assert not delivery.still_ours(slow)
        deliver()
        delivery.record(slow, delivery.Verdict(Outcome.TEMPORARY, "451 Later"))
        db.session.commit()
        delivery.release([slow])
        db.session.commit()
        assert db.session.scalars(select(Message)).one().state is State.SENT


def test_what_a_stopped_worker_gives_back_counts_as_untried(sink: SmtpSink, post: Post) -> None:
    message = post()
    claimed = delivery.claim()
    db.session.commit()
    delivery.release(claimed)
    db.session.commit()
    deliver()
    db.session.add(message)
    db.session.refresh(message)
    assert (message.state, message.attempts) == (State.SENT, 1)


def test_two_workers_deliver_each_message_once(sink: SmtpSink, sending: Flask, start_command: Any) -> None:
    post_many(MAILS)
    workers = [start_worker(start_command, sink) for _ in range(2)]
    wait_until(lambda: all_sent(), workers)
    for worker in workers:
        worker.stop()
        assert worker.poll() == 0, worker.log.read_text()
    assert Counter(caught.recipient for caught in sink.caught) == {f"person{n}@hanko.example": 1 for n in range(MAILS)}
    assert "person" not in "".join(worker.log.read_text() for worker in workers), "the log names nobody"


def test_a_worker_killed_at_any_moment_loses_no_mail(sink: SmtpSink, sending: Flask, start_command: Any) -> None:
    post_many(MAILS)
    for kill in range(1, KILLS + 1):
        worker = start_worker(start_command, sink)
        some = kill * MAILS // (KILLS + 1) + random.randrange(10)
        wait_until(lambda some=some: len(sink.caught) >= some, [worker])
        time.sleep(random.uniform(0, 0.02))
        worker.kill()
        let_leases_run_out()
    worker = start_worker(start_command, sink)
    wait_until(lambda: all_sent(), [worker])
    worker.stop()

    ids: dict[str, set[str]] = {}
    for caught in sink.caught:
        ids.setdefault(caught.recipient, set()).add(caught.message_id)
    assert set(ids) == {f"person{n}@hanko.example" for n in range(MAILS)}
    assert all(len(of_one_person) == 1 for of_one_person in ids.values()), "a repeat has the same Message-ID"
    assert len(sink.caught) - MAILS <= KILLS, "only what was on the line when a worker died is repeated"


def test_a_worker_told_to_stop_finishes_the_message_it_is_sending(
    sink: SmtpSink, sending: Flask, start_command: Any
) -> None:
    post_many(5)
    worker = start_worker(start_command, sink)
    wait_until(lambda: len(sink.caught) == 5, [worker])
    worker.stop()
    assert worker.poll() == 0, worker.log.read_text()
    assert all_sent()


def test_a_server_that_refuses_for_a_while_and_then_drops_the_line_loses_nothing(sink: SmtpSink, post: Post) -> None:
    answers = iter(["451 4.7.1 Greylisted", "drop", OK])
    sink.answer_data = lambda _recipient: next(answers)
    with time_machine.travel(MONDAY, tick=False) as travel:
        message = post()
        while after_delivery(message).state is State.QUEUED:
            travel.move_to(message.due_at)
    assert message.state is State.SENT
    assert [caught.message_id for caught in sink.caught] == [message.message_id] * 2


def post_many(count: int) -> None:
    begin_write()
    for number in range(count):
        outbox.post(letter(recipient=f"person{number}@hanko.example"))
    db.session.commit()


def start_worker(start_command: Any, sink: SmtpSink) -> Any:
    return start_command("flask", "worker", MAIL_SERVER="127.0.0.1", MAIL_PORT=str(sink.port))


def wait_until(reached: Any, workers: list[Any]) -> None:
    deadline = time.monotonic() + 120
    while not reached():
        assert all(worker.poll() is None for worker in workers), workers[0].log.read_text()
        assert time.monotonic() < deadline, workers[0].log.read_text()[-3000:]
        time.sleep(0.01)


def all_sent() -> bool:
    waiting = db.session.scalar(select(func.count()).where(Message.state != State.SENT))
    db.session.rollback()
    return waiting == 0


def let_leases_run_out() -> None:
    """What five minutes would do."""
    begin_write()
    db.session.execute(
        update(Message).where(Message.state == State.SENDING).values(locked_until=clock.now() - timedelta(seconds=1))
    )
    db.session.commit()
