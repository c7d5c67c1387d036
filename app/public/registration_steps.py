"""What follows a sent registration form: more questions, a look at all answers, or registering.

Without scripts the server finds out only now which questions depend on what was answered; they come as a next step,
and what was typed before goes along in hidden fields. With scripts the page has shown them, and one step is enough.
"""

from enum import Enum, auto

from flask import request

from app.public.registration_form import RegistrationForm
from app.question_forms import fields
from app.questions.queries import Asked


class Step(Enum):
    FORM = auto()
    MORE = auto()
    CHECK = auto()
    REGISTER = auto()


OF_THE_STEP = {"csrf_token", "asked", "asking", "stepped", "change", "checked"}


def step(form: RegistrationForm) -> Step:
    """What is due now. A form of one step is not checked again before it registers."""
    if not form.is_submitted() or "change" in request.form:
        return Step.FORM
    if not form.validate():
        return Step.MORE if form.errors.keys() <= _names(_on_this_step(form)) else Step.FORM
    if form.missed:
        return Step.MORE
    return Step.CHECK if form.stepped.data and "checked" not in request.form else Step.REGISTER


def to_ask(form: RegistrationForm) -> list[Asked]:
    """The questions of a step after the first: those not shown yet, or again those in which something is wrong."""
    return _on_this_step(form) if form.errors else form.missed


def carried(form: RegistrationForm, asked: list[Asked]) -> list[tuple[str, str]]:
    """What goes along unseen to a page that shows `asked`: everything typed before, and what has been shown."""
    seen = _names(asked) | OF_THE_STEP
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in seen]
    now = {str(one.id) for one in asked}
    shown = [("asked", one) for one in sorted(form.shown - now)] + [("asking", one) for one in sorted(now)]
    return [*typed, *shown, ("stepped", "1")]


def _on_this_step(form: RegistrationForm) -> list[Asked]:
    return [one for one in form.applying if str(one.id) in (form.asking.data or ())]


def _names(asked: list[Asked]) -> set[str]:
    return {name for one in asked for name in (fields.name_of(one), fields.consent_name(one))}
