"""One registration: what it holds, what was mailed about it, correcting and checking it. For its tutors too."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, clock, if_refused, language
from app.database import begin_write, db
from app.events import queries as events
from app.language import OWN_NAMES
from app.messages import queries as messages
from app.people.models import Role
from app.question_forms import words
from app.registrations import (
    answers,
    checking,
    history,
    notices,
    organiser_changes,
    programme_choices,
    queries,
    waitlist,
)
from app.registrations.models import Registration, Status
from app.staff import registration_words
from app.staff.history_words import happened, who_did
from app.staff.registration_forms import CorrectionForm

bp = Blueprint("registration", __name__)
bp.before_request(access.tutors)
for word in (
    registration_words.occasion_in_words,
    registration_words.fate_in_words,
    registration_words.place_words,
    words.spoken,
    happened,
    who_did,
):
    bp.add_app_template_global(word)


@bp.route("/registrations/<int:registration_id>")
def show(registration_id: int) -> ResponseReturnValue:
    registration = access.visible_registration(registration_id)
    access.record("registration.view", _subject(registration_id))
    manages = access.manages_events(access.user())
    sees_sealed = manages and answers.has_sealed(registration)
    if sees_sealed:
        access.record("registration.view-sensitive", _subject(registration_id))
    event = registration.event
    return render_template(
        "staff/registrations/registration.html",
        registration=registration,
        event=event,
        answers=answers.of(registration, sensitive=sees_sealed),
        items=_items(registration),
        queue_number=waitlist.queue_number(registration) if registration.status is Status.WAITING else None,
        messages=messages.about(notices.about(registration)) if manages else [],
        languages=OWN_NAMES,
        history=history.of(registration),
        note_to_organiser=queries.note_to_the_organiser(registration),
        manages=manages,
        may_erase=access.user().role is Role.ADMINISTRATOR,
        may_change=manages and not event.is_called_off and not event.has_ended(clock.now()),
    )


@bp.route("/registrations/<int:registration_id>/correct", methods=["GET", "POST"])
def correct(registration_id: int) -> ResponseReturnValue:
    registration = access.visible_registration(registration_id)
    form = CorrectionForm(registration)
    if form.validate_on_submit():
        with if_refused.say_in(form):
            organiser_changes.correct(registration, form.correction(), by=access.user().id)
            access.note("registration.correct", _subject(registration_id))
            db.session.commit()
            flash(_("The registration was corrected."), "success")
            return redirect(url_for(".show", registration_id=registration_id), 303)
    elif request.method == "GET":
        access.record("registration.view", _subject(registration_id))
    return render_template(
        "staff/registrations/correct.html", form=form, registration=registration, event=registration.event
    )


@bp.post("/registrations/<int:registration_id>/check")
def check(registration_id: int) -> ResponseReturnValue:
    begin_write()
    registration = access.visible_registration(registration_id)
    if request.form.get("checked") == "yes":
        checking.mark_checked(registration, by=access.user())
        said = _("Marked as checked.")
    else:
        checking.unmark(registration, by=access.user())
        said = _("The mark is removed.")
    access.note("registration.check", _subject(registration_id))
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".show", registration_id=registration_id), 303)


def _items(registration: Registration) -> list[str] | None:
    """What the person has signed up for, in words; None where there is nothing to sign up for."""
    if not any(day.has_sign_up for day in events.days_of(registration.event)):
        return None
    spoken = language.current()
    return [programme_choices.in_words(item, spoken) for item in programme_choices.of(registration)]


def _subject(registration_id: int) -> str:
    return f"registration:{registration_id}"
