"""Reads of tutors and their namings that have a name."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock
from app.database import db
from app.events.models import Season
from app.people.models import User
from app.sparring.meeting_models import Meeting, MeetingGuest
from app.sparring.models import Request
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile


def of(request: Request) -> Sequence[Naming]:
    """Every naming of a request with its tutor, in the order of asking; of the one whose meeting it shares, if so."""
    asked = (
        select(Naming)
        .where(Naming.request_id == (request.joined_to_id or request.id))
        .order_by(Naming.asked_at, Naming.id)
    )
    whole = joinedload(Naming.profile).options(joinedload(TutorProfile.user), joinedload(TutorProfile.municipality))
    return db.session.scalars(asked.options(whole)).all()


def accepted_profiles(request: Request) -> list[TutorProfile]:
    """The tutors who have said yes."""
    return [one.profile for one in of(request) if one.status is NamingStatus.ACCEPTED]


def awaited(request: Request) -> list[User]:
    """The tutors who are required, and still have to say yes or no."""
    return [one.profile.user for one in of(request) if one.is_required and one.status is NamingStatus.ASKED]


def all_accepted(request: Request) -> bool:
    """Whether somebody has accepted, and nobody who is required still has to."""
    return not awaited(request) and bool(accepted_profiles(request))


def busy_with(request: Request) -> list[User]:
    """The tutors asked and those who have said yes."""
    return [one.profile.user for one in of(request) if one.status in (NamingStatus.ASKED, NamingStatus.ACCEPTED)]


def own(who: User) -> dict[int, Naming]:
    """A tutor's own namings by the number of their request; those taken back are left out."""
    mine = select(Naming).join(Naming.profile).where(TutorProfile.user_id == who.id)
    return {one.request_id: one for one in db.session.scalars(mine.where(Naming.status != NamingStatus.RELEASED))}


def told_by_calendar(request: Request) -> frozenset[str]:
    """The folded addresses whose calendars a meeting is leaving just now, because it is called off."""
    just_now = clock.now() - timedelta(minutes=1)
    guests = (
        select(MeetingGuest.email_key)
        .join(MeetingGuest.meeting)
        .where(
            Meeting.request_id == request.id,
            Meeting.called_off_at >= just_now,
            MeetingGuest.removed_at >= Meeting.called_off_at,
        )
    )
    return frozenset(db.session.scalars(guests))


def profiles(season: Season) -> Sequence[TutorProfile]:
    """The tutors of a season, with who and whose they are."""
    own = select(TutorProfile).where(TutorProfile.season_id == season.id).order_by(TutorProfile.id)
    both = (joinedload(TutorProfile.user), joinedload(TutorProfile.municipality))
    return db.session.scalars(own.options(*both)).all()


def profile_of(season: Season, who: User) -> TutorProfile | None:
    """A user's own profile in a season."""
    return db.session.scalar(
        select(TutorProfile).where(TutorProfile.season_id == season.id, TutorProfile.user_id == who.id)
    )


def profile_by_uuid(uuid: str) -> TutorProfile | None:
    return db.session.scalar(select(TutorProfile).where(TutorProfile.uuid == uuid))
