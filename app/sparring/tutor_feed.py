"""A tutor's sparring in the own feed: agreed meetings as in the mails, the times of open polls as tentative."""

from collections.abc import Iterator
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func, select

from app import clock
from app.database import db
from app.events import feeds
from app.events.calendar import Entry
from app.people.models import User
from app.sparring import calendar_entries, labels, links
from app.sparring.meeting_models import Meeting, MeetingGuest, MeetingTutor
from app.sparring.models import RequestChange
from app.sparring.poll_models import Poll, PollStatus, PollWindow, Suits, Vote, Voter


def entries(user: User, language: str) -> list[Entry]:
    """With the UIDs and numbers that the mails have, so that nothing is there twice; in a stable order."""
    opens, closes = feeds.window(clock.helsinki(clock.now()).date())
    with force_locale(language):
        return [*_meetings(user, language, opens, closes), *_proposed(user, language)]


def changed_at() -> datetime | None:
    """The last change of any request's poll or meeting: each leaves a row in a request's log, or a revision."""
    last = (
        db.session.scalar(select(func.max(moment)))
        for moment in (RequestChange.at, Meeting.revised_at, Poll.created_at, Voter.answered_at)
    )
    return max(filter(None, last), default=None)


def _meetings(user: User, language: str, opens: datetime, closes: datetime) -> Iterator[Entry]:
    """Those called off stay as cancelled for a while, so that every calendar learns of it."""
    own = select(Meeting).join(MeetingTutor, MeetingTutor.meeting_id == Meeting.id)
    in_window = own.where(MeetingTutor.user_id == user.id, Meeting.ends_at > opens, Meeting.starts_at < closes)
    for meeting in db.session.scalars(in_window.order_by(Meeting.starts_at, Meeting.uuid)):
        yield calendar_entries.entry(meeting, language, join_url=_join_url(meeting, user))


def _join_url(meeting: Meeting, user: User) -> str:
    of_them = select(MeetingGuest).where(MeetingGuest.meeting_id == meeting.id, MeetingGuest.user_id == user.id)
    guest = db.session.scalar(of_them)
    return links.guest_url(guest) if guest else ""


def _proposed(user: User, language: str) -> Iterator[Entry]:
    """Windows of open polls, but those that the tutor has refused."""
    rows = (
        select(PollWindow, Poll)
        .join(Poll, Poll.id == PollWindow.poll_id)
        .join(Voter, Voter.poll_id == Poll.id)
        .outerjoin(Vote, (Vote.voter_id == Voter.id) & (Vote.window_id == PollWindow.id))
        .where(Poll.status == PollStatus.OPEN, Voter.user_id == user.id)
        .where(Vote.suits.is_(None) | (Vote.suits != Suits.NO), PollWindow.ends_at > clock.now())
    )
    domain = current_app.config["SETTINGS"].mail_sender.partition("@")[2]
    for window, poll in db.session.execute(rows.order_by(PollWindow.starts_at, PollWindow.id)):
        yield Entry(
            uid=f"poll-{poll.uuid}-w{window.id}@{domain}",
            sequence=0,
            created=poll.created_at,
            revised=poll.created_at,
            starts=window.starts_at,
            ends=window.ends_at,
            summary=_("Proposed: %(meeting)s", meeting=labels.meeting_title(poll.request, language)),
            status="TENTATIVE",
        )
