"""The contact adds colleagues to a request, and takes them off again."""

import wtforms
from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import if_refused
from app.database import begin_write, db
from app.forms import EmailField, Form, RadioField, at_most, choices, required, without_address
from app.public import form_posts, personal_links, sparring_links
from app.public.person_form import CONTACT_LANGUAGES
from app.sparring import colleagues
from app.sparring.colleagues import Colleague

bp = Blueprint("sparring_colleagues", __name__)
bp.after_request(personal_links.keep_from_robots)


class ColleagueForm(Form):
    name = wtforms.StringField(
        _l("Name"), [required(_l("Enter your colleague’s name")), at_most(200), without_address()]
    )
    email = EmailField(
        _l("Work email"),
        [required(_l("Enter the work email address")), at_most(254)],
        description=_l("Your colleague gets a link of their own here."),
        render_kw={"autocomplete": "off"},
    )
    language = RadioField(_l("In which language do we write to your colleague?"), choices=choices(CONTACT_LANGUAGES))


@bp.route("/s/<token>/colleagues", methods=["GET", "POST"])
@form_posts.limited()
def add(token: str) -> ResponseReturnValue:
    asked = sparring_links.contact(token)
    form, asked_id = ColleagueForm(language=asked.contact_language), asked.id
    if form.validate_on_submit():
        begin_write()
        with if_refused.say_at(form.email):
            colleagues.add(asked_id, _told(form))
            db.session.commit()
            flash(_("Your colleague can follow the request now, and is told by mail."), "success")
            return redirect(personal_links.page("public.sparring_personal.show", token), 303)
    return render_template("public/sparring/colleague.html", form=form, token=token)


@bp.post("/s/<token>/colleagues/<uuid>/remove")
@form_posts.limited()
def remove(token: str, uuid: str) -> ResponseReturnValue:
    asked_id = sparring_links.contact(token).id
    begin_write()
    is_new = colleagues.remove(asked_id, uuid)
    db.session.commit()
    flash(_("Your colleague no longer follows the request.") if is_new else _("That had been done already."), "success")
    return redirect(personal_links.page("public.sparring_personal.show", token), 303)


def _told(form: ColleagueForm) -> Colleague:
    return Colleague(name=form.name.data or "", email=form.email.data or "", language=form.language.data)
