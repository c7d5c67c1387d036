"""Taking a question out of the form: without answers it is deleted, with answers it is kept, and asked no more."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from app import clock
from app.database import db
from app.questions.models import Question, QuestionCondition, QuestionOption


@dataclass(frozen=True)
class Answered:
    """What has answers in a form, by id: questions, and options of questions.

    Which options of a sensitive question were chosen is sealed, so all of an answered one count.
    """

    questions: frozenset[int] = frozenset()
    options: frozenset[int] = frozenset()


def remove(question: Question, answered: Answered) -> None:
    """Ask a question no more. Questions that were asked only if it was answered so are from now on asked always."""
    db.session.execute(delete(QuestionCondition).where(QuestionCondition.earlier_id == question.id))
    if question.id in answered.questions:
        retire(question)
    else:
        db.session.delete(question)
    db.session.flush()


def retire(question: Question) -> None:
    """Keep a question for its answers, out of the form. Nobody waits any more for places of its options."""
    question.retired_at = clock.now()
    db.session.execute(update(QuestionOption).where(QuestionOption.question_id == question.id).values(places=None))
    db.session.execute(delete(QuestionCondition).where(QuestionCondition.question_id == question.id))


def retired_of(event_id: int) -> list[Question]:
    """The questions that were once asked and have answers, the last retired first."""
    return list(
        db.session.scalars(
            select(Question)
            .where(Question.event_id == event_id, Question.retired_at.is_not(None))
            .order_by(Question.retired_at.desc(), Question.id)
        )
    )
