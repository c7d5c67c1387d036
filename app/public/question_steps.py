"""The steps of a form that asks an event's questions: the first page, more questions, a look at all answers.

Without scripts the server finds out only after sending which questions depend on what was answered; they come as a
next step, and what was typed before goes along in hidden fields. With scripts the page has shown them already.
"""

from flask import request

from app.question_forms import fields
from app.question_forms.form import AsksQuestions
from app.questions.queries import Asked

OF_THE_STEP = {"csrf_token", "asked", "asking", "stepped", "change", "checked"}


def are_answered(form: AsksQuestions) -> bool:
    """Whether everything was sent that is asked, and nothing is wrong with it."""
    return form.is_submitted() and not _goes_back() and form.validate() and not form.missed


def is_due(form: AsksQuestions) -> bool:
    """Whether a step with more questions comes now: some have not been shown, or the one sent was not right.

    Only of a form that was validated: when something of the first page is wrong, that page comes first.
    """
    if not form.is_submitted() or _goes_back():
        return False
    return form.errors.keys() <= _names(_on_this_step(form)) if form.errors else bool(form.missed)


def to_ask(form: AsksQuestions) -> list[Asked]:
    """The questions of the step that is due."""
    return _on_this_step(form) if form.errors else form.missed


def is_to_be_checked() -> bool:
    """Whether all answers are looked at before they are sent: after more than one step they are, once."""
    return bool(request.form.get("stepped")) and not request.form.keys() & {"checked", "change"}


def carried(form: AsksQuestions, asked: list[Asked]) -> list[tuple[str, str]]:
    """What goes along unseen to a page that shows `asked`: everything typed before, and what has been shown."""
    seen = _names(asked) | OF_THE_STEP
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in seen]
    now = {str(one.id) for one in asked}
    shown = [("asked", one) for one in sorted(form.shown - now)] + [("asking", one) for one in sorted(now)]
    return [*typed, *shown, ("stepped", "1")]


def _goes_back() -> bool:
    return "change" in request.form


def _on_this_step(form: AsksQuestions) -> list[Asked]:
    return [one for one in form.applying if str(one.id) in (form.asking.data or ())]


def _names(asked: list[Asked]) -> set[str]:
    return {name for one in asked for name in (fields.name_of(one), fields.consent_name(one))}
