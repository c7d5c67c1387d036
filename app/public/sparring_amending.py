"""The municipality changes what it wishes, one part of the form at a time, as long as no time is agreed."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.database import begin_write, db
from app.errors import Refused, Stale
from app.public import form_posts, personal_links, sparring_links
from app.public.sparring_forms import UNSURE, StepForm, Told, WhatForm, WhenForm, WhoForm
from app.sparring import requests, wishes
from app.sparring.wishes import Window, Wish

bp = Blueprint("sparring_amending", __name__)
bp.after_request(personal_links.keep_from_robots)


class ContactForm(WhoForm):
    """Who asks, but for the address to which the link was mailed and the municipality, which stay."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        del self.contact_email, self.municipality_code

    def told(self) -> Told:
        together = self.is_joint.data == "yes"
        return {
            "contact_name": self.contact_name.data,
            "contact_title": self.contact_title.data or "",
            "contact_phone": self.contact_phone.data or "",
            "contact_language": self.contact_language.data,
            "is_joint": together,
            "partners": self.partners.data if together else [],
        }


@bp.route("/s/<token>/change/<step>", methods=["GET", "POST"])
@form_posts.limited()
def amend(token: str, step: str) -> ResponseReturnValue:
    visitor = sparring_links.visitor(token)
    asked = visitor.request
    if step not in ("who", "what", "when") or (step == "who" and not visitor.is_contact):
        abort(404)
    if not requests.may_be_amended(asked):
        return redirect(personal_links.page("public.sparring_personal.show", token))
    wish = wishes.of(asked)
    form = _form(step, wish)
    if isinstance(form, WhenForm):
        form.show_rows(len(form.windows) + (request.form.get("to") == "more"))
    if request.form.get("to") != "more" and form.validate_on_submit():
        return _save(token, step, form, wish)
    return _form_page(token, step, form, asked.version)


def _save(token: str, step: str, form: StepForm, wish: Wish) -> ResponseReturnValue:
    asked = sparring_links.visitor(token).request
    asked_id, version = asked.id, request.form.get("version", 0, type=int)
    begin_write()
    try:
        changed = requests.amend(asked_id, replace(wish, **form.told()), version=version)
    except Refused as refused:
        db.session.rollback()
        form.form_errors.append(str(refused))
        if isinstance(refused, Stale):
            form.form_errors[-1:] = [_("Someone else changed the request after you opened it. What you typed is kept "
                                       "here: look at the request in another window, and save again if yours should "
                                       "stand.")]  # fmt: skip
        now = sparring_links.visitor(token).request.version
        return _form_page(token, step, form, now), 409
    db.session.commit()
    flash(_("Your changes are saved.") if changed else _("Nothing was changed."), "success")
    return redirect(personal_links.page("public.sparring_personal.show", token), 303)


def _form_page(token: str, step: str, form: StepForm, version: int) -> str:
    return render_template("public/sparring/amend.html", form=form, step=step, token=token, version=version)


def _form(step: str, wish: Wish) -> StepForm:
    kept = vars(wish)
    if step == "who":
        return ContactForm(**kept | {"is_joint": "yes" if wish.is_joint else "no"})
    if step == "what":
        return WhatForm(also=wish.themes, **kept | {"starting_level": wish.starting_level or UNSURE})
    return WhenForm(**kept | {"windows": [_row(window) for window in wish.windows]})


def _row(window: Window) -> dict[str, Any]:
    starts, ends = (clock.helsinki(moment) for moment in window)
    return {"date": starts.date(), "starts": starts.time(), "ends": ends.time()}
