"""Reads of sparring that have a name."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock
from app.database import db
from app.events.models import Season
from app.people.models import Municipality, User
from app.sparring import links
from app.sparring.meeting_models import Meeting, MeetingFeedback, MeetingGuest, MeetingItem, NextStep
from app.sparring.models import (
    WITH_A_TIME,
    Request,
    RequestChange,
    RequestColleague,
    RequestPartner,
    RequestTheme,
    RequestWindow,
    Theme,
)
from app.sparring.round_models import CallRow, Round
from app.sparring.tutor_models import TutorProfile


def season_now() -> Season | None:
    """The season of today; between seasons the next one, else the latest."""
    today = clock.helsinki(clock.now()).date()
    unfinished = select(Season).where(Season.ends_on >= today).order_by(Season.starts_on).limit(1)
    return db.session.scalar(unfinished) or db.session.scalar(select(Season).order_by(Season.ends_on.desc()).limit(1))


def themes() -> Sequence[Theme]:
    """What can be asked about now, in the organisers' order."""
    return db.session.scalars(select(Theme).where(Theme.retired_at.is_(None)).order_by(Theme.position, Theme.id)).all()


def themes_to_choose(also: Collection[int]) -> Sequence[Theme]:
    """What can be asked about now, and the themes of the ids in `also`, retired or not."""
    offered = select(Theme).where(Theme.retired_at.is_(None) | Theme.id.in_(also))
    return db.session.scalars(offered.order_by(Theme.position, Theme.id)).all()


def colleagues(request: Request) -> Sequence[RequestColleague]:
    return db.session.scalars(
        select(RequestColleague).where(RequestColleague.request_id == request.id).order_by(RequestColleague.id)
    ).all()


def themes_of(request: Request) -> Sequence[Theme]:
    """What a request asks about, retired themes too."""
    chosen = select(Theme).join(RequestTheme).where(RequestTheme.request_id == request.id)
    return db.session.scalars(chosen.order_by(Theme.position, Theme.id)).all()


def partners(request: Request) -> Sequence[Municipality]:
    """The municipalities that would come along."""
    along = select(Municipality).join(RequestPartner).where(RequestPartner.request_id == request.id)
    return db.session.scalars(along.order_by(Municipality.code)).all()


def windows(request: Request) -> Sequence[RequestWindow]:
    """The times that would suit the municipality, the earliest first."""
    own = select(RequestWindow).where(RequestWindow.request_id == request.id)
    return db.session.scalars(own.order_by(RequestWindow.starts_at, RequestWindow.id)).all()


def changes(request: Request) -> Sequence[RequestChange]:
    """What happened to a request, the latest first."""
    of_it = select(RequestChange).where(RequestChange.request_id == request.id).options(joinedload(RequestChange.by))
    return db.session.scalars(of_it.order_by(RequestChange.id.desc())).all()


def open_round(season: Season) -> Round | None:
    """The round of a season in whose days today is; of several, the one that opened last."""
    today = clock.helsinki(clock.now()).date()
    is_open = (Round.season_id == season.id) & (Round.opens_on <= today) & (Round.closes_on >= today)
    return db.session.scalar(select(Round).where(is_open).order_by(Round.opens_on.desc(), Round.id.desc()).limit(1))


def call(uuid: str) -> CallRow | None:
    """The row of a round's call list."""
    return db.session.scalar(select(CallRow).where(CallRow.uuid == uuid))


def shown_tutors(season: Season) -> Sequence[TutorProfile]:
    """The season's tutors who agreed to stand on the public page."""
    shown = select(TutorProfile).join(TutorProfile.user).where(TutorProfile.season_id == season.id)
    shown = shown.where(TutorProfile.is_shown, User.active).order_by(User.name)
    return db.session.scalars(shown.options(joinedload(TutorProfile.user), joinedload(TutorProfile.municipality))).all()


def request_by_token(token: str) -> Request | None:
    """The request that a contact's link opens."""
    its_own = (Request.link_hash == links.digest(token)) & Request.anonymised_at.is_(None)
    return db.session.scalar(select(Request).where(its_own))


def colleague_by_token(token: str) -> RequestColleague | None:
    """The colleague whose own link this is."""
    return db.session.scalar(select(RequestColleague).where(RequestColleague.link_hash == links.digest(token)))


def meeting_of(request: Request) -> Meeting | None:
    """A request's meeting, unless it was called off."""
    return db.session.scalar(select(Meeting).where(Meeting.request_id == request.id, Meeting.called_off_at.is_(None)))


def agreed_meeting_of(request: Request) -> Meeting | None:
    """A request's meeting whose time stands: agreed, and neither called off nor held."""
    return meeting_of(request) if request.state in WITH_A_TIME else None


def latest_meeting_of(request: Request) -> Meeting | None:
    """The same, called off or not."""
    return db.session.scalar(select(Meeting).where(Meeting.request_id == request.id))


def programme_of(meeting: Meeting) -> Sequence[MeetingItem]:
    items = select(MeetingItem).where(MeetingItem.meeting_id == meeting.id)
    return db.session.scalars(items.order_by(MeetingItem.position, MeetingItem.id)).all()


def next_steps_of(meeting: Meeting) -> Sequence[NextStep]:
    return db.session.scalars(select(NextStep).where(NextStep.meeting_id == meeting.id).order_by(NextStep.id)).all()


def guest(meeting: Meeting, email_key: str) -> MeetingGuest | None:
    """Whose calendar holds the meeting, by the folded address; None when the address is nobody's, or was removed."""
    own = (MeetingGuest.meeting_id == meeting.id) & (MeetingGuest.email_key == email_key)
    return db.session.scalar(select(MeetingGuest).where(own, MeetingGuest.removed_at.is_(None)))


def feedback_of(meeting: Meeting) -> MeetingFeedback | None:
    return db.session.get(MeetingFeedback, meeting.id)


def leading(request: Request) -> Request | None:
    """The request whose meeting this one shares."""
    return db.session.get(Request, request.joined_to_id) if request.joined_to_id else None
