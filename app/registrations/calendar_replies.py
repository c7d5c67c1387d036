"""Replies of participants' calendars (RFC 5546). A declined invitation is shown and asked about; it withdraws nobody.

A reply is known by its UID alone, which no two registrations share: Exchange leaves ORGANIZER out, and a shared
mailbox answers from another address than the one invited. Nothing is asked for but the words "I decline".
"""

from datetime import datetime, timedelta

from icalendar import Calendar, Component
from sqlalchemy import select

from app import clock
from app.database import db
from app.messages import queries as messages
from app.registrations import calendar_notices, notices
from app.registrations.models import CalendarEntry, Occasion, Registration

ASKED_AGAIN_AFTER = timedelta(days=1)
LONGEST_UID = 255


def note(reply: str) -> bool:
    """Take one reply into account. False when it is about no entry of ours. Does not commit."""
    try:
        answered = Calendar.from_ical(reply).walk("VEVENT")
    except ValueError:
        return False
    known = [(event, entry) for event in answered if (entry := _entry(event))]
    for event, entry in known:
        if _is_declined(event) and entry.cancelled_at is None:
            _declined(entry.registration_id, _made_at(event))
    return bool(known)


def _declined(registration_id: int, made_at: datetime | None) -> None:
    """Mark it, and ask once whether the person wants to withdraw, while that can still be done."""
    registration = db.session.get_one(Registration, registration_id, with_for_update=True, populate_existing=True)
    event, now = registration.event, clock.now()
    if not registration.is_active or not event.is_published or event.has_ended(now):
        return
    if not _says_something_new(made_at, registration.calendar_declined_at, now):
        return
    registration.calendar_declined_at = now
    asked = messages.count_since(notices.about(registration), Occasion.DECLINED, now - ASKED_AGAIN_AFTER)
    if not asked and not event.has_started(now):
        calendar_notices.declined(registration, event)


def _says_something_new(made_at: datetime | None, declined_at: datetime | None, now: datetime) -> bool:
    """The same reply may be read twice, and an old one may come late; only one made later counts again."""
    return declined_at is None or (made_at is not None and declined_at < made_at <= now)


def _entry(event: Component) -> CalendarEntry | None:
    uid = str(event.get("UID", ""))
    if not uid.isprintable() or len(uid) > LONGEST_UID:
        return None
    return db.session.scalar(select(CalendarEntry).where(CalendarEntry.uid == uid))


def _is_declined(event: Component) -> bool:
    given = event.get("ATTENDEE", [])
    attendees = given if isinstance(given, list) else [given]
    answers = {str(getattr(one, "params", {}).get("PARTSTAT", "")).upper() for one in attendees}
    return answers == {"DECLINED"}


def _made_at(event: Component) -> datetime | None:
    stamp = getattr(event.get("DTSTAMP"), "dt", None)
    return stamp if isinstance(stamp, datetime) and stamp.tzinfo else None
