"""A registration moves to another mailbox: a new address of the same person, or a colleague's."""

from collections.abc import Sequence

from app.database import db
from app.messages.addresses import folded
from app.registrations import invitations, links
from app.registrations.capacity import LockedEvent
from app.registrations.models import CalendarEntry, Registration


def move(
    locked: LockedEvent, registration: Registration, email: str, ended: Sequence[CalendarEntry]
) -> list[CalendarEntry]:
    """Give a registration its new mailbox under the lock; returns the new calendar entries, with UIDs of their own.

    `ended` are the old mailbox's entries, of which it has been told. All old links are dead.
    """
    for entry in ended:
        entry.day_id = None  # the day is free for the new mailbox's entry
    db.session.flush()
    registration.email, registration.email_key = email, folded(email)
    registration.calendar_declined_at = None  # that was the old mailbox's calendar
    registration.link_generation += 1
    links.seal(registration)
    return invitations.open_entries(registration, locked.days) if registration.is_confirmed else []
