"""The worker's loop: one step's fault is its own."""

from itertools import pairwise
from threading import Event

from flask import Flask
from sqlalchemy import text

from app import worker
from app.database import db
from app.worker import Step


def test_a_step_that_fails_is_left_alone_for_a_while_and_holds_up_nobody(app: Flask) -> None:
    stop = Event()
    tried: list[str] = []

    def fails() -> int:
        tried.append("fails")
        db.session.execute(text("SELECT * FROM nowhere"))
        return 1

    def works() -> int:
        tried.append("works")
        if tried.count("works") == 5:
            stop.set()
        return 1

    worker.run([Step(fails), Step(works)], stop)
    assert tried == ["fails", "works", "works", "works", "works", "works"]


def test_a_step_that_fails_is_tried_again_later_and_later(app: Flask) -> None:
    def fails() -> int:
        raise ConnectionError

    step = Step(fails)
    waits = []
    for _ in range(8):
        assert step.take() == 0
        waits.append(step.not_before)
        step.not_before = 0
    gaps = [round(later - earlier) for earlier, later in pairwise(waits)]
    assert gaps == [1, 2, 4, 8, 14, 0, 0], "1, 2, 4 … seconds and never more than 30"


def test_a_step_without_work_rests(app: Flask) -> None:
    taken: list[int] = []

    def idle() -> int:
        taken.append(1)
        return 0

    step = Step(idle, idle_seconds=60)
    step.take()
    step.take()
    assert len(taken) == 1
