"""The tutors of a season: their profiles, and what a suggestion must know of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from app import clock
from app.database import db
from app.errors import Refused, Stale
from app.events.models import Season
from app.people.models import User
from app.sparring import namings, pictures, queries
from app.sparring.models import Request, RequestState, Theme
from app.sparring.suggestions import Asked, Candidate, Period, Suggestion, ranked
from app.sparring.tutor_models import Naming, NamingStatus, TutorAway, TutorProfile, TutorTheme
from app.translated import Translated

BUSY = (NamingStatus.ASKED, NamingStatus.ACCEPTED)


@dataclass(frozen=True, kw_only=True)
class Written:
    """A profile as it was filled in. `picture` is the file that was sent, None to keep what there is."""

    municipality_code: str
    theme_ids: frozenset[int]
    languages: list[str]
    modes: list[str]
    takes: int
    away: list[Period]
    presentation: Translated
    is_shown: bool
    picture: bytes | None = None
    removes_picture: bool = False


def add(season: Season, user: User, written: Written) -> TutorProfile:
    """Make a user a tutor of a season. Refused when they are one already, or the picture is none. No commit."""
    if namings.profile_of(season, user):
        raise Refused(_("%(name)s is a tutor of this season already.", name=user.name))
    profile = TutorProfile(season_id=season.id, user_id=user.id, municipality_code=written.municipality_code)
    _write(profile, written)
    return profile


def save(profile_id: int, written: Written, *, version: int) -> TutorProfile:
    """Change a profile. Stale when it is not of this version any more; Refused when the picture is none. No commit."""
    row = select(TutorProfile).where(TutorProfile.id == profile_id).with_for_update()
    profile = db.session.scalars(row.execution_options(populate_existing=True)).one()
    if profile.version != version:
        raise Stale(_("Someone else changed this profile after you opened it."))
    _write(profile, written)
    return profile


def _write(profile: TutorProfile, written: Written) -> None:
    picture = pictures.portrait(written.picture) if written.picture else None
    for name in ("municipality_code", "languages", "modes", "takes", "presentation", "is_shown"):
        setattr(profile, name, getattr(written, name))
    if picture or written.removes_picture:
        profile.picture = picture
    db.session.add(profile)
    db.session.flush()
    for rows in (TutorTheme, TutorAway):
        db.session.execute(delete(rows).where(rows.profile_id == profile.id))
    db.session.add_all(TutorTheme(profile_id=profile.id, theme_id=one) for one in written.theme_ids)
    db.session.add_all(TutorAway(profile_id=profile.id, starts_on=first, ends_on=last) for first, last in written.away)


def theme_ids(profile: TutorProfile) -> list[int]:
    return list(db.session.scalars(select(TutorTheme.theme_id).where(TutorTheme.profile_id == profile.id)))


def themes_by_profile(profiles: Sequence[TutorProfile]) -> dict[int, list[Theme]]:
    """The themes of each profile, in the organisers' order."""
    found: dict[int, list[Theme]] = defaultdict(list)
    chosen = select(TutorTheme.profile_id, Theme).join(Theme).where(TutorTheme.profile_id.in_([p.id for p in profiles]))
    for profile_id, theme in db.session.execute(chosen.order_by(Theme.position, Theme.id)):
        found[profile_id].append(theme)
    return found


def away(profile: TutorProfile) -> list[Period]:
    """When a tutor is away, the earliest first."""
    own = select(TutorAway).where(TutorAway.profile_id == profile.id).order_by(TutorAway.starts_on, TutorAway.id)
    return [(one.starts_on, one.ends_on) for one in db.session.scalars(own)]


def loads(season: Season) -> dict[int, int]:
    """How many requests each profile of a season is asked to or has taken; those called off do not count."""
    counted = (
        select(Naming.profile_id, func.count())
        .join(Naming.request)
        .where(Request.season_id == season.id, Request.state != RequestState.CALLED_OFF, Naming.status.in_(BUSY))
        .group_by(Naming.profile_id)
    )
    return {profile_id: number for profile_id, number in db.session.execute(counted)}


def suggested(request: Request) -> list[tuple[TutorProfile, Suggestion]]:
    """The season's tutors who are not asked to a request yet, best first, each held against what it wishes."""
    profiles = {one.id: one for one in namings.profiles(request.season)}
    known = {one.profile_id for one in namings.of(request) if one.status in BUSY}
    others = {number: one for number, one in profiles.items() if number not in known and one.user.active}
    found = ranked(asked(request), _candidates(list(others.values()), loads(request.season)))
    return [(others[one.candidate.profile_id], one) for one in found]


def asked(request: Request) -> Asked:
    """What a request wishes of its tutors."""
    days = {clock.helsinki(one.starts_at).date() for one in queries.windows(request)}
    return Asked(
        municipality_code=request.municipality_code,
        themes=frozenset(theme.id for theme in queries.themes_of(request)),
        language=request.language,
        mode=request.mode,
        days=tuple(sorted(days)),
    )


def _candidates(profiles: Sequence[TutorProfile], taken: dict[int, int]) -> list[Candidate]:
    ids = [one.id for one in profiles]
    themes: dict[int, set[int]] = defaultdict(set)
    for row in db.session.scalars(select(TutorTheme).where(TutorTheme.profile_id.in_(ids))):
        themes[row.profile_id].add(row.theme_id)
    absences: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for gone in db.session.scalars(select(TutorAway).where(TutorAway.profile_id.in_(ids))):
        absences[gone.profile_id].append((gone.starts_on, gone.ends_on))
    return [
        Candidate(
            profile_id=one.id,
            municipality_code=one.municipality_code,
            themes=frozenset(themes[one.id]),
            languages=frozenset(one.languages),
            modes=frozenset(one.modes),
            takes=one.takes,
            taken=taken.get(one.id, 0),
            away=tuple(absences[one.id]),
        )
        for one in profiles
    ]
