"""A registration moves to another mailbox, which is asked first: a new address of the person, or a colleague's."""

from collections.abc import Sequence
from datetime import timedelta

from app import clock
from app.database import db
from app.messages import queries as messages
from app.messages.addresses import folded
from app.registrations import invitations, links
from app.registrations.capacity import LockedEvent
from app.registrations.models import CalendarEntry, Registration

LASTS = timedelta(days=7)
ASKED_A_DAY = 3


def is_asked_too_often(about: str, email: str, occasion: str) -> bool:
    """Whether as many mails that ask the new mailbox were sent within a day, about one matter or to the address.

    To the address by whosoever: nobody's mailbox is filled by strangers.
    """
    since = clock.now() - timedelta(days=1)
    asked = messages.count_since(about, occasion, since)
    return max(asked, messages.count_to(email, occasion, since)) >= ASKED_A_DAY


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
