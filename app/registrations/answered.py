"""Which questions of a form have answers: those change their words only, or make way for another."""

from sqlalchemy import select, union

from app.database import db
from app.questions.models import Question, QuestionOption
from app.questions.retiring import Answered
from app.registrations.answer_models import Answer, AnswerChoice


def in_form_of(event_id: int) -> Answered:
    """What has answers in the form of an event, also of people who have withdrawn since."""
    typed = select(Question.id).join(Answer).where(Question.event_id == event_id)
    chosen = (
        select(QuestionOption.question_id)
        .join(AnswerChoice)
        .join(QuestionOption.question)
        .where(Question.event_id == event_id)
    )
    options = select(QuestionOption.id).join(AnswerChoice).join(QuestionOption.question)
    sealed = select(QuestionOption.id).join(QuestionOption.question).join(Answer)
    return Answered(
        questions=frozenset(db.session.scalars(union(typed, chosen))),
        options=frozenset(
            db.session.scalars(
                union(
                    options.where(Question.event_id == event_id),
                    sealed.where(Question.event_id == event_id, Question.sensitive),
                )
            )
        ),
    )
