"""What must always be true of registrations and mail, checked from outside the rules that keep it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.database import db
from app.events.models import Event, EventStatus
from app.messages import queries as messages
from app.registrations import capacity
from app.registrations.capacity import Places
from app.registrations.queueing import Queue

STUCK_AFTER = timedelta(minutes=30)


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be, or (`note`) that a person has brought about on purpose."""

    text: str
    note: bool = False


def examine() -> list[Finding]:
    """Every finding; empty when all is well. Reads only. In English, for the operator's terminal."""
    events = list(db.session.scalars(select(Event).where(Event.status == EventStatus.PUBLISHED).order_by(Event.id)))
    places = capacity.places_of(events)
    findings = [finding for event in events for finding in _of_places(places[event.id])]
    return findings + list(_of_mail())


def _of_places(places: Places) -> Iterator[Finding]:
    event = places.event
    name = f"event {event.id} ({event.slug})"
    for resource, excess in places.excess().items():
        lowered = event.places_lowered_at is not None
        yield Finding(f"{name}, {resource.kind} {resource.which}: {excess} places taken beyond the limit", note=lowered)
    if places.waiting.total() and capacity.gives_places(event) and Queue.served(event).take(places.fits):
        yield Finding(f"{name}: someone waits beside a free place that fits")


def _of_mail() -> Iterator[Finding]:
    oldest = messages.oldest_due()
    if oldest and clock.now() - oldest > STUCK_AFTER:
        yield Finding(f"mail has been due since {oldest:%Y-%m-%d %H:%M} UTC; is the worker running?")
    if pause := messages.paused():
        yield Finding(f"the mail queue is paused: {pause.reason}, {pause.detail}")
