"""A participant's calendar entries: one UID per registration and day, revised and cancelled by SEQUENCE (RFC 5546).

Only the recipient's own name and address stand in a calendar, and the only link in it is the one that joins: people
share calendars with colleagues.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from app import clock
from app.database import db
from app.events import calendar
from app.events.models import Event, EventDay, Mode
from app.registrations import links, own_days
from app.registrations.models import CalendarEntry, Registration


def open_entries(registration: Registration, days: Iterable[EventDay]) -> list[CalendarEntry]:
    """One new entry for each day that is the person's, for a registration that has just been confirmed."""
    at = clock.now()
    entries = [_new_entry(registration, day, at) for day in own_days.days_for(registration, days)]
    db.session.add_all(entries)
    return entries


def entries_of(registration: Registration) -> list[CalendarEntry]:
    """The live entries of a registration, the first day first."""
    return list(
        db.session.scalars(
            select(CalendarEntry)
            .where(CalendarEntry.registration_id == registration.id, CalendarEntry.cancelled_at.is_(None))
            .order_by(CalendarEntry.starts_at, CalendarEntry.id)
        )
    )


def revise(entry: CalendarEntry) -> None:
    """The time, the place or the mode changed: the next SEQUENCE, and a DTSTAMP that never goes backwards."""
    entry.sequence += 1
    entry.revised_at = max(clock.now(), entry.revised_at)


def follow_days(registration: Registration, days: list[EventDay]) -> tuple[list[CalendarEntry], list[CalendarEntry]]:
    """Bring a registration's entries to the event's days. Returns the living ones and those that end by it."""
    entries = entries_of(registration)
    by_day = {entry.day_id: entry for entry in entries}
    living = []
    for day in own_days.days_for(registration, days):
        if entry := by_day.get(day.id):
            entry.starts_at, entry.ends_at = day.starts_at, day.ends_at
            revise(entry)
        else:
            entry = _new_entry(registration, day, clock.now())
            db.session.add(entry)
        living.append(entry)
    return living, [cancel(entry) for entry in entries if entry not in living]


def cancel(entry: CalendarEntry) -> CalendarEntry:
    """End an entry for good; registering again makes a new UID, since clients remember the dead ones."""
    revise(entry)
    entry.cancelled_at = entry.revised_at
    return entry


def cancel_all(registration: Registration) -> list[CalendarEntry]:
    return [cancel(entry) for entry in entries_of(registration)]


def to_ics(entry: CalendarEntry, registration: Registration, event: Event) -> tuple[str, bytes]:
    """The METHOD and the bytes of the calendar part; the same bytes for the same revision, however often it is sent."""
    settings = current_app.config["SETTINGS"]
    organizer = (settings.service_name, settings.mail_sender)
    attendee = calendar.Attendee(registration.full_name, registration.email)
    written = _written(entry, registration, event)
    if entry.cancelled_at:
        return "CANCEL", calendar.cancel(written, organizer=organizer, attendee=attendee)
    return "REQUEST", calendar.request(written, organizer=organizer, attendee=attendee)


def own_file(registration: Registration, event: Event) -> bytes:
    """The living entries as a download (PUBLISH), with the UIDs and numbers that the mails have."""
    settings = current_app.config["SETTINGS"]
    with force_locale(registration.language):
        written = [_written(entry, registration, event) for entry in entries_of(registration)]
    return calendar.publish(written, (settings.service_name, settings.mail_sender))


def _new_entry(registration: Registration, day: EventDay, at: datetime) -> CalendarEntry:
    domain = current_app.config["SETTINGS"].mail_sender.partition("@")[2]
    return CalendarEntry(
        registration=registration,
        day_id=day.id,
        uid=f"reg-{registration.uuid}{_generation(registration)}-d{day.uuid}@{domain}",
        sequence=0,
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        created_at=at,
        revised_at=at,
    )


def _generation(registration: Registration) -> str:
    """A new mailbox gets UIDs of its own: "-g2", while the first generation is not named."""
    return f"-g{registration.link_generation}" if registration.link_generation > 1 else ""


def _written(entry: CalendarEntry, registration: Registration, event: Event) -> calendar.Entry:
    language = registration.language
    online = registration.mode is Mode.ONLINE
    join_url = links.join_url(registration)
    page = links.address(f"/{language}/events/{event.slug}")
    return calendar.Entry(
        uid=entry.uid,
        sequence=entry.sequence,
        created=entry.created_at,
        revised=entry.revised_at,
        starts=entry.starts_at,
        ends=entry.ends_at,
        summary=str(event.title.into(language)),
        description=_description(event, language, join_url if online else None, page),
        location=join_url if online else place(event, language),
        url=page,
        status="CANCELLED" if entry.cancelled_at else "CONFIRMED",
        alarm=timedelta(minutes=15) if online else timedelta(hours=1),
        alarm_text=str(event.title.into(language)),
        conference=join_url if online else None,
        conference_label=_("Join"),
    )


def place(event: Event, language: str) -> str:
    """Where an event is held on site, on one line."""
    return ", ".join(filter(None, (str(event.venue.into(language)), event.address)))


def _description(event: Event, language: str, join_url: str | None, page: str) -> str:
    lines = [
        str(event.summary.into(language)),
        _("Join the event here: %(url)s", url=join_url) if join_url else "",
        _("About the event: %(url)s", url=page),
    ]
    return "\n\n".join(filter(None, lines))
