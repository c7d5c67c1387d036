"""Someone has looked a registration through and found it in order: who, and when."""

from app import clock
from app.people.models import User
from app.registrations.models import Registration


def mark_checked(registration: Registration, *, by: User) -> None:
    """Mark as checked now by `by`; a mark that is already there stays as it is."""
    if registration.checked_at is None:
        registration.checked_at, registration.checked_by_id = clock.now(), by.id


def unmark(registration: Registration) -> None:
    registration.checked_at = registration.checked_by_id = None
