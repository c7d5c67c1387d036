"""Which season a page of figures shows: `?season=` says it, else the one of today."""

from flask import abort, request

from app import language
from app.database import db
from app.events import queries as events
from app.events.models import Season
from app.sparring import queries as sparring


def chosen() -> Season | None:
    """None while there is no season at all; an unknown one does not exist (404)."""
    number = request.args.get("season", type=int)
    if number is None:
        return sparring.season_now()
    return db.session.get(Season, number) or abort(404)


def choices() -> list[tuple[int, str]]:
    return [(season.id, str(season.name.into(language.current()))) for season in events.seasons()]
