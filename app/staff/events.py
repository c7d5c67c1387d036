"""The list of events. Everyone signed in sees one: tutors their own, viewers figures without names."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import pgettext

from app import access, clock
from app.events import listing
from app.events.listing import Part
from app.people.models import Role
from app.registrations import capacity
from app.registrations.event_changes import attendance_in_words
from app.staff import event_words, paging

bp = Blueprint("events", __name__)
for word in (*event_words.FOR_TEMPLATES, attendance_in_words):
    bp.add_app_template_global(word)


@bp.route("/events/")
def index() -> ResponseReturnValue:
    at, who = clock.now(), access.user()
    part, text = _part(), request.args.get("q", "").strip()
    condition = listing.found(text, access.listed_events(who))
    counts = listing.counts(condition, at)
    page = paging.asked(counts[part], length=listing.PER_PAGE)
    events = listing.page(condition, part, at, number=page.number)
    return render_template(
        "staff/events/index.html",
        events=events,
        places=capacity.places_of(events),
        parts=[(one.value, name, counts[one], one is part) for one, name in _part_names()],
        part=part.value,
        text=text,
        page=page,
        manages=access.manages_events(who),
        sees_registrations=who.role is not Role.VIEWER,
    )


def _part() -> Part:
    asked = request.args.get("part", "")
    return Part(asked) if asked in set(Part) else Part.UPCOMING


def _part_names() -> list[tuple[Part, str]]:
    return [
        (Part.UPCOMING, _("Upcoming")),
        (Part.DRAFTS, _("Drafts")),
        (Part.PAST, _("Past")),
        (Part.CALLED_OFF, pgettext("several events", "Called off")),
    ]
