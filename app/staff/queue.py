"""The waiting list of an event as the rule orders it, and what an organiser does with somebody's turn in it."""

from collections.abc import Callable

import wtforms
from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import access, if_refused, language
from app.database import db
from app.forms import Form, RadioField, at_most, choices, required
from app.registrations import (
    capacity,
    offers,
    organiser_changes,
    queries,
    queue_moves,
    queue_rule,
    registration_rules,
    waitlist,
    whole_groups,
)
from app.registrations.models import Registration
from app.registrations.queue_moves import Place

bp = Blueprint("queue", __name__)
bp.before_request(access.organisers)

PLACES = [
    (Place.FRONT, _l("To the front of the queue")),
    (Place.END, _l("To the end of the queue")),
    (Place.BY_THE_RULE, _l("Back to the turn that the rule gives")),
]


class MoveForm(Form):
    to = RadioField(_l("Where to?"), [required(_l("Choose where to"))], choices=choices(PLACES))
    reason = wtforms.StringField(_l("Reason"), [required(_l("Enter the reason")), at_most(300)])


class ExtraPlaceForm(Form):
    people = wtforms.HiddenField(default="1")
    extra_reason = wtforms.StringField(_l("Reason"), [required(_l("Enter the reason")), at_most(300)])


@bp.route("/events/<int:event_id>/queue")
def index(event_id: int) -> ResponseReturnValue:
    event = access.visible_event(event_id)
    access.record("registrations.view", f"event:{event_id}")
    numbers = waitlist.queue_numbers(event)
    people = queries.by_ids(numbers)
    return render_template(
        "staff/events/queue.html",
        event=event,
        rule=queue_rule.in_words(event, language.current()),
        waiting=[(people[registration_id], number) for registration_id, number in numbers.items()],
        offered=queries.offered(event),
        is_open=capacity.takes_promotions(event),
    )


@bp.post("/events/<int:event_id>/queue/close")
def close(event_id: int) -> ResponseReturnValue:
    registration_rules.close_queue(access.visible_event(event_id).id)
    db.session.commit()
    flash(_("The waiting list is closed. You can open it again in the registration rules."), "success")
    return redirect(url_for(".index", event_id=event_id), 303)


@bp.route("/registrations/<int:registration_id>/turn")
def turn(registration_id: int) -> ResponseReturnValue:
    access.record("registration.view", f"registration:{registration_id}")
    return _turn_page(access.visible_registration(registration_id), MoveForm(), ExtraPlaceForm())


@bp.post("/registrations/<int:registration_id>/turn")
def move(registration_id: int) -> ResponseReturnValue:
    registration, form = access.visible_registration(registration_id), MoveForm()
    if not form.validate_on_submit():
        return _turn_page(registration, form, ExtraPlaceForm(formdata=None))
    to, reason = Place(form.to.data), form.reason.data or ""
    return _act(
        registration_id,
        lambda one, by: queue_moves.move(one, to, reason, by=by),
        "registration.move-in-queue",
        _("Moved. The reason stays in the history of the registration."),
    )


@bp.post("/registrations/<int:registration_id>/offer")
def offer(registration_id: int) -> ResponseReturnValue:
    return _act(
        registration_id,
        lambda one, by: offers.offer_by_hand(one, by=by),
        "registration.offer",
        _("The place is offered, and the person is told by mail."),
    )


@bp.post("/registrations/<int:registration_id>/extra-place")
def extra_place(registration_id: int) -> ResponseReturnValue:
    registration, form = access.visible_registration(registration_id), ExtraPlaceForm()
    if not form.validate_on_submit():
        return _turn_page(registration, MoveForm(formdata=None), form)
    reason, told = form.extra_reason.data or "", form.people.data or ""
    people = int(told) if told.isdecimal() else 0
    return _act(
        registration_id,
        lambda one, by: organiser_changes.extra_place(one, reason, people=people, by=by),
        "registration.extra-place",
        _("The group has %(number)s extra places now, and each is told by mail.", number=people)
        if people > 1
        else _("The person has an extra place now, and is told by mail."),
    )


def _act(
    registration_id: int, act: Callable[[Registration, int], object], action: str, said: str
) -> ResponseReturnValue:
    """Do one thing in one transaction, and show the queue again with what came of it."""
    registration, by = access.visible_registration(registration_id), access.user().id
    event_id = registration.event_id
    with if_refused.flash():
        act(registration, by)
        access.note(action, f"registration:{registration_id}", who=by)
        db.session.commit()
        flash(said, "success")
        return redirect(url_for(".index", event_id=event_id), 303)
    return redirect(url_for(".turn", registration_id=registration_id), 303)


def _turn_page(registration: Registration, form: MoveForm, extra: ExtraPlaceForm) -> ResponseReturnValue:
    numbers = waitlist.queue_numbers(registration.event)
    if registration.id not in numbers:
        flash(_("This person does not wait for a place."))
        return redirect(url_for("staff.registration.show", registration_id=registration.id))
    together = whole_groups.standing_with(registration)
    extra.people.data = str(len(together))
    if extra.errors:
        form.form_errors.extend(message for messages in extra.errors.values() for message in messages)
    return render_template(
        "staff/registrations/turn.html",
        registration=registration,
        event=registration.event,
        number=numbers[registration.id],
        form=form,
        extra=extra,
        together=together,
        moves=capacity.takes_promotions(registration.event),
    )
