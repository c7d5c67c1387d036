"""Calendar objects (RFC 5545, RFC 5546): invitation, update, cancellation and what anyone may download.

Pure functions: the same input gives the same bytes, so a mail that is sent again holds the same calendar. The shapes
are the ones that Outlook, Gmail, Thunderbird and Apple Mail are known to read alike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

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
    status: Literal["CONFIRMED", "CANCELLED"] = "CONFIRMED"
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
        return _bytes(calendar, [_written(_event(entry, organizer)) for entry in entries])
    _add_feed_properties(calendar, _line(name))
    return _bytes(calendar, [_in_feed(entry, organizer) for entry in entries])


def _message(method: str, entry: Entry, organizer: tuple[str, str], attendee: Attendee) -> bytes:
    event = _event(entry, organizer)
    # They registered, so they have said yes: asking again would only fill the mailbox of the organiser.
    answered = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", _address(attendee.name, attendee.email, **answered))
    return _bytes(_calendar(method), [_written(event)])


@lru_cache(maxsize=1024)
def _in_feed(entry: Entry, organizer: tuple[str, str]) -> bytes:
    """Kept, since every subscriber's program reads the same entries every hour, and writing one takes a millisecond."""
    return _written(_event(entry, organizer))


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


def _event(entry: Entry, organizer: tuple[str, str]) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    for name, instant in (("dtstamp", entry.revised), ("created", entry.created), ("last-modified", entry.revised)):
        event.add(name, instant.astimezone(UTC))
    event.add("dtstart", helsinki(entry.starts))
    event.add("dtend", helsinki(entry.ends))
    _add_texts(event, entry)
    event.add("status", entry.status)
    event.add("transp", "OPAQUE")
    event.add("class", "PUBLIC")
    event.add("organizer", _address(*organizer))
    if entry.conference:
        event.add("conference", _conference(entry.conference, entry.conference_label))
    if entry.alarm and entry.status == "CONFIRMED":
        event.add_component(_alarm(entry.alarm, _line(entry.alarm_text) or _line(entry.summary)))
    return event


def _add_texts(event: Event, entry: Entry) -> None:
    event.add("summary", _line(entry.summary))
    for name, text in (("description", _lines(entry.description)), ("location", _line(entry.location))):
        if text:
            event.add(name, text)
    if entry.url:
        event.add("url", vUri(_line(entry.url)))


def _address(name: str, email: str, **parameters: str) -> vCalAddress:
    params = {"CN": _parameter(name)} if _parameter(name) else {}
    return vCalAddress(f"mailto:{_line(email)}", params=params | parameters)


def _conference(uri: str, label: str) -> vUri:
    params = {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"]}
    if _parameter(label):
        params["LABEL"] = _parameter(label)
    return vUri(_line(uri), params=params)


def _alarm(before: timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -before)
    return alarm


def _parameter(text: str) -> str:
    """A double quote cannot stand in a parameter, and few calendars undo the escape that RFC 6868 gives for it."""
    return _line(text).replace('"', "'")


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _lines(text: str) -> str:
    return "\n".join(_CONTROL.sub(" ", line).rstrip() for line in text.splitlines()).strip()


def _written(event: Event) -> bytes:
    return event.to_ical(sorted=False)


def _bytes(calendar: Calendar, events: list[bytes]) -> bytes:
    """The events inside the calendar. The zone never changes, so it is not rendered anew, which would cost a third."""
    opening, closing, _ = calendar.to_ical(sorted=False).rpartition(b"END:VCALENDAR\r\n")
    return b"".join([opening, _HELSINKI, *events, closing])
