"""Taking a published event back, while nobody has registered."""

from flask_babel import gettext as _
from sqlalchemy import exists, select

from app.database import db
from app.errors import Refused
from app.events.models import Event, EventStatus
from app.registrations import capacity
from app.registrations.models import Registration


def is_possible(event: Event) -> bool:
    """Whether an event is published and has never had a registration, withdrawn ones counted too."""
    has_some = db.session.scalars(select(exists().where(Registration.event_id == event.id))).one()
    return event.is_published and not has_some


def unpublish(event_id: int) -> Event:
    """Make an event a draft again; its address stays. Enters by the door, so that nobody registers meanwhile.

    Refused when someone has registered: then it can be called off.
    """
    locked = capacity.lock(event_id)
    if not is_possible(locked.event):
        raise Refused(_("People have registered already, so the event can only be called off."))
    locked.event.status = EventStatus.DRAFT
    return locked.event
