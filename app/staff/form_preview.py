"""The form as people will see it, in each of their languages, drawn with the parts of the public form."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app import access, language
from app.events import queries as events
from app.events.models import Event
from app.language import LANGUAGES, OWN_NAMES
from app.question_forms.form import Asking, AsksQuestions
from app.questions import queries as questions
from app.questions.queries import Form
from app.staff.question_words import mode_in_words, only_if

bp = Blueprint("form_preview", __name__)
bp.before_request(access.organisers)


@bp.route("/events/<int:event_id>/questions/preview")
def show(event_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id) or abort(404)
    asked = request.args.get("in", "")
    shown = asked if asked in LANGUAGES else language.current()
    return render_template(
        "staff/questions/preview.html",
        event=event,
        shown=shown,
        names=OWN_NAMES,
        drawn=_drawn(event, shown),
    )


def _all_free(form: Form) -> dict[int, int]:
    """The places of limited options, as the first one to register sees them."""
    options = [option for asked in form.questions for option in asked.options]
    return {option.id: option.places for option in options if option.places is not None}


def _drawn(event: Event, shown: str) -> Markup:
    """All questions at once, those of one way of taking part and those after an answer too, each said to be so."""
    form = questions.form_of(event.id)
    with language.speaking(shown):
        asks = AsksQuestions(formdata=None, asks=Asking(form, event.modes, _all_free(form)))
        return Markup(  # noqa: S704 - a template, escaped as all are
            render_template(
                "staff/questions/preview_form.html",
                form=asks,
                when={one.id: [only_if(form, one.condition), mode_in_words(one)] for one in form.questions},
            )
        )
