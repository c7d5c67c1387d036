"""Where a tutor who was asked says yes or no: the page behind the mail's link. Each button acts in one step."""

import wtforms
from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import if_refused, language
from app.database import begin_write, db
from app.forms import Form, at_most
from app.public import form_posts, personal_links
from app.sparring import links, naming, namings, poll_queries, wish_facts
from app.sparring.tutor_models import Naming

bp = Blueprint("sparring_naming", __name__)
bp.after_request(personal_links.keep_from_robots)


class AnswerForm(Form):
    reason = wtforms.TextAreaField(_l("If you decline: why?"), [at_most(500)], render_kw={"rows": 3})


@bp.get("/s/tutor/<token>")
def show(token: str) -> ResponseReturnValue:
    return _page(_named(token), AnswerForm())


@bp.post("/s/tutor/<token>")
@form_posts.limited()
def answer(token: str) -> ResponseReturnValue:
    named, form = _named(token), AnswerForm()
    said = request.form.get("answer")
    if said not in ("yes", "no"):
        abort(400)
    if not form.validate_on_submit():
        return _page(named, form)
    if said == "no" and not form.reason.data:
        form.reason.errors = [_("Enter why, so that the team knows whom to ask next")]
        return _page(named, form)
    return _answered(token, named.id, said == "yes", form.reason.data or "")


def _answered(token: str, naming_id: int, accepts: bool, reason: str) -> ResponseReturnValue:
    begin_write()
    named = naming.locked(naming_id) or abort(404)
    with if_refused.flash():
        is_new = naming.accept(named) if accepts else naming.decline(named, reason)
        db.session.commit()
        flash(_said(accepts, is_new), "success" if is_new else "message")
    return redirect(url_for(".show", token=token, lang=request.args.get("lang")), 303)


def _said(accepts: bool, is_new: bool) -> str:
    if accepts:
        return _("Thank you! You are a tutor of this sparring.") if is_new else _("You have accepted already.")
    return _("Thank you for telling. The team has been told.") if is_new else _("You have declined already.")


def _named(token: str) -> Naming:
    found = naming.by_token(token) or personal_links.unknown(page="public/sparring/link_unknown.html")
    g.own_language = found.profile.user.language
    return found


def _page(named: Naming, form: AnswerForm) -> str:
    voter = poll_queries.own(named.request, named.profile.user)
    return render_template(
        "public/sparring/naming.html",
        form=form,
        naming=named,
        sparring=named.request,
        facts=wish_facts.of(named.request, language.current()),
        others=[one.profile for one in namings.of(named.request) if one.id != named.id and one.status in naming.BUSY],
        is_answerable=naming.is_answerable(named),
        poll_is_open=poll_queries.current(named.request) is not None,
        poll_url=links.voter_url(voter) if voter else None,
    )
