"""The programme items of one registration, changed by an organiser: the same rules, and the limits bind."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, if_refused, language
from app.database import db
from app.forms import ChecklistField, Form, choices
from app.registrations import own_changes, programme_choices, programme_offer
from app.registrations.models import Registration

bp = Blueprint("registration_programme", __name__)
bp.before_request(access.organisers)


class ItemsForm(Form):
    items = ChecklistField(_l("Programme items with sign-up"), coerce=int)

    def __init__(self, registration: Registration, **kwargs: Any) -> None:
        self.kept = [item.id for item in programme_choices.of(registration)]
        self.offered = programme_choices.offered(registration.event)
        super().__init__(items=self.kept, **kwargs)
        self.items.choices = choices((one.item.id, one.item.id) for one in self.offered)


@bp.route("/registrations/<int:registration_id>/programme", methods=["GET", "POST"])
def choose(registration_id: int) -> ResponseReturnValue:
    registration = access.visible_registration(registration_id)
    form = ItemsForm(registration)
    if form.validate_on_submit():
        with if_refused.say_at(form.items):
            own_changes.choose_items(registration, frozenset(form.items.data or ()), by=access.user().id)
            access.note("registration.programme", f"registration:{registration_id}")
            db.session.commit()
            flash(_("The programme items are saved. The person is told by mail."), "success")
            return redirect(url_for("staff.registration.show", registration_id=registration_id), 303)
    elif request.method == "GET":
        access.record("registration.view", f"registration:{registration_id}")
    return _page(access.visible_registration(registration_id), form)


def _page(registration: Registration, form: ItemsForm) -> str:
    may_wait = not registration.holds_place
    programme = programme_offer.by_day(form.offered, language.current(), kept=form.kept, may_wait=may_wait)
    return render_template(
        "staff/registrations/programme.html", form=form, programme=programme, registration=registration
    )
