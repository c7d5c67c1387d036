"""What a message to a part of the list can be narrowed by: programme items with sign-up, and answers."""

from sqlalchemy import select

from app import language
from app.database import db
from app.events.models import Event, EventDay, ProgrammeItem
from app.questions.models import Question, QuestionOption
from app.registrations import by_municipality
from app.registrations.queries import OTHER
from app.registrations.workbook import group_name


def municipalities(event: Event) -> list[tuple[str, str]]:
    """Those with a registration, and other organisations under one name."""
    groups = by_municipality.groups(event, language.current())
    return [(group.code or OTHER, group_name(group, language.current())) for group in groups]


def items(event: Event) -> list[tuple[int, str]]:
    """The programme items that participants choose, in the order of the programme."""
    query = (
        select(ProgrammeItem)
        .join(ProgrammeItem.day)
        .where(EventDay.event_id == event.id, ProgrammeItem.sign_up)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    )
    return [(item.id, str(item.title.into(language.current()))) for item in db.session.scalars(query)]


def options(event: Event) -> list[tuple[int, str]]:
    """The ready answers of the event's questions, never of a sensitive one."""
    spoken = language.current()
    query = (
        select(Question.label, QuestionOption.id, QuestionOption.label)
        .join(QuestionOption, QuestionOption.question_id == Question.id)
        .where(Question.event_id == event.id, ~Question.sensitive, Question.retired_at.is_(None))
        .order_by(Question.position, QuestionOption.position, QuestionOption.id)
    )
    return [
        (option_id, f"{question.into(spoken)}: {answer.into(spoken)}")
        for question, option_id, answer in db.session.execute(query)
    ]
