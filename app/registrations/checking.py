"""Someone has looked a registration through and found it in order: who, and when."""

from app import clock
from app.people.models import User
from app.registrations import history
from app.registrations.models import Registration


def mark_checked(registration: Registration, *, by: User) -> None:
    """Mark as checked now by `by`; a mark that is already there stays as it is."""
    if registration.checked_at is None:
        history.note(registration, "checked", by=by.id)
        registration.checked_at, registration.checked_by_id = clock.now(), by.id


def unmark(registration: Registration, *, by: User) -> None:
    """Remove the mark, if there is one."""
    if registration.checked_at is not None:
        history.note(registration, "unchecked", by=by.id)
        registration.checked_at = registration.checked_by_id = None
