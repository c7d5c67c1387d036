"""The page that corrects the municipality which the service filled in."""

from typing import Any

import wtforms
from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app import language
from app.database import db
from app.forms import Form, SelectField, at_most, required, without_address
from app.public import form_posts, municipality_choices, refusals
from app.public.events import published
from app.public.municipality_choices import OTHER
from app.public.registrations import own_attempt
from app.registrations import corrections

bp = Blueprint("corrections", __name__)


class MunicipalityForm(Form):
    municipality = SelectField(_l("Municipality"), [required(_l("Choose your municipality"))])
    organisation = wtforms.StringField(
        _l("Organisation"), [at_most(200), without_address()], render_kw={"autocomplete": "organization"}
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.municipality.choices = municipality_choices.choices(language.current(), _("Choose"))

    def validate_organisation(self, field: wtforms.Field) -> None:
        if self.municipality.data == OTHER and not field.data:
            raise ValidationError(_("Enter the name of your organisation"))


@bp.route("/<lang:language>/events/<slug>/registered/<nonce>/municipality", methods=["GET", "POST"])
@form_posts.limited()
def municipality(slug: str, nonce: str) -> ResponseReturnValue:
    event = published(slug)
    attempt = own_attempt(event, nonce)
    form = MunicipalityForm(municipality=attempt.municipality_code)
    if form.validate_on_submit():
        code = None if form.municipality.data == OTHER else form.municipality.data
        with refusals.said_in(form):
            corrections.correct_municipality(event.id, nonce, code, form.organisation.data)
            db.session.commit()
            return redirect(url_for("public.registrations.registered", slug=slug, nonce=nonce), 303)
    return render_template("public/registered_municipality.html", event=event, form=form, nonce=nonce)
