"""The events anyone may see: front page, list, one event, and its calendar file."""

from flask import Blueprint, Response, abort, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app import clock, language, markdown, wording
from app.events import download, feeds
from app.events import queries as events
from app.events.models import Event
from app.headers import public_page
from app.public import cards, event_page, event_words
from app.public.cards import Chosen
from app.registrations import admission, capacity, obstacles, programme_choices, queue_rule

bp = Blueprint("events", __name__)

PAST_SHOWN = 6
PAST_AT_MOST = 300


@bp.get("/<lang:language>/")
@public_page
def index() -> str:
    return _list(front=True)


@bp.get("/<lang:language>/events/")
@public_page
def listing() -> str:
    return _list(front=False)


@bp.get("/<lang:language>/events/<slug>")
@public_page
def show(slug: str) -> str:
    return page(published(slug))


def page(event: Event) -> str:
    """The page of an event; of a draft it says so, and leads nowhere that does not exist yet."""
    speaks = language.current()
    places = capacity.places_of([event])[event.id]
    standing = event_words.standing(places)
    hosts = events.hosts_of([event]).get(event.id, [])
    items = events.programme_of(event)
    offered = programme_choices.offered(event) if standing.shows_places else []
    return render_template(
        "public/event.html",
        event=event,
        days=events.days_of(event),
        programme={day_id: event_page.programme(items[day_id], offered, speaks) for day_id in items},
        programme_only_in=event_page.programme_only_in(items, speaks),
        places=places,
        standing=standing.value,
        takes_groups=event_words.takes_groups(places),
        facts_of_event=event_page.facts(places, hosts, standing, speaks),
        who_may_register=admission.in_words(event, speaks),
        municipality_limit=obstacles.limit_in_words(event, speaks),
        queue_rule=queue_rule.in_words(event, speaks),
        closes_at=event_page.closes_at(event),
        shows_materials=event.materials_public and event.shows_materials(clock.now()),
        event_words=event_words,
        wording=wording,
        markdown=markdown.render,
    )


@bp.get("/events/<slug>.ics")
@public_page
def calendar_file(slug: str) -> AnyResponse:
    """Every day of the event for any calendar, in the language of ?lang= or of the browser."""
    event = published(slug)
    days = events.days_of(event) or abort(404)
    response = make_response(download.event_file(event, days, language.current()))
    return as_calendar(response, slug).make_conditional(request)


def published(slug: str) -> Event:
    """The event of a public address; a draft does not exist for anyone (404)."""
    return events.public_by_slug(slug) or abort(404)


def as_calendar(response: Response, name: str) -> Response:
    """A download that calendars take; conditional requests are answered by its content."""
    response.headers["Content-Type"] = "text/calendar; charset=utf-8; method=PUBLISH"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response.vary.add("Accept-Language")
    response.add_etag()
    return response


def _list(*, front: bool) -> str:
    speaks = language.current()
    at = clock.now()
    upcoming = events.upcoming(at)
    chosen = Chosen.from_query(request.args.get("mode"), request.args.get("spoken"))
    all_past = request.args.get("past") == "all"
    past = events.past(at, limit=PAST_AT_MOST if all_past else PAST_SHOWN + 1)
    shown_past = past if all_past else past[:PAST_SHOWN]
    return render_template(
        "public/events.html",
        front=front,
        subscription=feeds.subscription(f"/events.ics?lang={speaks}"),
        upcoming=cards.of_upcoming([event for event in upcoming if chosen.fits(event)], speaks),
        past=cards.of_past(shown_past, speaks),
        more_past=len(past) > len(shown_past),
        mode_links=cards.mode_links(upcoming, chosen),
        language_links_of_list=cards.language_links(upcoming, chosen),
    )
