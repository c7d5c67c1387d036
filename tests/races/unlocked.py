"""The service with its lock taken too late: it counts first and locks then. The control of the races."""

import time

from app.database import begin_write, db
from app.events.models import Event
from app.registrations import capacity
from app.registrations.capacity import LockedEvent
from wsgi import app

__all__ = ["app"]


def _count_then_lock(event_id: int) -> LockedEvent:
    places = capacity.places_of([db.session.get_one(Event, event_id)])[event_id]
    db.session.rollback()
    time.sleep(0.05)
    begin_write()
    event = db.session.get_one(Event, event_id)
    return LockedEvent(event, places.taken, places.waiting, places.offered)


capacity.lock = _count_then_lock
