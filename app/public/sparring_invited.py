"""The page behind an invitation to ask for sparring. Opening it changes nothing; its button begins the request."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock, language, markdown
from app.database import begin_write, db
from app.forms import Form
from app.public import form_posts, personal_links, sparring_drafts
from app.sparring import call_invitations
from app.sparring.round_models import CallRow, CallStatus

bp = Blueprint("sparring_invited", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.get("/s/round/<token>")
def show(token: str) -> ResponseReturnValue:
    return _page(_row(token))


@bp.post("/s/round/<token>")
@form_posts.limited()
def begin(token: str) -> ResponseReturnValue:
    row, form = _row(token), Form()
    if not form.validate_on_submit() or row.status is CallStatus.REQUESTED:
        return _page(row)
    known, uuid, spoken = call_invitations.known(row), row.uuid, language.current()
    begin_write()
    sparring_drafts.begin(known, call=uuid)
    db.session.commit()
    return redirect(url_for("public.sparring_request.fill_in", step="who", language=spoken), 303)


def _row(token: str) -> CallRow:
    row = call_invitations.by_token(token) or personal_links.unknown()
    g.own_language = row.contact_language
    return row


def _page(row: CallRow) -> str:
    has_closed = row.round.closes_on < clock.helsinki(clock.now()).date()
    return render_template(
        "public/sparring/invited.html", row=row, has_closed=has_closed, form=Form(), markdown=markdown.render
    )
