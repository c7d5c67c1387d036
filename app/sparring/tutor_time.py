"""The one door to tutors' time: whoever gives a meeting its time or its tutors passes `take`.

The tutors' rows are locked in the order of their ids, so that two meetings which want the same tutor come one after
the other; on SQLite the write transaction is that lock. Only then is it looked whether they are free.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import delete, select

from app import clock, wording
from app.database import db
from app.errors import Refused
from app.events.models import Event, EventDay, EventStatus, EventTutor
from app.people.models import User
from app.sparring import labels
from app.sparring.meeting_models import Meeting, MeetingTutor


class Taken(Refused):
    """A tutor is somewhere else at that time."""


@dataclass(frozen=True)
class Busy:
    """Where a tutor is at a time: an agreed meeting or a published event."""

    user_id: int
    starts_at: datetime
    ends_at: datetime
    of: Meeting | Event

    def title(self, language: str) -> str:
        if isinstance(self.of, Meeting):
            return labels.meeting_title(self.of.request, language)
        return str(self.of.title.into(language))


def take(meeting: Meeting, user_ids: Collection[int], starts_at: datetime, ends_at: datetime) -> None:
    """Give a meeting this time and exactly these tutors. The caller has begun the write; does not commit.

    Raises Taken, naming tutor and reason, when one of them has another agreed meeting or an event then; Refused when
    the start is no time that the clocks in Helsinki show once.
    """
    must_exist(starts_at)
    lock(user_ids)
    must_be_free(user_ids, starts_at, ends_at, but=meeting.id)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    db.session.add(meeting)
    db.session.flush()
    db.session.execute(
        delete(MeetingTutor).where(MeetingTutor.meeting_id == meeting.id, MeetingTutor.user_id.not_in(user_ids))
    )
    there = {user.id for user in tutors_of(meeting)}
    db.session.add_all(MeetingTutor(meeting_id=meeting.id, user_id=one) for one in sorted(set(user_ids) - there))
    db.session.flush()


def lock(user_ids: Collection[int]) -> None:
    """Until the transaction ends, nobody else takes these tutors' time. Rows that only refer to them need not wait."""
    rows = select(User.id).where(User.id.in_(user_ids)).order_by(User.id)
    db.session.execute(rows.with_for_update(key_share=True)).all()


def must_be_free(user_ids: Collection[int], starts_at: datetime, ends_at: datetime, *, but: int | None = None) -> None:
    """Raises Taken for the first of the tutors who is not; `but` is a meeting that does not count."""
    for one in busy(user_ids, starts_at, ends_at, but=but):
        language = str(get_locale())
        raise Taken(
            _(
                "%(tutor)s is taken then: %(what)s, %(when)s.",
                tutor=db.session.get_one(User, one.user_id).name,
                what=one.title(language),
                when=wording.when(one.starts_at, one.ends_at, language),
            )
        )


def busy(user_ids: Collection[int], starts_at: datetime, ends_at: datetime, *, but: int | None = None) -> list[Busy]:
    """What the tutors have between two instants, in order: agreed meetings, and days of published events."""
    in_meetings = (
        select(Meeting, MeetingTutor.user_id)
        .join(MeetingTutor, MeetingTutor.meeting_id == Meeting.id)
        .where(MeetingTutor.user_id.in_(user_ids), Meeting.called_off_at.is_(None), Meeting.id != (but or 0))
        .where(Meeting.starts_at < ends_at, Meeting.ends_at > starts_at)
    )
    in_events = (
        select(EventDay, EventTutor.user_id)
        .join(EventTutor, EventTutor.event_id == EventDay.event_id)
        .join(Event, Event.id == EventDay.event_id)
        .where(EventTutor.user_id.in_(user_ids), Event.status == EventStatus.PUBLISHED)
        .where(EventDay.starts_at < ends_at, EventDay.ends_at > starts_at)
    )
    found = [Busy(user, one.starts_at, one.ends_at, one) for one, user in db.session.execute(in_meetings)]
    found += [Busy(user, day.starts_at, day.ends_at, day.event) for day, user in db.session.execute(in_events)]
    return sorted(found, key=lambda one: (one.starts_at, one.user_id))


def tutors_of(meeting: Meeting) -> Sequence[User]:
    """Whose time the meeting has taken, by name."""
    of_it = select(User).join(MeetingTutor, MeetingTutor.user_id == User.id)
    return db.session.scalars(of_it.where(MeetingTutor.meeting_id == meeting.id).order_by(User.name, User.id)).all()


def must_exist(starts_at: datetime) -> None:
    """Refuse a wall time that the clock change in Helsinki shows twice: nobody could tell which is meant."""
    local = clock.helsinki(starts_at)
    try:
        clock.helsinki_to_utc(local.date(), local.time())
    except clock.ImpossibleLocalTime:
        raise Refused(_("The clocks go back that night and show this time twice. Choose another time.")) from None
