"""Seasons: every event belongs to one, so the first thing a new installation writes is its season."""

from datetime import date

from flask_babel import gettext as _

from app.errors import Refused
from app.events.models import Season
from app.translated import Translated


def write(season: Season, *, name: Translated, starts_on: date, ends_on: date) -> None:
    """Give a season its name and dates. Refused when it ends before it starts."""
    if ends_on < starts_on:
        raise Refused(_("A season must end after it starts"))
    season.name, season.starts_on, season.ends_on = name, starts_on, ends_on
