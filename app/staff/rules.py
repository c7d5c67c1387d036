"""An event's registration rules: one form; a limit lowered under what is taken is shown before it is saved."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, language
from app.database import db
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
    with form.kept(lambda: event.version) as saving:
        editing.must_be_at(event, form.shown_version)
        crowds = registration_rules.newly_crowded(event, form.rules())
        if crowds and "confirmed" not in request.form:
            return _question(form, event, crowds)
        registration_rules.save(event_id, form.rules(), version=form.shown_version)
        db.session.commit()
        flash(_("The rules are saved."), "success")
        return redirect(url_for(".edit", event_id=event_id), 303)
    return _form_page(form, event), saving.status


def _question(form: RulesForm, event: Event, crowds: list[Crowd]) -> str:
    spoken = language.current()
    codes = [crowd.municipality_code for crowd in crowds]
    names = {code: people.municipality_name(code, spoken) if code else _("Other organisations") for code in codes}
    return render_template(
        "staff/events/rules_confirm.html", event=event, form=form, crowds=crowds, names=names, typed=typed()
    )


def _form_page(form: RulesForm, event: Event) -> str:
    return render_template("staff/events/rules.html", form=form, event=event)
