"""Correcting, from the done page, the municipality that the service took from the mail address."""

from dataclasses import replace

from app import clock
from app.database import db
from app.registrations import counting, history, obstacles, own_changes, reseating, waitlist
from app.registrations.answer_models import Actor
from app.registrations.capacity import LockedEvent
from app.registrations.counting import Kind, Resource
from app.registrations.models import HOLDING, Attempt, Registration


def correct_municipality(event_id: int, nonce: str, municipality_code: str | None, organisation: str) -> None:
    """Change the answer and, when that form made a registration, the registration too; the queue follows.

    Looks the same for a form whose address had registered already: then there is no registration that it may change.
    Refused when the places of the municipality are taken.
    """
    locked = waitlist.enter(event_id)
    attempt = db.session.get_one(Attempt, nonce)
    if registration := _own(attempt, locked):
        _correct(locked, registration, municipality_code, organisation)
    elif attempt.registration_id is None and attempt.municipality_code != municipality_code:
        _must_have_room_for_another(locked, attempt, municipality_code)
    attempt.municipality_code, attempt.municipality_filled = municipality_code, False
    own_changes.go_on(locked)


def _own(attempt: Attempt, locked: LockedEvent) -> Registration | None:
    """The registration that the form made, while it can be changed and is in the same mailbox."""
    registration = attempt.registration
    if registration is None or registration.link_generation > 1 or locked.event.has_started(clock.now()):
        return None
    return registration if registration.is_active else None


def _correct(locked: LockedEvent, registration: Registration, municipality_code: str | None, organisation: str) -> None:
    old, new = registration.municipality_code, municipality_code
    if old != new:
        reseating.must_fit(locked, registration, replace(counting.claim_of(registration), municipality_code=new))
    history.note(registration, "municipality", actor=Actor.PERSON, old=old, new=new)
    registration.municipality_code = municipality_code
    registration.organisation = "" if municipality_code else organisation


def _must_have_room_for_another(locked: LockedEvent, attempt: Attempt, municipality_code: str | None) -> None:
    """The answer that a new registration would get, since the page must not tell that there was one already."""
    wanted = Resource(Kind.MUNICIPALITY, municipality_code)
    if attempt.status in HOLDING and locked.free_of(wanted) == 0:
        raise obstacles.refused(wanted, locked.event)
