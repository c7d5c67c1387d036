"""A request's page for the municipality: where it stands, changing it, calling it off. GET changes nothing."""

import wtforms
from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import if_refused, language, markdown
from app.database import begin_write, db
from app.forms import Form, at_most
from app.public import form_posts, personal_links, sparring_links, sparring_meeting, sparring_progress, sparring_rows
from app.sparring import namings, queries, requests, wishes
from app.sparring.models import RequestState

bp = Blueprint("sparring_personal", __name__)
bp.after_request(personal_links.keep_from_robots)

NAMED = frozenset(RequestState) - {RequestState.NEW, RequestState.PREPARING, RequestState.CALLED_OFF}


class CallOffForm(Form):
    reason = wtforms.TextAreaField(
        _l("Why? (optional)"), [at_most(500)], description=_l("It helps us. Write no names."), render_kw={"rows": 3}
    )


@bp.get("/s/<token>")
def show(token: str) -> str:
    visitor = sparring_links.visitor(token)
    asked, spoken = visitor.request, language.current()
    heading, sentence = sparring_progress.WORDS[asked.state]
    return render_template(
        "public/sparring/personal.html",
        asked=asked,
        token=token,
        visitor=visitor,
        heading=heading,
        sentence=sentence,
        steps=sparring_progress.steps(asked.state),
        parts=sparring_rows.of(wishes.of(asked), spoken),
        may_amend=requests.may_be_amended(asked),
        may_call_off=visitor.is_contact and requests.may_be_called_off(asked),
        tutors=namings.accepted_profiles(asked) if asked.state in NAMED else [],
        colleagues=queries.colleagues(asked),
        leading=queries.leading(asked),
        markdown=markdown.render,
        **sparring_meeting.shown(visitor),
    )


@bp.route("/s/<token>/call-off", methods=["GET", "POST"])
@form_posts.limited()
def call_off(token: str) -> ResponseReturnValue:
    asked, form = sparring_links.contact(token), CallOffForm()
    if not form.validate_on_submit():
        return render_template(
            "public/sparring/call_off.html",
            asked=asked,
            token=token,
            form=form,
            possible=requests.may_be_called_off(asked),
        )
    asked_id, reason = asked.id, form.reason.data or ""
    begin_write()
    with if_refused.flash():
        requests.call_off(asked_id, reason)
        db.session.commit()
        flash(_("The request is called off. Everyone concerned is told by mail."), "success")
    return redirect(personal_links.page(".show", token), 303)
