"""A tutor's own engagements beside the times of a poll: agreed meetings, events, and days away."""

from datetime import time, timedelta

from flask_babel import gettext as _

from app import clock, wording
from app.sparring import tutor_away, tutor_time
from app.sparring.poll_models import PollWindow, Voter


def beside(voter: Voter, window: PollWindow, language: str) -> list[str]:
    """What a tutor has on the day of a window, each in words; of others nothing is known."""
    if voter.user_id is None:
        return []
    day = clock.helsinki(window.starts_at).date()
    begins = clock.helsinki_to_utc(day, time())
    found = tutor_time.busy([voter.user_id], begins, begins + timedelta(days=1))
    engagements = [f"{wording.time_range(one.starts_at, one.ends_at, language)} {one.title(language)}" for one in found]
    if tutor_away.on([voter.user_id], window.starts_at, window.ends_at):
        engagements.append(_("You have marked this day as away."))
    return engagements
