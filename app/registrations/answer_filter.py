"""Narrowing a list by what was answered: a ready answer, yes or no, or whether there is an answer at all.

Never by a sensitive question: who is on such a list would be the answer itself.
"""

from enum import StrEnum

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Text, cast, exists, or_, select

from app.database import db
from app.errors import Refused
from app.events.models import Event
from app.questions.models import Question, QuestionOption
from app.registrations.answer_models import Answer, AnswerChoice
from app.registrations.models import Registration

_DIGITS = 10


class Said(StrEnum):
    """What can be asked of a question beside its ready answers; YES and NO only of a yes/no question."""

    YES = "yes"
    NO = "no"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"


def of_option(option_id: int) -> str:
    """How an address, a form and a stored message name one ready answer."""
    return str(option_id)


def of_question(question_id: int, said: Said) -> str:
    """The same for what was said to a question."""
    return f"{question_id}:{said}"


def condition(answer: str) -> ColumnElement[bool]:
    """What a filter by such a name asks of a registration; nobody fits what is unknown, sensitive or of elsewhere."""
    number, said = _read(answer)
    if said is None:
        return exists().where(AnswerChoice.registration_id == Registration.id, AnswerChoice.option_id == number)
    asked = exists().where(Question.id == number, Question.event_id == Registration.event_id, ~Question.sensitive)
    return asked & _said(number, said)


def must_not_be_sensitive(event: Event, answer: str | None) -> None:
    """Refused, by the question's name, when a filter asks for the answers to a sensitive one."""
    if answer is None:
        return
    number, said = _read(answer)
    by_option = select(QuestionOption.question_id).where(QuestionOption.id == number)
    is_it = Question.id == number if said else Question.id.in_(by_option)
    question = db.session.scalar(select(Question).where(is_it, Question.event_id == event.id, Question.sensitive))
    if question:
        label = question.label.into(str(get_locale() or "fi"))
        raise Refused(_("“%(question)s” is a sensitive question, so no list is narrowed by it.", question=label))


def _read(answer: str) -> tuple[int, Said | None]:
    """The question and what was said to it, or the ready answer; 0, which is nobody's, for what is no such name."""
    number, _colon, said = answer.partition(":")
    is_known = number.isdecimal() and len(number) <= _DIGITS and (not said or said in set(Said))
    return (int(number), Said(said) if said else None) if is_known else (0, None)


def _said(question_id: int, said: Said) -> ColumnElement[bool]:
    typed = [Answer.registration_id == Registration.id, Answer.question_id == question_id]
    chosen = (
        exists()
        .where(AnswerChoice.registration_id == Registration.id, AnswerChoice.option_id == QuestionOption.id)
        .where(QuestionOption.question_id == question_id)
    )
    match said:
        case Said.YES:
            return exists().where(*typed, cast(Answer.value, Text) == "true")
        case Said.NO:
            return exists().where(*typed, cast(Answer.value, Text) == "false")
        case Said.ANSWERED:
            return or_(exists().where(*typed), chosen)
        case Said.UNANSWERED:
            return ~or_(exists().where(*typed), chosen)
