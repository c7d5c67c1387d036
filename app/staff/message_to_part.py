"""An organiser's own message to a part of the list: write, look, see who gets it and who does not, send."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import access, if_refused, language, wording
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Event
from app.registrations import message_notices, organiser_messages, previews
from app.registrations.models import Announcement, Occasion
from app.staff import message_previews, message_words
from app.staff.event_fields import typed
from app.staff.message_examples import examples
from app.staff.message_forms import MessageForm
from app.staff.message_previews import Preview

bp = Blueprint("message_to_part", __name__)
bp.before_request(access.organisers)


@bp.route("/events/<int:event_id>/messages/new", methods=["GET", "POST"])
def new(event_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    return _written(event, MessageForm(event, Occasion.ORGANISER_MESSAGE))


@bp.route("/events/<int:event_id>/messages/thanks", methods=["GET", "POST"])
def thank(event_id: int) -> ResponseReturnValue:
    """The same with words to begin with, and the link to the materials."""
    event = events.by_id(event_id) or abort(404)
    subject, body = message_notices.thanks()
    ready = {"subject": vars(subject), "body": vars(body), "kind": "optional", "status": "confirmed"}
    return _written(event, MessageForm(event, Occasion.MATERIALS, **ready))


def _written(event: Event, form: MessageForm) -> ResponseReturnValue:
    if "back" in request.form or not form.validate_on_submit():
        return _page(event, form)
    draft = form.draft()
    if "preview" in request.form:
        preview = message_previews.show(event, lambda who, days: previews.of_message(draft, who, days))
        return _page(event, form, preview)
    if "test" in request.form:
        message_previews.post_test(event, lambda who, days: previews.of_message(draft, who, days))
        flash(_("A test in each language is on its way to %(address)s.", address=access.user().email), "success")
        return _page(event, form)
    if "confirmed" not in request.form:
        return _check_page(event, form)
    return _send(event, form)


def _send(event: Event, form: MessageForm) -> ResponseReturnValue:
    begin_write()
    with if_refused.say_in(form):
        announcement = organiser_messages.send(event.id, form.draft(), by=access.user())
        said = _sent_in_words(announcement, is_later=form.due_at.data is not None)
        db.session.commit()
        flash(said, "success")
        return redirect(url_for("staff.messages.index", event_id=event.id), 303)
    return _page(event, form)


def _sent_in_words(announcement: Announcement, *, is_later: bool) -> str:
    if is_later:
        when = wording.date_and_time(announcement.due_at, language.current())
        return _("The message goes out %(when)s. Until then you can cancel it.", when=when)
    return ngettext(
        "The message is on its way to %(num)s person.",
        "The message is on its way to %(num)s people.",
        announcement.total,
    )


def _page(event: Event, form: MessageForm, preview: Preview | None = None) -> str:
    return render_template(
        "staff/messages/new.html",
        event=event,
        form=form,
        is_thanks=form.occasion is Occasion.MATERIALS,
        known=examples(event),
        preview=preview,
    )


def _check_page(event: Event, form: MessageForm) -> str:
    access.record("messages.check", f"event:{event.id}")
    draft = form.draft()
    return render_template(
        "staff/messages/check.html",
        event=event,
        form=form,
        draft=draft,
        reach=organiser_messages.reach(event, draft),
        part=message_words.part_in_words(event, draft.part),
        typed=typed(),
    )
