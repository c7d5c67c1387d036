"""The order of a form. A question never stands before the one it depends on."""

from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.database import db
from app.errors import Refused
from app.questions import conditions
from app.questions.models import Question
from app.questions.queries import Asked, form_of


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


def move(event_id: int, question_id: int, direction: Direction) -> None:
    """Let a living question and its neighbour change places; at the end of the form nothing happens.

    Refused when one of the two is asked only after the other, naming both.
    """
    order = list(form_of(event_id).questions)
    ids = [asked.id for asked in order]
    first = ids.index(question_id) - (direction is Direction.UP) if question_id in ids else -1
    if first not in range(len(order) - 1):
        return
    _must_not_depend(order[first + 1], order[first])
    order[first : first + 2] = reversed(order[first : first + 2])
    _write(order)


def end_of(event_id: int) -> int:
    """The position of a question added to the end."""
    last = db.session.scalar(select(func.max(Question.position)).where(Question.event_id == event_id))
    return (last or 0) + 1


def _must_not_depend(later: Asked, earlier: Asked) -> None:
    if later.condition and later.condition[0] == earlier.id:
        names = {"later": conditions.name(later), "earlier": conditions.name(earlier)}
        raise Refused(_("“%(later)s” is asked only after “%(earlier)s”, so it stays below it.", **names))


def _write(order: list[Asked]) -> None:
    position = {asked.id: number for number, asked in enumerate(order, 1)}
    for question in db.session.scalars(select(Question).where(Question.id.in_(position))):
        question.position = position[question.id]
    db.session.flush()
