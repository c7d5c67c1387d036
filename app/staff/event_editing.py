"""Writing a new event and changing one; what participants must hear of is shown before it is saved."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import access, language
from app.database import db
from app.events import editing
from app.events import queries as events
from app.events.models import Event
from app.registrations import event_edits
from app.registrations.models import Announcement
from app.staff.event_fields import typed
from app.staff.event_form import EventForm

bp = Blueprint("event_editing", __name__)
bp.before_request(access.organisers)


@bp.route("/events/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    if not events.seasons():
        flash(_("Give the event’s season first: every event belongs to one."))
        return redirect(url_for("staff.seasons.new"))
    form = EventForm()
    if not form.validate_on_submit():
        return render_template("staff/events/new.html", form=form)
    event = event_edits.create(form.edit(), by=access.user())
    db.session.commit()
    flash(_("The draft is saved. Nobody else sees it before you publish it."), "success")
    return redirect(url_for("staff.event.show", event_id=event.id), 303)


@bp.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
def edit(event_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    editing.must_be_editable(event)
    form = EventForm(event)
    if "back" in request.form or not form.validate_on_submit():
        return _form_page(form, event)
    with form.kept(lambda: event.version) as saving:
        editing.must_be_at(event, form.shown_version)
        consequences = event_edits.consequences(event, form.edit(), language.current())
        if consequences.need_a_yes and "confirmed" not in request.form:
            return render_template("staff/events/confirm.html", event=event, consequences=consequences, typed=typed())
        announcement = event_edits.save(event_id, form.edit(), version=form.shown_version, by=access.user())
        db.session.commit()
        flash(_saved(announcement), "success")
        return redirect(url_for("staff.event.show", event_id=event_id), 303)
    return _form_page(form, event), saving.status


def _saved(announcement: Announcement | None) -> str:
    if announcement is None:
        return _("The event is saved.")
    return ngettext(
        "The event is saved. %(num)s person will be told by mail.",
        "The event is saved. %(num)s people will be told by mail.",
        announcement.total,
    )


def _form_page(form: EventForm, event: Event) -> str:
    return render_template("staff/events/edit.html", form=form, event=event)
