"""What only organisers do to registrations: add, withdraw, give a place, send a mail again."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, clock, if_refused
from app.database import begin_write, db
from app.errors import Refused
from app.messages import outbox
from app.messages import queries as messages
from app.registrations import booking, capacity, notices, organiser_changes
from app.registrations.models import Registration, Status
from app.staff.registration_forms import AddForm

bp = Blueprint("registration_changes", __name__)
bp.before_request(access.organisers)


@bp.route("/events/<int:event_id>/registrations/new", methods=["GET", "POST"])
def add(event_id: int) -> ResponseReturnValue:
    event = access.visible_event(event_id)
    if not event.is_published or event.has_ended(clock.now()):
        raise Refused(_("People can be added only to a published event that has not ended."))
    form = AddForm(event)
    if form.validate_on_submit():
        with if_refused.say_in(form):
            registration = booking.add(event_id, form.application(), by=access.user())
            db.session.flush()
            registration_id, is_waiting = registration.id, registration.status is Status.WAITING
            access.note("registration.add", f"registration:{registration_id}")
            db.session.commit()
            flash(_("Added to the waiting list.") if is_waiting else _("Added, with a place."), "success")
            return redirect(url_for("staff.registration.show", registration_id=registration_id), 303)
    return render_template(
        "staff/registrations/add.html", form=form, event=event, places=capacity.places_of([event])[event.id]
    )


@bp.route("/registrations/<int:registration_id>/withdraw")
def ask_to_withdraw(registration_id: int) -> ResponseReturnValue:
    registration = access.visible_registration(registration_id)
    access.record("registration.view", f"registration:{registration_id}")
    return render_template("staff/registrations/withdraw.html", registration=registration, event=registration.event)


@bp.post("/registrations/<int:registration_id>/withdraw")
def withdraw(registration_id: int) -> ResponseReturnValue:
    return _change(
        registration_id,
        partial(organiser_changes.withdraw, by=access.user().id),
        "registration.withdraw",
        done=_("Withdrawn. The person is told by mail, and a freed place goes to the waiting list."),
        already=_("This registration had been withdrawn already."),
    )


@bp.post("/registrations/<int:registration_id>/promote")
def promote(registration_id: int) -> ResponseReturnValue:
    return _change(
        registration_id,
        partial(organiser_changes.promote, by=access.user().id),
        "registration.promote",
        done=_("The person has a place now, and is told by mail."),
        already=_("This person has a place already."),
    )


@bp.post("/registrations/<int:registration_id>/messages/<int:message_id>/again")
def send_again(registration_id: int, message_id: int) -> ResponseReturnValue:
    def again(registration: Registration) -> bool:
        begin_write()
        sent = {message.id: message for message in messages.about(notices.about(registration))}
        outbox.again(sent.get(message_id) or abort(404))
        return True

    return _change(registration_id, again, "registration.send-again", done=_("The mail will be sent again."))


def _change(
    registration_id: int, change: Callable[[Registration], bool], action: str, *, done: str, already: str = ""
) -> ResponseReturnValue:
    """Make one change in one transaction and show the registration again, with what came of it."""
    registration = access.visible_registration(registration_id)
    with if_refused.flash():
        changed = change(registration)
        access.note(action, f"registration:{registration_id}")
        db.session.commit()
        flash(done if changed else already, "success" if changed else "message")
    return redirect(url_for("staff.registration.show", registration_id=registration_id), 303)
