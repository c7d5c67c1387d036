"""A form is changed behind the door to capacity: its options can have places, and a raised limit promotes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from app.database import db
from app.events import editing
from app.events.models import Event
from app.questions.editing import GivenOption
from app.questions.queries import Asked
from app.questions.retiring import Answered
from app.registrations import answered, limits, waitlist
from app.registrations.answer_models import AnswerChoice
from app.registrations.models import HOLDING, Registration


@dataclass(frozen=True)
class OpenForm:
    """An event whose form is being changed under its lock, and what of the form has answers."""

    event: Event
    answered: Answered


@contextmanager
def form_open(event_id: int) -> Iterator[OpenForm]:
    """Change a form inside: begins the write transaction, takes the event's lock, and promotes whom it now fits.

    Lowering withdraws nobody. Refused when the event can no longer be edited.
    """
    locked = waitlist.enter(event_id)
    editing.must_be_editable(locked.event)
    yield OpenForm(locked.event, answered.in_form_of(event_id))
    db.session.flush()
    locked.count()
    limits.note_excess(locked)
    waitlist.promote(locked)


def excess(before: Asked, given: Iterable[GivenOption]) -> list[tuple[GivenOption, int]]:
    """The options whose limit is newly set under what is taken, each with how many people more have chosen it."""
    limit = {option.id: option.places for option in before.options}
    changed = [one for one in given if one.id in limit and one.places is not None and one.places != limit[one.id]]
    taken = _taken([one.id for one in changed if one.id]) if changed else {}
    counted = [(one, taken.get(one.id or 0, 0) - (one.places or 0)) for one in changed]
    return [(one, number) for one, number in counted if number > 0]


def _taken(option_ids: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(AnswerChoice.option_id, func.count())
        .join(Registration, Registration.id == AnswerChoice.registration_id)
        .where(AnswerChoice.option_id.in_(option_ids), Registration.status.in_(HOLDING), Registration.takes_place)
        .group_by(AnswerChoice.option_id)
    )
    return {option_id: number for option_id, number in rows}
