"""The personal page's answers: changing them, and taking back the consent to a sensitive one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.database import db
from app.events.models import Mode
from app.public import form_posts, personal_links, question_steps, refusals
from app.question_forms.form import AsksQuestions, asking_of
from app.registrations import answers, consents, own_answers
from app.registrations.models import Registration

bp = Blueprint("own_answers", __name__)
bp.after_request(personal_links.keep_from_robots)


class AnswersForm(AsksQuestions):
    """The event's questions with what has been answered; how the person takes part is known."""

    def __init__(self, registration: Registration, **kwargs: Any) -> None:
        self._mode = registration.mode
        asks = asking_of(registration.event, modes=[registration.mode])
        known = answers.by_question(answers.of(registration, sensitive=True))
        agreed = consents.held(registration)
        ticked = {f"consent-{one.id}": True for one in asks.form.questions if consents.to_answer(one.id) in agreed}
        super().__init__(asks=asks, known=known, **ticked | kwargs)

    @property
    def mode_chosen(self) -> Mode:
        return self._mode


@bp.route("/r/<token>/answers", methods=["GET", "POST"])
@form_posts.limited()
def change(token: str) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    if not own_answers.may_change(registration):
        return redirect(personal_links.page("public.personal.show", token))
    form = AnswersForm(registration)
    if question_steps.are_answered(form) and _is_saved(registration, form):
        flash(_("Your answers are saved."), "success")
        return redirect(personal_links.page("public.personal.show", token), 303)
    page = {"form": form, "token": token, "event": registration.event}
    if question_steps.is_due(form):
        asked = question_steps.to_ask(form)
        carried = question_steps.carried(form, asked)
        return render_template("public/register_more.html", asked=asked, carried=carried, **page)
    return render_template("public/personal_answers_change.html", **page)


@bp.post("/r/<token>/answers/<int:question_id>/withdraw")
@form_posts.limited()
def withdraw_consent(token: str, question_id: int) -> ResponseReturnValue:
    registration = personal_links.manage(token)
    if own_answers.withdraw_consent(registration, question_id):
        flash(_("Your consent is withdrawn, and your answer has been deleted."), "success")
    else:
        flash(_("This answer had already been deleted."))
    db.session.commit()
    return redirect(personal_links.page("public.personal.show", token), 303)


def _is_saved(registration: Registration, form: AnswersForm) -> bool:
    with refusals.said_in(form):
        own_answers.change(registration, form)
        db.session.commit()
        return True
    return False
