"""What a message to a part of the list can be narrowed by: programme items with sign-up, and answers."""

from sqlalchemy import select

from app import language
from app.database import db
from app.events.models import Event, EventDay, ProgrammeItem
from app.registrations import answer_choices, by_municipality
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


def answers(event: Event) -> list[tuple[str, str]]:
    """What can be answered to the event's questions, never to a sensitive one."""
    of_questions = answer_choices.of_event(event, language.current()).by_question
    return [(name, f"{question}: {words}") for question, of_it in of_questions.items() for name, words in of_it.items()]
