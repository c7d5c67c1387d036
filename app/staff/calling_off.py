"""Calling an event off: write to its people, see who will be told, confirm."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access
from app.database import db
from app.events import queries as events
from app.forms import Form
from app.registrations import capacity, event_changes
from app.staff.event_fields import TranslatedField, typed

bp = Blueprint("calling_off", __name__)
bp.before_request(access.organisers)


class CallOffForm(Form):
    message = TranslatedField(
        _l("Message to those who have registered"), most=2000, lines=5, needed=_l("Write the message in Finnish")
    )


@bp.route("/events/<int:event_id>/call-off", methods=["GET", "POST"])
def call_off(event_id: int) -> ResponseReturnValue:
    event, form = events.by_id(event_id) or abort(404), CallOffForm()
    event_changes.must_be_possible_to_call_off(event)
    places = capacity.places_of([event])[event.id]
    page = {"event": event, "places": places, "form": form}
    if "back" in request.form or not form.validate_on_submit():
        return render_template("staff/events/call_off.html", **page)
    if "confirmed" not in request.form:
        return render_template("staff/events/call_off_check.html", **page, typed=typed())
    event_changes.call_off(event_id, form.message.text, by=access.user())
    db.session.commit()
    flash(_("The event is called off."), "success")
    return redirect(url_for("staff.event.show", event_id=event_id), 303)
