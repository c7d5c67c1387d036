"""The organiser's own words for the mails of an event, occasion by occasion."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Event
from app.registrations import own_words, previews
from app.registrations.models import Occasion
from app.staff import message_previews
from app.staff.message_examples import examples
from app.staff.message_forms import TextsForm
from app.staff.message_previews import Preview
from app.staff.registration_words import occasion_name

bp = Blueprint("message_texts", __name__)
bp.before_request(access.organisers)
bp.add_app_template_global(occasion_name)


@bp.route("/events/<int:event_id>/messages/texts")
def index(event_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    return render_template(
        "staff/messages/texts.html", event=event, occasions=own_words.OCCASIONS, texts=own_words.of(event)
    )


@bp.route("/events/<int:event_id>/messages/texts/<occasion>", methods=["GET", "POST"])
def edit(event_id: int, occasion: str) -> ResponseReturnValue:
    event, about = events.by_id(event_id) or abort(404), _occasion(occasion)
    form = TextsForm(obj=own_words.of(event).get(about))
    if not form.validate_on_submit():
        return _page(event, about, form)
    subject, body = form.words

    def save() -> None:
        own_words.save(event, about, subject=subject, body=body)

    if "preview" in request.form:
        preview = message_previews.show(event, lambda who, days: previews.of_occasion(about, who, days), save)
        return _page(event, about, form, preview)
    if "test" in request.form:
        message_previews.post_test(event, lambda who, days: previews.of_occasion(about, who, days), save)
        flash(_("A test in each language is on its way to %(address)s.", address=access.user().email), "success")
        return _page(event, about, form)
    begin_write()
    save()
    db.session.commit()
    flash(_("The texts are saved."), "success")
    return _back(event_id)


@bp.post("/events/<int:event_id>/messages/texts/<occasion>/default")
def back_to_default(event_id: int, occasion: str) -> ResponseReturnValue:
    begin_write()
    own_words.back_to_default(events.by_id(event_id) or abort(404), _occasion(occasion))
    db.session.commit()
    flash(_("The service’s own texts are in use again."), "success")
    return _back(event_id)


def _occasion(name: str) -> Occasion:
    return next((one for one in own_words.OCCASIONS if one.value == name), None) or abort(404)


def _page(event: Event, occasion: Occasion, form: TextsForm, preview: Preview | None = None) -> str:
    return render_template(
        "staff/messages/text.html",
        event=event,
        occasion=occasion,
        form=form,
        has_own=occasion in own_words.of(event),
        ours_stay=occasion in own_words.OURS_STAY,
        known=examples(event),
        preview=preview,
    )


def _back(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.message_texts.index", event_id=event_id), 303)
