"""Questions that need not be written: ready-made ones, and those of other events' forms."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app import access, if_refused
from app.database import db
from app.events import editing as event_rules
from app.events import queries as events
from app.events.models import Event
from app.forms import ChecklistField, Form, choices, required
from app.questions import editing, library
from app.questions import queries as questions
from app.questions.queries import Asked
from app.questions.ready_made import READY_MADE
from app.registrations.option_limits import form_open
from app.staff.question_words import text
from app.staff.questions import to_list

bp = Blueprint("question_library", __name__)
bp.before_request(access.organisers)


class CopyQuestionsForm(Form):
    chosen = ChecklistField(_l("Which questions?"), [required(_l("Choose at least one question"))], coerce=int)

    def __init__(self, offered: Sequence[Asked]) -> None:
        super().__init__(chosen=[asked.id for asked in offered])
        self.chosen.choices = choices((asked.id, text(asked.label)) for asked in offered)


@bp.route("/events/<int:event_id>/questions/ready-made/<name>", methods=["POST"])
def add_ready_made(event_id: int, name: str) -> ResponseReturnValue:
    event, given = events.by_id(event_id) or abort(404), READY_MADE.get(name) or abort(404)
    with if_refused.flash():
        with form_open(event.id) as opened:
            made = editing.add(opened.event, given, ready_made=name)
        db.session.commit()
        flash(_("The question is in the form."), "success")
        return redirect(to_list(event_id, anchor=f"question-{made.id}"), 303)
    return redirect(to_list(event_id), 303)


@bp.route("/events/<int:event_id>/questions/copy")
def choose_event(event_id: int) -> ResponseReturnValue:
    event = _editable(event_id)
    return render_template("staff/questions/choose_event.html", event=event, forms=library.forms_beside(event_id))


@bp.route("/events/<int:event_id>/questions/copy/<int:from_id>", methods=["GET", "POST"])
def copy(event_id: int, from_id: int) -> ResponseReturnValue:
    event, original = _editable(event_id), events.by_id(from_id) or abort(404)
    form = CopyQuestionsForm(questions.form_of(from_id).questions)
    if form.validate_on_submit():
        with if_refused.say_in(form):
            with form_open(event_id) as opened:
                number = library.copy(opened.event, from_id=from_id, question_ids=form.chosen.data)
            db.session.commit()
            flash(ngettext("%(num)s question is copied.", "%(num)s questions are copied.", number), "success")
            return redirect(to_list(event_id), 303)
    return render_template("staff/questions/copy.html", event=event, original=original, form=form)


def _editable(event_id: int) -> Event:
    event = events.by_id(event_id) or abort(404)
    event_rules.must_be_editable(event)
    return event
