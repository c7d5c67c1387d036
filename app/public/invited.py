"""Opening an invitation link. It is kept for the browser's session, so that no error or language loses it."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app import language
from app.events.models import Event
from app.public import personal_links
from app.registrations import invitation_links
from app.registrations.invitation_links import NotUsable
from app.registrations.models import Invitation

bp = Blueprint("invited", __name__)
bp.after_request(personal_links.keep_from_robots)

KEY = "invitations"


@bp.get("/i/<token>")
def follow(token: str) -> ResponseReturnValue:
    invitation = invitation_links.by_token(token)
    if invitation is None or not invitation.event.is_published:
        return render_template("public/invitation_unknown.html", event=None, reason=""), 404
    try:
        invitation_links.must_be_usable(invitation.event, invitation.id)
    except NotUsable as refused:
        return render_template("public/invitation_unknown.html", event=invitation.event, reason=str(refused)), 410
    session[KEY] = session.get(KEY, {}) | {str(invitation.event_id): token}
    slug, spoken = invitation.event.slug, language.current()
    return redirect(url_for("public.registrations.register", language=spoken, slug=slug))


def kept(event: Event) -> Invitation | None:
    """The invitation to an event by which this browser came. Whether it can still be used, booking says."""
    token = session.get(KEY, {}).get(str(event.id))
    return invitation_links.by_token(token) if token else None


def let_go(event: Event) -> None:
    """Forget an invitation that has been used, or can no longer be."""
    session[KEY] = {event_id: token for event_id, token in session.get(KEY, {}).items() if event_id != str(event.id)}
