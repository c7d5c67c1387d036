"""The form of an event as its organiser sees it: the questions in order, and what can be done with each."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, if_refused
from app.database import db
from app.events import queries as events
from app.events.models import Event
from app.forms import Form
from app.questions import conditions, order, retiring
from app.questions import queries as questions
from app.questions.models import Question
from app.questions.order import Direction
from app.questions.queries import Form as AskedForm
from app.questions.ready_made import READY_MADE
from app.registrations import answered
from app.registrations.option_limits import form_open
from app.staff import question_words

bp = Blueprint("questions", __name__)
bp.before_request(access.organisers)


@bp.route("/events/<int:event_id>/questions")
def index(event_id: int) -> ResponseReturnValue:
    event, asked = events.by_id(event_id) or abort(404), questions.form_of(event_id)
    return render_template(
        "staff/questions/index.html",
        event=event,
        asked=asked,
        answered=answered.in_form_of(event_id),
        retired=retiring.retired_of(event_id),
        ready_made=[(key, question_words.READY_MADE[key]) for key in _to_offer(event, asked)],
        kinds=question_words.KINDS,
        badges=question_words.badges,
    )


@bp.route("/events/<int:event_id>/questions/<int:question_id>/move", methods=["POST"])
def move(event_id: int, question_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    wanted = Direction.UP if request.form.get("direction") == Direction.UP else Direction.DOWN
    with if_refused.flash():
        with form_open(event.id):
            order.move(event_id, question_id, wanted)
        db.session.commit()
    return redirect(to_list(event_id, anchor=_button_of(event_id, question_id, wanted)), 303)


@bp.route("/events/<int:event_id>/questions/<int:question_id>/remove", methods=["GET", "POST"])
def remove(event_id: int, question_id: int) -> ResponseReturnValue:
    event, form, asked = events.by_id(event_id) or abort(404), Form(), questions.form_of(event_id)
    question = asked.question(question_id) or abort(404)
    if not form.validate_on_submit():
        return render_template(
            "staff/questions/remove.html",
            event=event,
            question=question,
            has_answers=question_id in answered.in_form_of(event_id).questions,
            dependents=conditions.dependents(asked, question_id),
        )
    with form_open(event_id) as opened:
        retiring.remove(db.session.get(Question, question_id) or abort(404), opened.answered)
    db.session.commit()
    flash(_("The question is no longer asked."), "success")
    return redirect(to_list(event_id), 303)


def _to_offer(event: Event, asked: AskedForm) -> list[str]:
    """The ready-made questions that the form has not, and that someone would be asked."""
    there = {question.ready_made for question in asked.questions}
    return [name for name, given in READY_MADE.items() if name not in there and given.mode in (None, *event.modes)]


def to_list(event_id: int, *, anchor: str | None = None) -> str:
    """The address of the list, at a question or a button of it."""
    return url_for("staff.questions.index", event_id=event_id, _anchor=anchor)


def _button_of(event_id: int, question_id: int, pressed: Direction) -> str:
    """The button to go on with: the one pressed, or the other one at an end of the list."""
    ids = [asked.id for asked in questions.form_of(event_id).questions]
    at_end = {Direction.UP: ids[:1], Direction.DOWN: ids[-1:]}[pressed] == [question_id]
    other = Direction.DOWN if pressed is Direction.UP else Direction.UP
    return f"{other if at_end else pressed}-{question_id}"
