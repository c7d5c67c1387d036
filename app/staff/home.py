"""Where the signed-in begin: the next events with their figures, and what surrounds every staff page."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import access, clock, language, wording
from app.events import listing
from app.events.listing import Part
from app.people.models import Role, User
from app.registrations import capacity
from app.registrations.capacity import Places
from app.staff import event_words

bp = Blueprint("home", __name__)

SHOWN = 6


@bp.route("/")
def index() -> ResponseReturnValue:
    who, at = access.user(), clock.now()
    condition = access.listed_events(who)
    coming = listing.page(condition, Part.UPCOMING, at, number=1)[:SHOWN]
    past = listing.page(condition, Part.PAST, at, number=1)[:SHOWN]
    places = capacity.places_of([*coming, *past])
    return render_template(
        "staff/home.html",
        who=who,
        coming=[_card(places[event.id], who) for event in coming],
        past=[_card(places[event.id], who) for event in past],
        manages=access.manages_events(who),
    )


def _card(places: Places, who: User) -> dict[str, Any]:
    """An event in the list, with its figures, leading where this user works on it."""
    event, spoken = places.event, language.current()
    title = event.title.into(spoken)
    day = event.starts_at
    return {
        "title": title,
        "title_language": title.language if title.is_fallback else None,
        "url": _address(event.id, who),
        "tile": wording.date_tile(day, clock.now(), spoken) if day else {"month": "", "day": None, "below": None},
        "when": event_words.event_dates(event),
        "meta": [
            event_words.event_dates(event),
            *(f"{mode.name}: {mode.places}" for mode in event_words.modes_in_words(places)),
        ],
        "room": _room(places),
    }


def _room(places: Places) -> dict[str, Any]:
    """Those who take part and those who wait, both ways together."""
    taken, waiting = sum(places.taken.values()), sum(places.waiting.values())
    limits = [places.event.places(mode) for mode in places.event.modes]
    return {
        "words": ngettext("%(num)s place taken", "%(num)s places taken", taken),
        "detail": ngettext("%(num)s waiting", "%(num)s waiting", waiting) if waiting else None,
        "taken": taken,
        "limit": None if None in limits else sum(limit or 0 for limit in limits),
    }


def _address(event_id: int, who: User) -> str:
    if access.manages_events(who):
        return url_for("staff.event.show", event_id=event_id)
    if who.role is Role.TUTOR:
        return url_for("staff.registrations.index", event_id=event_id)
    return url_for("staff.events.index")


@bp.app_context_processor
def staff_navigation() -> dict[str, Any]:
    """The organisers' bar: what each role may open."""
    if request.blueprint is None or not request.blueprint.startswith("staff"):
        return {}
    pages = [(_("Home"), "staff.home.index", ("home", "account")), (_("Events"), "staff.events.index", _EVENTS)]
    sparring = "sparring_board" if access.sees_names(access.user()) else "sparring_figures"
    pages.append((_("Sparring"), f"staff.{sparring}.index", (*_SPARRING, *_ROUNDS)))
    if access.user().role is Role.ADMINISTRATOR:
        pages += [
            (_("Users"), "staff.users.index", ("users",)),
            (_("Mail domains"), "staff.mail_domains.index", ("mail_domains",)),
            (_("Access log"), "staff.access_log.index", ("access_log",)),
        ]
    here = request.blueprint.partition(".")[2]
    return {"staff_navigation": [(label, url_for(endpoint), here in parts) for label, endpoint, parts in pages]}


_ROUNDS = ("sparring_rounds", "sparring_calls", "sparring_invitations", "sparring_figures", "coverage")
_EVENTS = (
    *("events", "event", "event_editing", "programme", "publishing", "calling_off", "copying", "municipalities"),
    *("registrations", "registration", "registration_changes", "rules", "invitations", "queue", "approval"),
    *("messages", "message_texts", "message_to_part", "seasons", "needs", "erasing", "registration_programme"),
    *("questions", "question_editing", "question_library", "form_preview"),
)
_SPARRING = (
    *("sparring_board", "sparring_request", "sparring_changes", "sparring_tutors", "sparring_own_profile"),
    *("sparring_rounds", "sparring_calls", "sparring_invitations", "sparring_figures", "coverage", "sparring_poll"),
    *("sparring_agree", "sparring_meeting", "sparring_meeting_changes", "sparring_meeting_programme"),
    *("sparring_afterwards", "sparring_themes"),
)
