"""What the contact of a request may do with the own data: take a copy, have it erased."""

from functools import partial

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app.database import begin_write
from app.forms import Form
from app.public import form_posts, own_data_steps, personal_links, sparring_links
from app.sparring import erasure, own_data, queries, requests

bp = Blueprint("sparring_own_data", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.get("/s/<token>/data.json")
def data(token: str) -> Response:
    return own_data_steps.copy(own_data.as_json(sparring_links.contact(token)), "sparring")


@bp.route("/s/<token>/erase", methods=["GET", "POST"])
@form_posts.limited()
def erase(token: str) -> ResponseReturnValue:
    asked, form = sparring_links.contact(token), Form()
    if form.validate_on_submit():
        own_page, act = personal_links.page("public.sparring_personal.show", token), partial(erasure.erase, asked.id)
        begin_write()
        return own_data_steps.erase(act, done="public.own_data.erased", own_page=own_page)
    return render_template(
        "public/sparring/erase.html",
        asked=asked,
        token=token,
        is_open=requests.may_be_called_off(asked),
        meeting=queries.meeting_of(asked),
        colleagues=queries.colleagues(asked),
    )
