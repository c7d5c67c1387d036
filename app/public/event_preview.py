"""A draft as it will be seen by everyone, in each language, for organisers only."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from app import access
from app.events import queries as event_queries
from app.public import events

bp = Blueprint("event_preview", __name__)
bp.before_request(access.signed_in)
bp.before_request(access.organisers)


@bp.get("/<lang:language>/events/<slug>/preview")
def show(slug: str) -> ResponseReturnValue:
    event = event_queries.by_slug(slug) or abort(404)
    if not event.is_draft:
        return redirect(url_for("public.events.show", slug=slug))
    return events.page(event)
