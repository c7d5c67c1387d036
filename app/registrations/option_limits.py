"""A form is changed behind the door to capacity: its options can have places, and a raised limit promotes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.database import db
from app.events import editing
from app.events.models import Event
from app.questions.retiring import Answered
from app.registrations import answered, waitlist


@dataclass(frozen=True)
class OpenForm:
    """An event whose form is being changed under its lock, and what of the form has answers."""

    event: Event
    answered: Answered


@contextmanager
def form_open(event_id: int) -> Iterator[OpenForm]:
    """Change a form inside: begins the write transaction, takes the event's lock, and promotes whom it now fits.

    Refused when the event can no longer be edited.
    """
    locked = waitlist.enter(event_id)
    editing.must_be_editable(locked.event)
    yield OpenForm(locked.event, answered.in_form_of(event_id))
    db.session.flush()
    waitlist.promote(locked)
