"""Copying an event to another date."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, if_refused
from app.database import begin_write, db
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
    if form.validate_on_submit() and form.first_day.data:
        begin_write()
        with if_refused.say_at(form.first_day):
            made = copying.copy(event_id, first_day=form.first_day.data)
            own_words.copy(event_id, made)
            reminders.copy(event_id, made)
            library.copy(made, from_id=event_id)
            db.session.commit()
            flash(_("This is the new draft. Check what is different this time."), "success")
            return redirect(url_for("staff.event_editing.edit", event_id=made.id), 303)
    return render_template("staff/events/copy.html", event=event, form=form)
