"""A meeting as calendars hold it: one UID for all, a SEQUENCE that rises with each change, each reader's own link."""

from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from app import clock, wording
from app.events import calendar, download
from app.events.calendar import Attendee, Entry
from app.events.models import Attendance, Mode
from app.sparring import labels, links, tutor_time
from app.sparring.meeting_models import Meeting, MeetingGuest

ALARM_ONLINE, ALARM_ON_SITE = timedelta(minutes=15), timedelta(hours=1)


def revise(meeting: Meeting) -> None:
    """Time, place or people changed: the next SEQUENCE, and a DTSTAMP that never goes backwards."""
    meeting.sequence += 1
    meeting.revised_at = max(clock.now(), meeting.revised_at)


def request(meeting: Meeting, guest: MeetingGuest) -> tuple[str, bytes]:
    """The invitation or its update, for one guest. The locale must be the guest's."""
    written = entry(meeting, guest.language, join_url=links.guest_url(guest))
    return "REQUEST", calendar.request(written, download.organizer(), Attendee(guest.name, guest.email))


def cancel(meeting: Meeting, guest: MeetingGuest) -> tuple[str, bytes]:
    """What takes the meeting out of one guest's calendar; revise the meeting first."""
    written = entry(meeting, guest.language, join_url=links.guest_url(guest))
    return "CANCEL", calendar.cancel(written, download.organizer(), Attendee(guest.name, guest.email))


def entry(meeting: Meeting, language: str, *, join_url: str = "") -> Entry:
    """The meeting for one reader; `join_url` is their own join page. The locale must be the language's."""
    online = Mode.ONLINE in meeting.attendance.modes
    return Entry(
        uid=uid(meeting),
        sequence=meeting.sequence,
        created=meeting.created_at,
        revised=meeting.revised_at,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        summary=labels.meeting_title(meeting.request, language),
        description=_description(meeting, language, join_url),
        location=_location(meeting, join_url),
        url="",
        status="CANCELLED" if meeting.called_off_at else "CONFIRMED",
        alarm=ALARM_ONLINE if online else ALARM_ON_SITE,
        conference=join_url or None if online else None,
        conference_label=_("Join"),
    )


def uid(meeting: Meeting) -> str:
    """With the domain that keeps it apart from every other calendar's."""
    domain = current_app.config["SETTINGS"].mail_sender.partition("@")[2]
    return f"{meeting.uid}@{domain}"


def place(meeting: Meeting) -> str:
    return ", ".join(filter(None, (meeting.venue, meeting.address)))


def _location(meeting: Meeting, join_url: str) -> str:
    online = join_url or _("Online")
    match meeting.attendance:
        case Attendance.ONLINE:
            return online
        case Attendance.HYBRID:
            return " / ".join(filter(None, (place(meeting), online)))
        case _:
            return place(meeting)


def _description(meeting: Meeting, language: str, join_url: str) -> str:
    tutors = [user.name for user in tutor_time.tutors_of(meeting)]
    return "\n\n".join(
        filter(
            None,
            (
                _("Tutors: %(names)s", names=wording.list_of(tutors, language)) if tutors else "",
                _("Programme, place and joining: %(url)s", url=join_url) if join_url else "",
            ),
        )
    )
