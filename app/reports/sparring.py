"""The figures of a season's sparring: what was asked for, what was held, how soon, by whom, and how it was liked."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import mean, median
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app import clock
from app.database import db
from app.events.models import Attendance, Season
from app.language import NAMES
from app.people import queries as people
from app.reports import held
from app.sparring.labels import METHODS, STARTING_LEVELS, STATES, WISHED_MODES
from app.sparring.meeting_models import Meeting, MeetingFeedback, MeetingTutor
from app.sparring.models import Request, RequestTheme, Theme, WishedMode
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile

_AS_WISHED = {
    Attendance.ON_SITE: WishedMode.ON_SITE,
    Attendance.ONLINE: WishedMode.ONLINE,
    Attendance.HYBRID: WishedMode.HYBRID,
}


class Part(StrEnum):
    """What requests are counted by."""

    STATE = "state"
    MODE = "mode"
    METHOD = "method"
    THEME = "theme"
    LANGUAGE = "language"
    LEVEL = "level"


@dataclass(frozen=True)
class Line:
    """A row of a breakdown: of all requests, and of those that were held."""

    label: str
    requests: int
    held: int


@dataclass(frozen=True)
class Load:
    """A tutor of the season: how many sparrings they take, have said yes to, and have held."""

    name: str
    municipality: str
    takes: int
    accepted: int
    held: int


@dataclass(frozen=True)
class Feedback:
    """Averages from 1 to 5, of `answers` municipalities; None where nobody has answered."""

    answers: int
    usefulness: float | None
    arrangements: float | None


@dataclass(frozen=True)
class Figures:
    requests: int
    held: int
    participants: int
    reached: int
    region: int
    days_to_meeting: Sequence[int]
    parts: Mapping[Part, Sequence[Line]]
    load: Sequence[Load]
    feedback: Feedback

    @property
    def median_days(self) -> float | None:
        """From the request to the day of its meeting."""
        return median(self.days_to_meeting) if self.days_to_meeting else None


def of_season(season: Season, language: str) -> Figures:
    """All figures of a season, in a fixed number of queries; labels in `language`, which must be the locale's."""
    asked = db.session.scalars(select(Request).where(Request.season_id == season.id)).all()
    meetings = {meeting.request_id: meeting for meeting in _held_meetings(season)}
    done = {request.id for request in held.requests(season)}
    region = {one.code for one in people.municipalities_of_the_region(language)}
    return Figures(
        requests=len(asked),
        held=len(done),
        participants=sum(meeting.attended or 0 for meeting in meetings.values()),
        reached=len(region & held.by_municipality(season).keys()),
        region=len(region),
        days_to_meeting=sorted(_days(request, meetings[request.id]) for request in asked if request.id in meetings),
        parts=_parts(asked, done, meetings, _themes(asked, language), language),
        load=_load(season, language),
        feedback=_feedback(meetings.values()),
    )


def _held_meetings(season: Season) -> Sequence[Meeting]:
    own = select(Meeting).join(Meeting.request).where(held.is_held(season), Meeting.called_off_at.is_(None))
    return db.session.scalars(own).all()


def _days(request: Request, meeting: Meeting) -> int:
    days = clock.helsinki(meeting.starts_at).date() - clock.helsinki(request.created_at).date()
    return max(0, days.days)


def _parts(
    asked: Sequence[Request],
    done: set[int],
    meetings: Mapping[int, Meeting],
    themes: Mapping[int, list[str]],
    language: str,
) -> dict[Part, list[Line]]:
    """Modes are counted as wished, and of held meetings as they were held; methods and themes may be several."""

    def lines(labels: Mapping[Any, Any], values: Callable[[Request], Iterable[Any]], kept: Any = None) -> list[Line]:
        of_all = Counter(value for one in asked for value in values(one))
        of_held = Counter(value for one in asked if one.id in done for value in (kept or values)(one))
        return [Line(str(label), of_all[value], of_held[value]) for value, label in labels.items()]

    named = sorted({name for names in themes.values() for name in names}, key=lambda name: _often(name, themes))
    return {
        Part.STATE: lines(STATES, lambda one: [one.state]),
        Part.MODE: lines(WISHED_MODES, lambda one: [one.mode], lambda one: [_mode(one, meetings)]),
        Part.METHOD: lines(METHODS, lambda one: one.methods),
        Part.THEME: lines({name: name for name in named}, lambda one: themes.get(one.id, [])),
        Part.LANGUAGE: lines(NAMES, lambda one: [one.language]),
        Part.LEVEL: lines(STARTING_LEVELS | {None: _("Not told")}, lambda one: [one.starting_level]),
    }


def _mode(request: Request, meetings: Mapping[int, Meeting]) -> WishedMode:
    meeting = meetings.get(request.id)
    return _AS_WISHED[meeting.attendance] if meeting else request.mode


def _often(name: str, themes: Mapping[int, list[str]]) -> tuple[int, str]:
    return -sum(name in names for names in themes.values()), name


def _themes(asked: Sequence[Request], language: str) -> dict[int, list[str]]:
    chosen = select(RequestTheme.request_id, Theme.name).join(RequestTheme.theme)
    names: dict[int, list[str]] = {}
    for request_id, name in db.session.execute(chosen.where(RequestTheme.request_id.in_([one.id for one in asked]))):
        names.setdefault(request_id, []).append(str(name.into(language)))
    return names


def _load(season: Season, language: str) -> list[Load]:
    profiles = select(TutorProfile).where(TutorProfile.season_id == season.id)
    profiles = profiles.options(joinedload(TutorProfile.user), joinedload(TutorProfile.municipality))
    accepted, met = _accepted(season), _met(season)
    loads = [
        Load(
            name=one.user.name,
            municipality=one.municipality.name(language),
            takes=one.takes,
            accepted=accepted[one.id],
            held=met[one.user_id],
        )
        for one in db.session.scalars(profiles)
    ]
    return sorted(loads, key=lambda load: (load.municipality, load.name))


def _accepted(season: Season) -> Counter[int]:
    counted = select(Naming.profile_id, func.count()).join(Naming.profile).group_by(Naming.profile_id)
    counted = counted.where(TutorProfile.season_id == season.id, Naming.status == NamingStatus.ACCEPTED)
    return Counter({profile_id: number for profile_id, number in db.session.execute(counted)})


def _met(season: Season) -> Counter[int]:
    of_held = select(MeetingTutor.user_id, func.count()).join(Meeting, MeetingTutor.meeting_id == Meeting.id)
    of_held = of_held.join(Meeting.request).where(held.is_held(season)).group_by(MeetingTutor.user_id)
    return Counter({user_id: number for user_id, number in db.session.execute(of_held)})


def _feedback(meetings: Iterable[Meeting]) -> Feedback:
    ids = [meeting.id for meeting in meetings]
    given = db.session.scalars(select(MeetingFeedback).where(MeetingFeedback.meeting_id.in_(ids))).all()
    if not given:
        return Feedback(0, None, None)
    return Feedback(len(given), mean(one.usefulness for one in given), mean(one.arrangements for one in given))
