"""The programme of an event, day by day."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access
from app.database import begin_write, db
from app.events import programme
from app.events import queries as events
from app.events.models import ProgrammeItem
from app.staff.programme_form import FORMS, ProgrammeItemForm

bp = Blueprint("programme", __name__)
bp.before_request(access.organisers)


@bp.route("/events/<int:event_id>/programme")
def index(event_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    return render_template(
        "staff/events/programme.html",
        event=event,
        days=events.days_of(event),
        items=events.programme_of(event),
        form_names=dict(FORMS),
        is_outside=programme.is_outside,
    )


@bp.route("/events/<int:event_id>/programme/days/<int:day_id>/new", methods=["GET", "POST"])
def new(event_id: int, day_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    day = programme.day_of(event_id, day_id) or abort(404)
    form = ProgrammeItemForm()
    given = form.sent_for(day)
    if given is None:
        return render_template("staff/events/programme_item.html", event=event, day=day, form=form, item=None)
    begin_write()
    item = ProgrammeItem(day=programme.day_of(event_id, day_id) or abort(404))
    return _save(event_id, given, item)


@bp.route("/events/<int:event_id>/programme/<int:item_id>", methods=["GET", "POST"])
def edit(event_id: int, item_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    item = programme.item_of(event_id, item_id) or abort(404)
    form = ProgrammeItemForm(item)
    given = form.sent_for(item.day)
    if given is None:
        return render_template("staff/events/programme_item.html", event=event, day=item.day, form=form, item=item)
    begin_write()
    return _save(event_id, given, programme.item_of(event_id, item_id) or abort(404))


@bp.route("/events/<int:event_id>/programme/<int:item_id>/remove", methods=["POST"])
def remove(event_id: int, item_id: int) -> ResponseReturnValue:
    begin_write()
    db.session.delete(programme.item_of(event_id, item_id) or abort(404))
    db.session.commit()
    flash(_("The item is removed from the programme."), "success")
    return _programme(event_id)


def _save(event_id: int, given: programme.Item, item: ProgrammeItem) -> ResponseReturnValue:
    programme.write(item, given)
    db.session.add(item)
    db.session.commit()
    flash(_("The programme is saved."), "success")
    return _programme(event_id)


def _programme(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.programme.index", event_id=event_id), 303)
