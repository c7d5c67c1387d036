"""The answers that a list can be narrowed by, and whether there are some that no list may show."""

from dataclasses import dataclass, field

from sqlalchemy import exists, or_, select

from app.database import db
from app.events.models import Event
from app.questions.models import Question, QuestionOption
from app.registrations.answer_models import AnswerChoice


@dataclass
class AnswerChoices:
    """By question, the options that can still be chosen or that someone has chosen, with their ids."""

    by_question: dict[str, dict[int, str]] = field(default_factory=dict)
    has_sensitive: bool = False


def of_event(event: Event, language: str) -> AnswerChoices:
    """What an event asks, or has asked, in one query. Options of sensitive questions are left out."""
    chosen = exists().where(AnswerChoice.option_id == QuestionOption.id)
    living = Question.retired_at.is_(None) & QuestionOption.retired_at.is_(None)
    rows = db.session.execute(
        select(Question.sensitive, Question.label, QuestionOption.id, QuestionOption.label)
        .outerjoin(QuestionOption, QuestionOption.question_id == Question.id)
        .where(Question.event_id == event.id, or_(Question.sensitive, living, chosen))
        .order_by(Question.position, Question.id, QuestionOption.position, QuestionOption.id)
    )
    found = AnswerChoices()
    for sensitive, question, option, label in rows:
        if sensitive:
            found.has_sensitive = True
        elif option:
            found.by_question.setdefault(str(question.into(language)), {})[option] = str(label.into(language))
    return found
