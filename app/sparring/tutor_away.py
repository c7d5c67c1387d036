"""Days on which tutors take no meeting: said wherever a time is chosen, and overruled by who knows better."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from flask_babel import get_locale, ngettext
from sqlalchemy import select

from app import clock, wording
from app.database import db
from app.errors import Refused
from app.people.models import User
from app.sparring.tutor_models import TutorAway, TutorProfile


class Away(Refused):
    """A tutor has marked the day as away. It can be done all the same, but not unknowingly."""


def on(user_ids: Collection[int], starts_at: datetime, ends_at: datetime) -> Sequence[User]:
    """Which of the tutors are away on a day of this time, by name."""
    first = clock.helsinki(starts_at).date()
    last = clock.helsinki(ends_at - timedelta(microseconds=1)).date()
    theirs = select(TutorProfile.user_id).join(TutorAway, TutorAway.profile_id == TutorProfile.id)
    away = theirs.where(TutorAway.starts_on <= last, TutorAway.ends_on >= first)
    users = select(User).where(User.id.in_(user_ids), User.id.in_(away))
    return db.session.scalars(users.order_by(User.name, User.id)).all()


def in_words(users: Sequence[User], day: datetime) -> str:
    """Who is away, and when."""
    language = str(get_locale())
    return ngettext(
        "%(names)s is away on %(day)s.",
        "%(names)s are away on %(day)s.",
        len(users),
        names=wording.list_of([user.name for user in users], language),
        day=wording.date(day, language),
    )


def must_be_there(user_ids: Collection[int], starts_at: datetime, ends_at: datetime) -> None:
    """Raises Away for the tutors who have marked the day."""
    if users := on(user_ids, starts_at, ends_at):
        raise Away(in_words(users, starts_at))
