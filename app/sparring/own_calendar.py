"""A tutor's own engagements beside the times of a poll: agreed meetings, events, and days away."""

from datetime import time, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from app import clock, wording
from app.database import db
from app.sparring import tutor_time
from app.sparring.poll_models import PollWindow, Voter
from app.sparring.tutor_models import TutorAway, TutorProfile


def beside(voter: Voter, window: PollWindow, language: str) -> list[str]:
    """What a tutor has on the day of a window, each in words; of others nothing is known."""
    if voter.user_id is None:
        return []
    day = clock.helsinki(window.starts_at).date()
    begins = clock.helsinki_to_utc(day, time())
    found = tutor_time.busy([voter.user_id], begins, begins + timedelta(days=1))
    engagements = [f"{wording.time_range(one.starts_at, one.ends_at, language)} {one.title(language)}" for one in found]
    away = select(TutorAway.id).join(TutorProfile, TutorProfile.id == TutorAway.profile_id)
    on_the_day = away.where(TutorProfile.user_id == voter.user_id, TutorAway.starts_on <= day, TutorAway.ends_on >= day)
    if db.session.scalar(on_the_day.limit(1)):
        engagements.append(_("You have marked this day as away."))
    return engagements
