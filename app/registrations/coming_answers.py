"""What people have said when they were asked whether they are still coming; a "no" is a withdrawal."""

from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from app.database import db
from app.events.models import Event
from app.registrations.models import Registration, Status


class Coming(StrEnum):
    UNANSWERED = "unanswered"
    YES = "yes"


def said(answer: Coming) -> list[ColumnElement[bool]]:
    """The conditions of one who has a place, was asked, and has said this or nothing."""
    has_said = Registration.still_coming_at.is_not(None)
    return [
        Registration.status == Status.CONFIRMED,
        Registration.still_coming_asked_at.is_not(None),
        has_said if answer is Coming.YES else ~has_said,
    ]


def counts(event: Event) -> dict[Coming, int]:
    """How many of those asked have said what; empty when nobody was asked. One query, none if it never will be."""
    if event.still_coming_days is None:
        return {}
    counted = [func.count().filter(*said(answer)) for answer in Coming]
    figures = db.session.execute(select(*counted).where(Registration.event_id == event.id)).one()
    return dict(zip(Coming, figures, strict=True)) if any(figures) else {}
