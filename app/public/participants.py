"""The participants' list, for those who have a place at the event."""

from flask import Blueprint, abort, render_template

from app.public import personal_links
from app.registrations import own_consents, participants

bp = Blueprint("participants", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.get("/r/<token>/participants")
def show(token: str) -> str:
    registration = personal_links.manage(token)
    if not participants.is_open_to(registration):
        abort(404)
    return render_template(
        "public/participants.html",
        event=registration.event,
        participants=participants.of(registration.event),
        is_shown=own_consents.is_listed(registration),
        token=token,
    )
