"""What the contact of a request may do with the own data: take a copy, have it erased."""

from flask import Blueprint, Response, flash, json, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import language
from app.database import begin_write, db
from app.errors import Refused
from app.forms import Form
from app.public import form_posts, personal_links, sparring_links
from app.sparring import erasure, own_data, queries, requests

bp = Blueprint("sparring_own_data", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.get("/s/<token>/data.json")
def data(token: str) -> Response:
    """All that is held about the contact; a download, so that it stays in no browser tab."""
    text = json.dumps(own_data.as_json(sparring_links.contact(token)), indent=2, ensure_ascii=False, sort_keys=False)
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="sparring-own-data.json"'
    return response


@bp.route("/s/<token>/erase", methods=["GET", "POST"])
@form_posts.limited()
def erase(token: str) -> ResponseReturnValue:
    asked, form = sparring_links.contact(token), Form()
    if form.validate_on_submit():
        return _erased(asked.id, token)
    return render_template(
        "public/sparring/erase.html",
        asked=asked,
        token=token,
        form=form,
        is_open=requests.may_be_called_off(asked),
        meeting=queries.meeting_of(asked),
        colleagues=queries.colleagues(asked),
    )


def _erased(asked_id: int, token: str) -> ResponseReturnValue:
    spoken = language.current()
    begin_write()
    try:
        erasure.erase(asked_id)
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return redirect(personal_links.page("public.sparring_personal.show", token), 303)
    db.session.commit()
    return redirect(url_for("public.own_data.erased", lang=spoken), 303)
