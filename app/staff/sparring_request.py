"""One sparring request: what is wished, and one part of the page for each thing that is done with it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import access
from app.sparring.models import Request
from app.staff import (
    sparring_joint,
    sparring_log_part,
    sparring_meeting_part,
    sparring_standing_part,
    sparring_tutor_words,
    sparring_tutors_part,
    sparring_wish_part,
)

bp = Blueprint("sparring_request", __name__)
bp.before_request(access.tutors)
for word in sparring_tutor_words.GLOBALS:
    bp.add_app_template_global(word)

# Each part has a template of its own, templates/staff/sparring/request_<part>.html, and finds here what it shows:
# a function of the request to the names its template reads. What only the team may see asks `manages` first.
PARTS: tuple[Callable[[Request], dict[str, Any]], ...] = (
    sparring_standing_part.shown,
    sparring_wish_part.shown,
    sparring_joint.shown,
    sparring_tutors_part.shown,
    sparring_meeting_part.shown,
    sparring_log_part.shown,
)


@bp.route("/sparring/requests/<int:request_id>")
def show(request_id: int) -> ResponseReturnValue:
    sparring = access.visible_request(request_id)
    if sees_contact := access.sees_contact(sparring):
        access.record("sparring-request.view", f"sparring:{request_id}")
    return page(sparring, sees_contact=sees_contact)


def page(sparring: Request, *, sees_contact: bool) -> str:
    """The whole page of a request; `sparring` is its name in the templates, where `request` is the browser's."""
    shown: dict[str, Any] = {}
    for part in PARTS:
        shown |= part(sparring)
    return render_template(
        "staff/sparring/request.html",
        sparring=sparring,
        manages=access.manages_events(access.user()),
        sees_contact=sees_contact,
        **shown,
    )
