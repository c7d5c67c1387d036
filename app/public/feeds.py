"""Calendars to subscribe to: the public events for anyone, and the own events of those who sign in."""

from flask import Blueprint, abort, current_app, g, make_response, request
from flask_babel import gettext as _
from sqlalchemy import true
from werkzeug.wrappers import Response as AnyResponse

from app import access, language
from app.events import feeds
from app.events.feeds import Feed
from app.people import calendar_feeds
from app.public import personal_links
from app.public.events import as_calendar
from app.sparring import tutor_feed

bp = Blueprint("feeds", __name__)
bp.after_request(personal_links.keep_from_robots)

KEPT_FOR = "max-age=900"


@bp.get("/events.ics")
def public_events() -> AnyResponse:
    """Every public event, in the language of ?lang= or of the browser."""
    service = current_app.config["SETTINGS"].service_name
    return _answer(feeds.feed(true(), language.current(), name=service), "events", f"public, {KEPT_FOR}")


@bp.get("/cal/<token>.ics")
def own_events(token: str) -> AnyResponse:
    """The events of the user whose address it is, and a tutor's sparring, in the user's language."""
    who = calendar_feeds.user_of(token) or abort(404)
    g.own_language = who.language
    name = _("%(service)s: own events", service=current_app.config["SETTINGS"].service_name)
    own = feeds.feed(
        access.listed_events(who),
        language.current(),
        name=name,
        list_of_names=access.sees_names(who),
        others=tutor_feed.entries(who, language.current()),
        others_changed_at=tutor_feed.changed_at(),
    )
    return _answer(own, "own-events", f"private, {KEPT_FOR}")


def _answer(feed: Feed, name: str, cache_control: str) -> AnyResponse:
    response = as_calendar(make_response(feed.ics), name)
    response.last_modified = feed.changed_at
    response.headers["Cache-Control"] = cache_control
    return response.make_conditional(request)
