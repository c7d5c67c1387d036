"""What the join page says of time: how long until it begins, and where each day of several stands."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock, wording
from app.events.models import EventDay
from app.registrations import joining

SOON = timedelta(hours=2)


def until(starts_at: datetime, at: datetime) -> str:
    """How long until a moment that is still to come, as people count: tomorrow is tomorrow from midnight on."""
    left = starts_at - at
    days = (clock.helsinki(starts_at).date() - clock.helsinki(at).date()).days
    if left < SOON:
        minutes = max(1, round(left / timedelta(minutes=1)))
        return str(ngettext("It starts in %(num)s minute.", "It starts in %(num)s minutes.", minutes))
    if days == 0:
        hours = round(left / timedelta(hours=1))
        return str(
            ngettext("It starts today, in about %(num)s hour.", "It starts today, in about %(num)s hours.", hours)
        )
    if days == 1:
        return str(_("It starts tomorrow."))
    return str(ngettext("It starts in %(num)s day.", "It starts in %(num)s days.", days))


def days(of_event: Sequence[EventDay], at: datetime, language: str) -> list[dict[str, Any]]:
    """Each day in words, with where it stands at an instant."""
    return [
        {"when": wording.when(day.starts_at, day.ends_at, language), "moment": joining.moment([day], at)[0]}
        for day in of_event
    ]
