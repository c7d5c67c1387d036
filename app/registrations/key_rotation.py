"""Changing the key of sensitive answers: what other keys have sealed is sealed anew with the first one."""

from dataclasses import dataclass

from sqlalchemy import select, tuple_

from app.database import db
from app.registrations import sealing
from app.registrations.answer_models import Answer

STEP = 200
Place = tuple[int, int]


@dataclass
class Step:
    """One short transaction's work: how many were sealed anew, how many no key opens, where to go on (None: done)."""

    sealed: int = 0
    unreadable: int = 0
    next: Place | None = None


def step(after: Place = (0, 0)) -> Step:
    """Seal the next answers anew, in the order of their keys; the caller has begun a write transaction and commits."""
    done = Step()
    rows = db.session.scalars(
        select(Answer)
        .where(Answer.sealed.is_not(None), tuple_(Answer.registration_id, Answer.question_id) > after)
        .order_by(Answer.registration_id, Answer.question_id)
        .limit(STEP)
        .with_for_update()
    ).all()
    for answer in rows:
        try:
            answer.sealed = sealing.sealed_anew(answer.sealed or b"")
            done.sealed += 1
        except sealing.CannotOpen:
            done.unreadable += 1
    if len(rows) == STEP:
        done.next = (rows[-1].registration_id, rows[-1].question_id)
    return done
