"""What sensitive answers add up to, without names: how many of each diet a kitchen cooks for."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from app.database import db
from app.events.models import Event
from app.questions import values
from app.questions.models import Question, QuestionOption
from app.questions.values import AnswerValue
from app.registrations import sealing
from app.registrations.answer_models import Answer
from app.registrations.models import HOLDING, Registration
from app.translated import Translated
from app.wording import sort_key

Said = AnswerValue | Translated


@dataclass(frozen=True)
class Need:
    """One sensitive question: how many have a place and answered, each answer with its number, and the unreadable."""

    question: Question
    answered: int
    lines: list[tuple[Said, int]]
    unreadable: int


def of_event(event: Event) -> list[Need]:
    """The sensitive questions with the answers of those who have a place; typed ones count together in any case."""
    asked = db.session.scalars(
        select(Question).where(Question.event_id == event.id, Question.sensitive).order_by(Question.position)
    ).all()
    sealed = db.session.execute(
        select(Answer.question_id, Answer.sealed)
        .join(Registration, Registration.id == Answer.registration_id)
        .where(Registration.event_id == event.id, Registration.status.in_(HOLDING), Answer.sealed.is_not(None))
    ).all()
    labels = _labels(event)
    by_question: dict[int, list[bytes]] = {one.id: [] for one in asked}
    for question_id, value in sealed:
        by_question[question_id].append(value or b"")
    needs = [_need(one, by_question[one.id], labels) for one in asked]
    return [need for need in needs if need.answered or need.question.retired_at is None]


def _need(question: Question, sealed: list[bytes], labels: dict[int, Translated]) -> Need:
    counts: Counter[Said] = Counter()
    written: dict[str, str] = {}
    unreadable = 0
    for one in sealed:
        try:
            value = values.from_json(question.kind, sealing.opened(one))
        except sealing.CannotOpen:
            unreadable += 1
            continue
        if isinstance(value, frozenset):
            counts.update(labels[option] for option in value)
        else:
            counts[written.setdefault(value.casefold(), value) if isinstance(value, str) else value] += 1
    ranks: dict[Said, int] = {label: rank for rank, label in enumerate(labels.values())}
    lines = sorted(counts.items(), key=lambda line: (ranks.get(line[0], 0), sort_key(str(line[0]))))
    return Need(question, len(sealed), lines, unreadable)


def _labels(event: Event) -> dict[int, Translated]:
    rows = db.session.execute(
        select(QuestionOption.id, QuestionOption.label)
        .join(QuestionOption.question)
        .where(Question.event_id == event.id, Question.sensitive)
        .order_by(QuestionOption.position, QuestionOption.id)
    )
    return {option: label for option, label in rows}
