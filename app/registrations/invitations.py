"""A participant's calendar entries: one UID per registration and day, revised and cancelled by SEQUENCE (RFC 5546).

Only the recipient's own name and address stand in a calendar, and the only link in it is the one that joins: people
share calendars with colleagues.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func, insert, select

from app import clock
from app.database import db
from app.events import calendar
from app.events.days import Period
from app.events.models import Event, EventDay, Mode
from app.registrations import entry_times, links, programme_choices
from app.registrations.models import CalendarEntry, Registration

# Rows, not objects, as nearly all entries are made with the event locked.
_INSERT = insert(CalendarEntry.__table__)  # type: ignore[arg-type]


def open_entries(
    registration: Registration, days: Iterable[EventDay], *, at: datetime | None = None
) -> list[CalendarEntry]:
    """One new entry for each day that the person attends, for a registration that has just been confirmed.

    They are written already, and what is returned only tells of them: to change one, ask `entries_of` for it.
    """
    db.session.flush()
    entries = new_entries(registration, days, at=at or clock.now())
    write(registration, entries)
    return entries


def new_entries(registration: Registration, days: Iterable[EventDay], *, at: datetime) -> list[CalendarEntry]:
    """The same, not written yet."""
    return [_new_entry(registration, day, period, at) for day, period in entry_times.of(registration, days)]


def write(registration: Registration, entries: Sequence[CalendarEntry]) -> None:
    """Write new entries of a registration that is in the session."""
    db.session.flush()
    if entries:
        db.session.connection().execute(_INSERT, [_row(entry, registration) for entry in entries])


def open_again(registration: Registration, days: Iterable[EventDay]) -> list[CalendarEntry]:
    """The same for one who has waited. A change of attendance may have taken a place from them before.

    What their calendar still has is revised then, and what has ended is followed by an entry with another UID.
    """
    had_some = select(CalendarEntry.id).where(CalendarEntry.registration_id == registration.id).limit(1)
    if db.session.scalar(had_some) is None:
        return open_entries(registration, days)
    living, ended = follow_days(registration, list(days))
    return [*living, *ended]


def _row(entry: CalendarEntry, registration: Registration) -> dict[str, Any]:
    told = ("day_id", "uid", "sequence", "starts_at", "ends_at", "created_at", "revised_at")
    return {name: getattr(entry, name) for name in told} | {"registration_id": registration.id}


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
    return _follow(registration, days, entries_of(registration))


def follow_choices(registration: Registration, days: Iterable[EventDay]) -> list[CalendarEntry]:
    """Bring the entries of these days to the programme items that the person attends now. Returns what differs by it.

    Give only days on which an item was chosen, left or changed: their entries are revised in any case, since the
    items stand in the description.
    """
    days = list(days)
    day_ids = {day.id for day in days}
    living, ended = _follow(registration, days, [one for one in entries_of(registration) if one.day_id in day_ids])
    return [*living, *ended]


def _follow(
    registration: Registration, days: Iterable[EventDay], entries: list[CalendarEntry]
) -> tuple[list[CalendarEntry], list[CalendarEntry]]:
    by_day = {entry.day_id: entry for entry in entries}
    living = []
    for day, period in entry_times.of(registration, days):
        if entry := by_day.get(day.id):
            entry.starts_at, entry.ends_at = period
            revise(entry)
        else:
            entry = _new_entry(registration, day, period, clock.now(), earlier=_ended_on(registration, day))
            db.session.add(entry)
        living.append(entry)
    return living, [cancel(entry) for entry in entries if entry not in living]


def _ended_on(registration: Registration, day: EventDay) -> int:
    """How many entries of a day have ended before, by choosing nothing on it; leaves the day free for the next."""
    own = CalendarEntry.registration_id == registration.id
    for entry in db.session.scalars(select(CalendarEntry).where(own, CalendarEntry.day_id == day.id)):
        entry.day_id = None
    db.session.flush()
    uid = _uid(registration, day)
    return db.session.scalars(select(func.count()).where(own, CalendarEntry.uid.startswith(uid))).one()


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


def _new_entry(
    registration: Registration, day: EventDay, period: Period, at: datetime, *, earlier: int = 0
) -> CalendarEntry:
    domain = current_app.config["SETTINGS"].mail_sender.partition("@")[2]
    again = f"-{earlier + 1}" if earlier else ""
    return CalendarEntry(
        registration=registration,
        day_id=day.id,
        uid=f"{_uid(registration, day)}{again}@{domain}",
        sequence=0,
        starts_at=period[0],
        ends_at=period[1],
        created_at=at,
        revised_at=at,
    )


def _uid(registration: Registration, day: EventDay) -> str:
    """Without the domain. A new mailbox gets UIDs of its own: "-g2", while the first generation is not named."""
    generation = f"-g{registration.link_generation}" if registration.link_generation > 1 else ""
    return f"reg-{registration.uuid}{generation}-d{day.uuid}"


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
        description=_description(
            event, _items(entry, registration, event), language, join_url if online else None, page
        ),
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


def _items(entry: CalendarEntry, registration: Registration, event: Event) -> list[str]:
    """The programme items that the person has chosen on the day of an entry."""
    chosen = programme_choices.of(registration) if event.has_sign_up else []
    return [programme_choices.in_words(item, registration.language) for item in chosen if item.day_id == entry.day_id]


def _description(event: Event, items: list[str], language: str, join_url: str | None, page: str) -> str:
    lines = [
        str(event.summary.into(language)),
        "\n".join(items),
        _("Join the event here: %(url)s", url=join_url) if join_url else "",
        _("About the event: %(url)s", url=page),
    ]
    return "\n\n".join(filter(None, lines))
