"""The answers that a list can be narrowed by, and whether there are some that no list may show."""

from dataclasses import dataclass, field
from itertools import groupby

from flask_babel import gettext as _
from sqlalchemy import exists, or_, select

from app.database import db
from app.events.models import Event
from app.questions.models import Question, QuestionKind, QuestionOption
from app.registrations import answer_filter
from app.registrations.answer_filter import Said
from app.registrations.answer_models import Answer, AnswerChoice


@dataclass
class AnswerChoices:
    """By question, what can be asked of its answers, by the name that answer_filter reads.

    Its options are those that can still be chosen or that someone has chosen.
    """

    by_question: dict[str, dict[str, str]] = field(default_factory=dict)
    has_sensitive: bool = False


def of_event(event: Event, language: str) -> AnswerChoices:
    """What an event asks, or has asked, in one query. Sensitive questions are left out, and texts that inform."""
    chosen = exists().where(AnswerChoice.option_id == QuestionOption.id)
    typed = exists().where(Answer.question_id == Question.id)
    living = Question.retired_at.is_(None) & QuestionOption.retired_at.is_(None)
    rows = db.session.execute(
        select(Question, QuestionOption.id, QuestionOption.label)
        .outerjoin(QuestionOption, (QuestionOption.question_id == Question.id) & or_(living, chosen))
        .where(Question.event_id == event.id, Question.kind != QuestionKind.INFORMATION)
        .where(or_(Question.retired_at.is_(None), QuestionOption.id.is_not(None), typed))
        .order_by(Question.position, Question.id, QuestionOption.position, QuestionOption.id)
    )
    found = AnswerChoices()
    for question, of_it in groupby(rows, key=lambda row: row[0]):
        if question.sensitive:
            found.has_sensitive = True
            continue
        names = found.by_question.setdefault(str(question.label.into(language)), {})
        names.update(
            (answer_filter.of_option(option), str(label.into(language))) for _question, option, label in of_it if option
        )
        names.update((answer_filter.of_question(question.id, said), words) for said, words in _sayings(question))
    return found


def _sayings(question: Question) -> list[tuple[Said, str]]:
    either = [(Said.YES, _("Yes")), (Said.NO, _("No"))] if question.kind is QuestionKind.YES_NO else []
    return [*either, (Said.ANSWERED, _("Has answered")), (Said.UNANSWERED, _("Has not answered"))]
