"""The answers that a list can be narrowed by: the options of questions that are not sensitive."""

from sqlalchemy import exists, select

from app.database import db
from app.events.models import Event
from app.questions.models import Question, QuestionOption
from app.registrations.answer_models import AnswerChoice


def of_event(event: Event, language: str) -> dict[str, dict[int, str]]:
    """By question, the options that can still be chosen or that someone has chosen. One query."""
    chosen = exists().where(AnswerChoice.option_id == QuestionOption.id)
    living = Question.retired_at.is_(None) & QuestionOption.retired_at.is_(None)
    rows = db.session.execute(
        select(Question.label, QuestionOption.id, QuestionOption.label)
        .select_from(QuestionOption)
        .join(QuestionOption.question)
        .where(Question.event_id == event.id, ~Question.sensitive, living | chosen)
        .order_by(Question.position, Question.id, QuestionOption.position, QuestionOption.id)
    )
    found: dict[str, dict[int, str]] = {}
    for question, option, label in rows:
        found.setdefault(str(question.into(language)), {})[option] = str(label.into(language))
    return found
