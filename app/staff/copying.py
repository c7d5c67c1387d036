"""Copying an event to another date."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access
from app.database import begin_write, db
from app.errors import Refused
from app.events import copying
from app.events import queries as events
from app.forms import DateField, Form, required
from app.questions import library
from app.registrations import own_words, reminders

bp = Blueprint("copying", __name__)
bp.before_request(access.organisers)


class CopyForm(Form):
    first_day = DateField(_l("First day of the new event"), [required(_l("Enter the date of the new event"))])


@bp.route("/events/<int:event_id>/copy", methods=["GET", "POST"])
def copy(event_id: int) -> ResponseReturnValue:
    event, form = events.by_id(event_id) or abort(404), CopyForm()
    if not form.validate_on_submit() or form.first_day.data is None:
        return render_template("staff/events/copy.html", event=event, form=form)
    begin_write()
    try:
        made = copying.copy(event_id, first_day=form.first_day.data)
        own_words.copy(event_id, made)
        reminders.copy(event_id, made)
        library.copy(made, from_id=event_id)
    except Refused as refused:
        db.session.rollback()
        form.first_day.errors = [str(refused)]
        return render_template("staff/events/copy.html", event=event, form=form)
    db.session.commit()
    flash(_("This is the new draft. Check what is different this time."), "success")
    return redirect(url_for("staff.event_editing.edit", event_id=made.id), 303)
