"""What an event's people are told: its reminders, what was sent to many and what waits for its time."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, clock, if_refused
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Event
from app.registrations import announcement_progress, opening_wishes, organiser_messages, own_words, reminders
from app.staff import message_words
from app.staff.message_forms import ReminderForm

bp = Blueprint("messages", __name__)
bp.before_request(access.organisers)
for word in (message_words.announcement_in_words, message_words.standing_of, message_words.rule_in_words):
    bp.add_app_template_global(word)
bp.add_app_template_global(message_words.planned_in_words)


@bp.route("/events/<int:event_id>/messages")
def index(event_id: int) -> ResponseReturnValue:
    return _page(events.by_id(event_id) or abort(404), ReminderForm())


@bp.post("/events/<int:event_id>/messages/reminders")
def add_reminder(event_id: int) -> ResponseReturnValue:
    event, form = events.by_id(event_id) or abort(404), ReminderForm()
    if form.validate_on_submit():
        begin_write()
        with if_refused.say_at(form.days_before):
            reminders.add(event, form.days_before.data)
            db.session.commit()
            flash(_("The reminder is added."), "success")
            return _back(event_id)
    return _page(event, form)


@bp.post("/events/<int:event_id>/messages/reminders/<int:rule_id>/remove")
def remove_reminder(event_id: int, rule_id: int) -> ResponseReturnValue:
    begin_write()
    reminders.remove(events.by_id(event_id) or abort(404), rule_id)
    db.session.commit()
    flash(_("The reminder is removed."), "success")
    return _back(event_id)


@bp.post("/events/<int:event_id>/messages/<int:announcement_id>/cancel")
def cancel(event_id: int, announcement_id: int) -> ResponseReturnValue:
    begin_write()
    is_cancelled = organiser_messages.cancel(events.by_id(event_id) or abort(404), announcement_id)
    db.session.commit()
    if is_cancelled:
        flash(_("The message is cancelled. Nobody gets it."), "success")
    else:
        flash(_("It is too late to cancel: the message is already going out."), "error")
    return _back(event_id)


def _page(event: Event, form: ReminderForm) -> str:
    rules, days = reminders.rules_of(event), events.days_of(event)
    now = clock.now()
    return render_template(
        "staff/messages/index.html",
        event=event,
        form=form,
        rules=rules,
        plan=reminders.plan(rules, days),
        announcements=announcement_progress.of(event),
        own_texts=len(own_words.of(event)),
        wishes=opening_wishes.number_of(event),
        has_ended=event.has_ended(now),
        now=now,
    )


def _back(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.messages.index", event_id=event_id), 303)
