"""The programme of an event, day by day."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import access, if_refused, language
from app.database import db
from app.events import programme
from app.events import queries as events
from app.events.models import Event, EventDay, ProgrammeItem
from app.registrations import item_edits, programme_choices
from app.registrations.models import Announcement
from app.staff.event_fields import typed
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
        offered={one.item.id: one for one in programme_choices.offered(event)},
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
        return _form_page(event, day, form)
    item_edits.add(event_id, day_id, given) or abort(404)
    db.session.commit()
    flash(_("The programme is saved."), "success")
    return _programme(event_id)


@bp.route("/events/<int:event_id>/programme/<int:item_id>", methods=["GET", "POST"])
def edit(event_id: int, item_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    item = programme.item_of(event_id, item_id) or abort(404)
    form = ProgrammeItemForm(item)
    given = form.sent_for(item.day)
    if given is None or "back" in request.form:
        return _form_page(event, item.day, form, item)
    with if_refused.say_at(form.sign_up):
        consequences = item_edits.consequences(item, given, language.current())
        if consequences.need_a_yes and "confirmed" not in request.form:
            return render_template(
                "staff/events/programme_confirm.html", event=event, consequences=consequences, typed=typed()
            )
        return _done(event_id, lambda: item_edits.save(event_id, item_id, given, by=access.user()))
    item = programme.item_of(event_id, item_id) or abort(404)
    return _form_page(item.day.event, item.day, form, item)


@bp.route("/events/<int:event_id>/programme/<int:item_id>/remove", methods=["POST"])
def remove(event_id: int, item_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    item = programme.item_of(event_id, item_id) or abort(404)
    people = len(programme_choices.people_of(item))
    if people and "confirmed" not in request.form:
        return render_template("staff/events/programme_remove.html", event=event, item=item, people=people)
    return _done(event_id, lambda: item_edits.remove(event_id, item_id, by=access.user()))


def _done(event_id: int, change: Callable[[], Announcement | None]) -> ResponseReturnValue:
    """Make the change, say what came of it, and show the programme."""
    announcement = change()
    told = announcement.total if announcement else 0
    db.session.commit()
    flash(_saved(told), "success")
    return _programme(event_id)


def _saved(told: int) -> str:
    if not told:
        return _("The programme is saved.")
    return ngettext(
        "The programme is saved. %(num)s person will be told by mail.",
        "The programme is saved. %(num)s people will be told by mail.",
        told,
    )


def _form_page(event: Event, day: EventDay, form: ProgrammeItemForm, item: ProgrammeItem | None = None) -> str:
    return render_template("staff/events/programme_item.html", event=event, day=day, form=form, item=item)


def _programme(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.programme.index", event_id=event_id), 303)
