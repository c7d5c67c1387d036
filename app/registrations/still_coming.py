"""“Still coming?”: some days before an event everyone who has a place is asked once; no answer changes nothing.

A "no" is a withdrawal like any other, so the place goes on in the same transaction.
"""

from datetime import datetime, time, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, exists, func, select

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import Event, EventStatus
from app.registrations import capacity, history, own_changes
from app.registrations.answer_models import Actor
from app.registrations.models import Announcement, Occasion, Registration, Status

AT = time(9)
TOO_NEAR = timedelta(hours=2)  # a place given up any later reaches nobody in time


def due_at(event: Event) -> datetime | None:
    """When everyone is asked (UTC): at 9.00 in Helsinki so many days before the first day; None when nobody is."""
    if event.still_coming_days is None or event.starts_at is None:
        return None
    first_day = clock.helsinki(event.starts_at).date()
    return clock.helsinki_to_utc(first_day - timedelta(days=event.still_coming_days), AT)


def next_due() -> int | None:
    """An event whose people are to be asked now. One query, and no lock."""
    candidates = select(Event).where(
        Event.status == EventStatus.PUBLISHED,
        Event.still_coming_days.is_not(None),
        Event.starts_at > clock.now() + TOO_NEAR,
        ~exists().where(Announcement.event_id == Event.id, Announcement.occasion == Occasion.STILL_COMING),
    )
    return next((event.id for event in db.session.scalars(candidates) if _is_due(event)), None)


def ask(event_id: int) -> Announcement | None:
    """Announce the question under the event's lock, unless another worker has. An event is asked about once.

    It is for those who are registered now: who comes later has just said that they come.
    """
    locked = capacity.lock(event_id)
    made = select(exists().where(Announcement.event_id == event_id, Announcement.occasion == Occasion.STILL_COMING))
    if db.session.scalar(made) or not locked.event.is_published or not _is_due(locked.event):
        return None
    counted = select(func.count(), func.max(Registration.id)).where(*audience(event_id))
    total, last = db.session.execute(counted).one()
    at = clock.now()
    announcement = Announcement(
        event_id=event_id,
        occasion=Occasion.STILL_COMING,
        created_at=at,
        due_at=at,
        last_registration_id=last or 0,
        total=total,
    )
    db.session.add(announcement)
    return announcement


def audience(event_id: int) -> list[ColumnElement[bool]]:
    """Those with a confirmed place that counts: speakers and staff are expected anyway."""
    return [
        Registration.event_id == event_id,
        Registration.status == Status.CONFIRMED,
        Registration.takes_place.is_(True),
        Registration.anonymised_at.is_(None),
    ]


def is_useful(event: Event) -> bool:
    """Whether the mails of a question that has been announced still make sense."""
    return event.is_published and not event.has_started(clock.now())


def is_asked(registration: Registration) -> bool:
    """Whether the person has been asked and can still answer."""
    event = registration.event
    asked = registration.still_coming_asked_at is not None and registration.is_confirmed
    return asked and event.is_published and not event.has_started(clock.now())


def keep(registration: Registration) -> bool:
    """ "Yes, I am coming". False when it was said already. Refused when the place is gone or the event has begun."""
    _locked, registration = own_changes.enter(registration)
    if not registration.is_confirmed:
        raise Refused(_("You have no place at the event at the moment."))
    if registration.still_coming_at is not None:
        return False
    registration.still_coming_at = clock.now()
    history.note(registration, "still-coming", actor=Actor.PERSON)
    return True


def _is_due(event: Event) -> bool:
    due = due_at(event)
    now = clock.now()
    return due is not None and event.starts_at is not None and due <= now < event.starts_at - TOO_NEAR
