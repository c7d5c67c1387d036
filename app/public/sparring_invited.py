"""The page behind an invitation to ask for sparring. Opening it changes nothing; its button begins the request."""

from flask import Blueprint, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.forms import Form
from app.public import form_posts, personal_links
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
    if not form.validate_on_submit() or not _is_open(row):
        return _page(row)
    session["sparring_known"] = call_invitations.known(row)
    return redirect(url_for("public.events.index"), 303)


def _row(token: str) -> CallRow:
    row = call_invitations.by_token(token) or personal_links.unknown()
    g.own_language = row.contact_language
    return row


def _is_open(row: CallRow) -> bool:
    today = clock.helsinki(clock.now()).date()
    return row.status is not CallStatus.REQUESTED and today <= row.round.closes_on


def _page(row: CallRow) -> str:
    return render_template("public/sparring/invited.html", row=row, is_open=_is_open(row), plain_form=Form())
