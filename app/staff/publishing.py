"""Publishing an event, taking it back, archiving it."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access
from app.database import begin_write, db
from app.events import publishing as events_publishing
from app.events import queries as events
from app.forms import Form
from app.questions import publishing
from app.registrations import unpublishing

bp = Blueprint("publishing", __name__)
bp.before_request(access.organisers)


@bp.route("/events/<int:event_id>/publish", methods=["GET", "POST"])
def show(event_id: int) -> ResponseReturnValue:
    event, form = events.by_id(event_id) or abort(404), Form()
    if not form.validate_on_submit():
        return render_template("staff/events/publish.html", event=event, readiness=publishing.readiness(event))
    begin_write()
    publishing.publish(event_id)
    db.session.commit()
    flash(_("The event is published."), "success")
    return _overview(event_id)


@bp.route("/events/<int:event_id>/unpublish", methods=["GET", "POST"])
def unpublish(event_id: int) -> ResponseReturnValue:
    event, form = events.by_id(event_id) or abort(404), Form()
    if not form.validate_on_submit():
        return render_template("staff/events/unpublish.html", event=event)
    unpublishing.unpublish(event_id)
    db.session.commit()
    flash(_("The event is a draft again."), "success")
    return _overview(event_id)


@bp.route("/events/<int:event_id>/archive", methods=["GET", "POST"])
def archive(event_id: int) -> ResponseReturnValue:
    event, form = events.by_id(event_id) or abort(404), Form()
    if not form.validate_on_submit():
        return render_template("staff/events/archive.html", event=event)
    begin_write()
    events_publishing.archive(event_id)
    db.session.commit()
    flash(_("The event is archived."), "success")
    return _overview(event_id)


def _overview(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.event.show", event_id=event_id), 303)
