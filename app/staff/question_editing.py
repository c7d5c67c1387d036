"""Writing a new question and changing one; what a change means for the answers there are is asked."""

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, if_refused
from app.database import db
from app.events import editing as event_rules
from app.events import queries as events
from app.events.models import Event
from app.questions import editing
from app.questions import queries as questions
from app.questions.models import QuestionKind
from app.questions.queries import Asked
from app.registrations import answered, option_limits
from app.registrations.option_limits import form_open
from app.staff import option_rows, question_words
from app.staff.event_fields import typed
from app.staff.question_form import QuestionForm
from app.staff.questions import to_list

bp = Blueprint("question_editing", __name__)
bp.before_request(access.organisers)


@bp.route("/events/<int:event_id>/questions/new")
def choose_kind(event_id: int) -> ResponseReturnValue:
    return render_template(
        "staff/questions/choose_kind.html",
        event=_editable(event_id),
        kinds=question_words.KINDS,
        hints=question_words.KIND_HINTS,
    )


@bp.route("/events/<int:event_id>/questions/new/<kind>", methods=["GET", "POST"])
def new(event_id: int, kind: str) -> ResponseReturnValue:
    event = _editable(event_id)
    chosen = QuestionKind(kind) if kind in set(QuestionKind) else abort(404)
    if "rows" in request.form:
        sent, focus = option_rows.rearranged(request.form, request.form["rows"])
        return _page(event, QuestionForm(event, chosen, sent=sent), focus=focus)
    form = QuestionForm(event, chosen)
    if form.validate_on_submit():
        with if_refused.say_in(form):
            with form_open(event_id) as opened:
                made = editing.add(opened.event, form.given())
            db.session.commit()
            flash(_("The question is in the form."), "success")
            return redirect(to_list(event_id, anchor=f"question-{made.id}"), 303)
    return _page(event, form)


@bp.route("/events/<int:event_id>/questions/<int:question_id>", methods=["GET", "POST"])
def edit(event_id: int, question_id: int) -> ResponseReturnValue:
    event = _editable(event_id)
    asked = questions.form_of(event_id).question(question_id) or abort(404)
    has_answers = question_id in answered.in_form_of(event_id).questions
    if "rows" in request.form:
        sent, focus = option_rows.rearranged(request.form, request.form["rows"])
        form = QuestionForm(event, asked.kind, asked, has_answers=has_answers, sent=sent)
        return _page(event, form, asked, focus=focus)
    form = QuestionForm(event, asked.kind, asked, has_answers=has_answers)
    if "back" in request.form or not form.validate_on_submit():
        return _page(event, form, asked)
    excess = [] if form.is_another else option_limits.excess(asked, form.given().options)
    if excess and "confirmed" not in request.form:
        return render_template("staff/questions/confirm.html", event=event, excess=excess, typed=typed())
    stale = _("Someone else changed this question after you opened it. What you typed is kept here: open the form in "
              "another window, compare, and save again if yours should stand.")  # fmt: skip
    with form.kept(lambda: editing.version_of(asked), stale=stale) as saving:
        with form_open(event_id) as opened:
            kept = editing.change(
                opened.event,
                question_id,
                form.given(),
                version=form.version.data,
                answered=opened.answered,
                is_another=form.is_another,
            )
        db.session.commit()
        flash(_("The question is saved."), "success")
        return redirect(to_list(event_id, anchor=f"question-{kept.id}"), 303)
    return _page(event, form, asked), saving.status


def _editable(event_id: int) -> Event:
    event = events.by_id(event_id) or abort(404)
    event_rules.must_be_editable(event)
    return event


def _page(event: Event, form: QuestionForm, asked: Asked | None = None, *, focus: str = "") -> str:
    return render_template(
        "staff/questions/edit.html",
        event=event,
        form=form,
        asked=asked,
        focus=focus,
        kind_name=question_words.KINDS[form.shown_kind],
    )
