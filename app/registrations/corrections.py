"""Correcting, from the done page, the municipality that the service took from the mail address."""

from app import clock
from app.database import begin_write, db
from app.registrations import history
from app.registrations.answer_models import Actor
from app.registrations.models import Attempt, Registration


def correct_municipality(nonce: str, municipality_code: str | None, organisation: str) -> None:
    """Change the answer and, when that form made a registration, the registration too.

    Begins the write transaction itself. Looks the same for a form whose address had registered already: then there
    is no registration that it may change.
    """
    begin_write()
    attempt = db.session.get_one(Attempt, nonce)
    attempt.municipality_code, attempt.municipality_filled = municipality_code, False
    if attempt.registration_id is None:
        return
    registration = db.session.get_one(Registration, attempt.registration_id)
    if registration.is_active and not registration.event.has_started(clock.now()):
        old, new = registration.municipality_code, municipality_code
        history.note(registration, "municipality", actor=Actor.PERSON, old=old, new=new)
        registration.municipality_code = municipality_code
        registration.organisation = "" if municipality_code else organisation
