"""What a participant may do with the own data: take a copy, see and withdraw consents, have it erased."""

from functools import partial

from flask import Blueprint, Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import wording
from app.database import db
from app.forms import Form
from app.public import form_posts, own_data_steps, personal_links
from app.registrations import consents, erasure, group_contacts, own_consents, own_data, participants

bp = Blueprint("own_data", __name__)
bp.after_request(personal_links.keep_from_robots)


@bp.get("/r/<token>/data.json")
def data(token: str) -> Response:
    registration = personal_links.manage(token)
    return own_data_steps.copy(own_data.as_json(registration), registration.event.slug)


@bp.get("/r/<token>/consents")
def consents_given(token: str) -> str:
    registration = personal_links.manage(token)
    return render_template(
        "public/consents.html",
        registration=registration,
        event=registration.event,
        consents=consents.of(registration),
        language_of=consents.language_of,
        may_be_listed=participants.may_agree(registration),
        is_listed=own_consents.is_listed(registration),
        wording=wording,
        to_the_list=consents.TO_THE_LIST,
        token=token,
    )


@bp.post("/r/<token>/consents/participants-list")
@form_posts.limited()
def be_listed(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    if not participants.may_agree(registration):
        abort(404)
    own_consents.be_listed(registration)
    db.session.commit()
    flash(_("Your name is now on the participants’ list."), "success")
    return redirect(personal_links.page(".consents_given", token), 303)


@bp.post("/r/<token>/consents/<int:consent_id>/withdraw")
@form_posts.limited()
def withdraw(token: str, consent_id: int) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    given = {consent.id: consent for consent in consents.of(registration)}
    consent = given.get(consent_id) or abort(404)
    if own_consents.withdraw(registration, consent):
        flash(_("Your consent is withdrawn."), "success")
    else:
        flash(_("This consent had already been withdrawn."))
    db.session.commit()
    return redirect(personal_links.page(".consents_given", token), 303)


@bp.route("/r/<token>/erase", methods=["GET", "POST"])
@form_posts.limited()
def erase(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    form = Form()
    if form.validate_on_submit():
        own_page = personal_links.page("public.personal.show", token)
        return own_data_steps.erase(partial(erasure.erase, registration), done=".erased", own_page=own_page)
    return render_template(
        "public/erase.html",
        registration=registration,
        event=registration.event,
        led=group_contacts.groups_of(registration),
        gives_up_place=erasure.gives_up_place(registration),
        token=token,
    )


@bp.get("/r/erased")
def erased() -> str:
    return render_template(
        "public/done.html", heading=_("Your data has been erased"), text=_("One last mail tells it to you.")
    )
