"""The overview of one event: its figures, what can be done with it, and what its people have been told."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app import access, clock, language
from app.events import queries as events
from app.registrations import announcement_progress, by_municipality, capacity
from app.registrations.models import Status

bp = Blueprint("event", __name__)
bp.before_request(access.organisers)


@bp.route("/events/<int:event_id>")
def show(event_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    now, groups = clock.now(), by_municipality.groups(event, language.current())
    return render_template(
        "staff/events/show.html",
        event=event,
        days=events.days_of(event),
        places=capacity.places_of([event])[event.id],
        withdrawn=by_municipality.total(groups).count(Status.WITHDRAWN),
        reached=[group for group in groups if group.municipality and group.municipality.in_region and group.active],
        nobody_from=by_municipality.nobody_from(groups, language.current()),
        announcements=announcement_progress.of(event),
        now=now,
        has_ended=event.has_ended(now),
        has_registrations=bool(groups),
    )
