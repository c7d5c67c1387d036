"""Calendar objects (RFC 5545, RFC 5546): invitation, update, cancellation and what anyone may download.

Pure functions: the same input gives the same bytes, so a mail that is sent again holds the same calendar. The shapes
are the ones that Outlook, Gmail, Thunderbird and Apple Mail are known to read alike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Literal

from icalendar import Alarm, Calendar, Event, vCalAddress, vDuration, vUri

from app.clock import helsinki

PRODUCT = "-//Kuntailmo//Kuntailmo//FI"
REFRESH_EVERY = timedelta(hours=1)

# The library would list each clock change until 2038, which Outlook misreads; the rule of the EU says it in two lines.
_HELSINKI = """\
BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:STANDARD
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
END:DAYLIGHT
END:VTIMEZONE
""".replace("\n", "\r\n").encode()

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Attendee:
    """The one person a message is for. The address must be the one the mail goes to."""

    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One day in one calendar; instants are aware, texts are plain, the summary is not empty.

    The caller stores `uid` once and never changes it, and raises `sequence` whenever time, place, join link or status
    change, cancelling included: calendars ignore a message whose number is not higher. `revised` is the instant of
    that change, not of sending. `location` of an online participant is the personal join link, `conference` too;
    neither may lead to a page where a registration is changed, because people share calendars.
    """

    uid: str
    sequence: int
    created: datetime
    revised: datetime
    starts: datetime
    ends: datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"] = "CONFIRMED"
    alarm: timedelta | None = None
    alarm_text: str = ""
    conference: str | None = None
    conference_label: str = ""


def request(entry: Entry, organizer: tuple[str, str], attendee: Attendee) -> bytes:
    """An invitation, or with a higher sequence its update. `organizer` is (name, address of a mailbox that exists)."""
    return _message("REQUEST", entry, organizer, attendee)


def cancel(entry: Entry, organizer: tuple[str, str], attendee: Attendee) -> bytes:
    """Takes the entry out of the calendar; `entry.sequence` must be above that of the last request."""
    return _message("CANCEL", replace(entry, status="CANCELLED"), organizer, attendee)


def publish(entries: Iterable[Entry], organizer: tuple[str, str], name: str | None = None) -> bytes:
    """For downloads, and with a name for subscriptions, which are asked to look again every hour.

    Names no attendee; the organizer is required (RFC 5546, section 3.2.1), so give the service's own address.
    """
    calendar = _calendar("PUBLISH")
    if not name:
        return _around(calendar.to_ical(sorted=False), [_event(entry, organizer) for entry in entries])
    _add_feed_properties(calendar, _line(name))
    return _around(calendar.to_ical(sorted=False), [_in_feed(entry, organizer) for entry in entries])


def _message(method: str, entry: Entry, organizer: tuple[str, str], attendee: Attendee) -> bytes:
    return _around(_empty(method), [_event(entry, organizer, attendee)])


@lru_cache(maxsize=1024)
def _in_feed(entry: Entry, organizer: tuple[str, str]) -> bytes:
    """Kept, since every subscriber's program reads the same entries every hour, and writing one takes a millisecond."""
    return _event(entry, organizer)


@cache
def _empty(method: str) -> bytes:
    return _calendar(method).to_ical(sorted=False)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _add_feed_properties(calendar: Calendar, name: str) -> None:
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH_EVERY, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vDuration(REFRESH_EVERY))


def _event(entry: Entry, organizer: tuple[str, str], attendee: Attendee | None = None) -> bytes:
    """Property by property, so that what everyone's entry of the same day says is rendered once for all."""
    parts = [
        b"BEGIN:VEVENT\r\n",
        _properties(uid=entry.uid, sequence=entry.sequence),
        _stamps(entry.created.replace(microsecond=0), entry.revised.replace(microsecond=0)),
        _time_and_title(entry.starts, entry.ends, _line(entry.summary)),
        _properties(description=_lines(entry.description) or None, location=_line(entry.location) or None),
        _of_the_event(_line(entry.url), entry.status, organizer),
        _properties(
            conference=_conference(entry.conference, entry.conference_label) if entry.conference else None,
            attendee=_participant(attendee) if attendee else None,
        ),
        _alarm(entry.alarm, _line(entry.alarm_text) or _line(entry.summary))
        if entry.alarm and entry.status == "CONFIRMED"
        else b"",
        b"END:VEVENT\r\n",
    ]
    return b"".join(parts)


def _properties(**given: Any) -> bytes:
    """The lines of an event's properties as the library writes them; what is None is left out."""
    event = Event()
    lines = []
    for key, value in given.items():
        if value is not None:
            name = key.replace("_", "-").upper()
            event.add(name, value)
            lines.append(event.content_line(name, event[name], sorted=False).to_ical() + b"\r\n")
    return b"".join(lines)


@lru_cache(maxsize=256)
def _stamps(created: datetime, revised: datetime) -> bytes:
    """Kept by the second: in a rush many entries are written in the same one, and the library is slow with instants."""
    created, revised = created.astimezone(UTC), revised.astimezone(UTC)
    return _properties(dtstamp=revised, created=created, last_modified=revised)


@lru_cache(maxsize=256)
def _time_and_title(starts: datetime, ends: datetime, summary: str) -> bytes:
    return _properties(dtstart=helsinki(starts), dtend=helsinki(ends), summary=summary)


@lru_cache(maxsize=256)
def _of_the_event(url: str, status: str, organizer: tuple[str, str]) -> bytes:
    return _properties(
        url=vUri(url) if url else None,
        status=status,
        transp="TRANSPARENT" if status == "TENTATIVE" else "OPAQUE",
        **{"class": "PUBLIC"},
        organizer=_address(*organizer),
    )


@lru_cache(maxsize=256)
def _alarm(before: timedelta, text: str) -> bytes:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -before)
    return alarm.to_ical(sorted=False)


def _participant(attendee: Attendee) -> vCalAddress:
    # They registered, so they have said yes: asking again would only fill the mailbox of the organiser.
    answered = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    return _address(attendee.name, attendee.email, **answered)


def _address(name: str, email: str, **parameters: str) -> vCalAddress:
    params = {"CN": _parameter(name)} if _parameter(name) else {}
    return vCalAddress(f"mailto:{_line(email)}", params=params | parameters)


def _conference(uri: str, label: str) -> vUri:
    params = {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"]}
    if _parameter(label):
        params["LABEL"] = _parameter(label)
    return vUri(_line(uri), params=params)


def _parameter(text: str) -> str:
    """A double quote cannot stand in a parameter, and few calendars undo the escape that RFC 6868 gives for it."""
    return _line(text).replace('"', "'")


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _lines(text: str) -> str:
    return "\n".join(_CONTROL.sub(" ", line).rstrip() for line in text.splitlines()).strip()


def _around(calendar: bytes, events: list[bytes]) -> bytes:
    """The events inside the calendar. The zone never changes, so it is not rendered anew."""
    opening, closing, _ = calendar.rpartition(b"END:VCALENDAR\r\n")
    return b"".join([opening, _HELSINKI, *events, closing])
