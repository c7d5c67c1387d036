"""What guests know of a meeting: its time, its place and its tutors; and what differs between two of these in words."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app import wording
from app.events.models import Attendance
from app.sparring import calendar_entries, tutor_time
from app.sparring.meeting_models import Meeting


@dataclass(frozen=True)
class Standing:
    starts_at: datetime
    ends_at: datetime
    attendance: Attendance
    place: str
    tutors: tuple[str, ...]


Difference = tuple[str, str, str]


def of(meeting: Meeting) -> Standing:
    return Standing(
        meeting.starts_at,
        meeting.ends_at,
        meeting.attendance,
        calendar_entries.place(meeting),
        tuple(user.name for user in tutor_time.tutors_of(meeting)),
    )


def differences(before: Standing, after: Standing, language: str) -> list[Difference]:
    """Each as (what, old, new). The locale must be the language's."""
    both = zip(_in_words(before, language), _in_words(after, language), strict=True)
    return [(label, old, new) for (label, old), (_label, new) in both if old != new]


def facts(standing: Standing, language: str) -> list[tuple[str, str]]:
    """What is to be said, as label and value. The locale must be the language's."""
    return [(label, value) for label, value in _in_words(standing, language) if value]


def _in_words(standing: Standing, language: str) -> list[tuple[str, str]]:
    is_online_only = standing.attendance is Attendance.ONLINE
    return [
        (_("When"), wording.when(standing.starts_at, standing.ends_at, language)),
        (_("How"), attendance_name(standing.attendance)),
        (_("Where"), "" if is_online_only else standing.place),
        (_("Tutors"), wording.list_of(standing.tutors, language)),
    ]


def attendance_name(attendance: Attendance) -> str:
    names = {
        Attendance.ON_SITE: _("On site"),
        Attendance.ONLINE: _("Online"),
        Attendance.HYBRID: _("On site and online"),
    }
    return names[attendance]
