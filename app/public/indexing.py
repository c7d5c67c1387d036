"""What search engines may find: the public pages, and nothing with a secret in its address."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app import clock, language
from app.events import queries as events
from app.registrations import links

bp = Blueprint("indexing", __name__)

KEPT_OUT = ("/i/", "/j/", "/r/", "/s/", "/u/", "/cal/", "/staff/", "/sign-in/", "/api/", "/dev/")
PAST_EVENTS = 500


@bp.get("/robots.txt")
def robots() -> ResponseReturnValue:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in KEPT_OUT), f"Sitemap: {links.address('/sitemap.xml')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    now = clock.now()
    shown = [*events.upcoming(now), *events.past(now, limit=PAST_EVENTS)]
    paths = [
        "/events/",
        "/sparring/",
        *(f"/events/{event.slug}" for event in shown),
        "/accessibility",
        "/privacy",
        "/contact",
    ]
    pages = [{spoken: links.address(f"/{spoken}{path}") for spoken in language.LANGUAGES} for path in paths]
    return Response(render_template("public/pages/sitemap.xml", pages=pages), mimetype="application/xml")
