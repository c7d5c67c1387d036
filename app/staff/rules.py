"""An event's registration rules: one form; a limit lowered under what is taken is shown before it is saved."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, language
from app.database import db
from app.errors import Refused, Stale
from app.events import editing
from app.events import queries as events
from app.events.models import Event
from app.people import queries as people
from app.registrations import registration_rules
from app.registrations.registration_rules import Crowd
from app.staff.event_fields import typed
from app.staff.rules_form import RulesForm

bp = Blueprint("rules", __name__)
bp.before_request(access.organisers)


@bp.route("/events/<int:event_id>/rules", methods=["GET", "POST"])
def edit(event_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    editing.must_be_editable(event)
    form = RulesForm(event)
    if "back" in request.form or not form.validate_on_submit():
        return _form_page(form, event)
    if form.version.data != str(event.version):
        return _stale_page(form, event)
    crowds = registration_rules.newly_crowded(event, form.rules())
    if crowds and "confirmed" not in request.form:
        return _question(form, event, crowds)
    return _save(form, event)


def _question(form: RulesForm, event: Event, crowds: list[Crowd]) -> str:
    spoken = language.current()
    codes = [crowd.municipality_code for crowd in crowds]
    names = {code: people.municipality_name(code, spoken) if code else _("Other organisations") for code in codes}
    return render_template(
        "staff/events/rules_confirm.html", event=event, form=form, crowds=crowds, names=names, typed=typed()
    )


def _save(form: RulesForm, event: Event) -> ResponseReturnValue:
    event_id = event.id
    try:
        registration_rules.save(event_id, form.rules(), version=event.version)
    except Refused as refused:
        db.session.rollback()
        if isinstance(refused, Stale):
            return _stale_page(form, event)
        form.form_errors.append(str(refused))
        return _form_page(form, event)
    db.session.commit()
    flash(_("The rules are saved."), "success")
    return redirect(url_for(".edit", event_id=event_id), 303)


def _form_page(form: RulesForm, event: Event) -> str:
    return render_template("staff/events/rules.html", form=form, event=event)


def _stale_page(form: RulesForm, event: Event) -> ResponseReturnValue:
    form.form_errors.append(
        _("Someone else saved this event after you opened it. What you typed is kept here: open the event in another "
          "window, compare, and save again if yours should stand.")
    )  # fmt: skip
    form.version.data = str(event.version)
    return _form_page(form, event), 409
