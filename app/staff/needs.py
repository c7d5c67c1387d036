"""What a kitchen or a venue needs to know: sensitive answers as counts, without anybody's name. For organisers."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import access, language
from app.events.models import Event
from app.question_forms import words
from app.registrations import export, needs
from app.registrations.needs import Said
from app.translated import Translated

bp = Blueprint("needs", __name__)
bp.before_request(access.organisers)


@bp.app_template_global()
def answer_in_words(said: Said) -> str:
    """An answer as one reads it, an option by its label."""
    return words.marked(said) if isinstance(said, Translated) else words.spoken(said)


@bp.route("/events/<int:event_id>/needs")
def index(event_id: int) -> ResponseReturnValue:
    event = _recorded(event_id, "needs.view")
    return render_template("staff/registrations/needs.html", event=event, needs=needs.of_event(event))


@bp.route("/events/<int:event_id>/needs.csv")
def csv(event_id: int) -> ResponseReturnValue:
    event = _recorded(event_id, "export.needs")
    spoken = language.current()
    rows: list[list[str | int]] = [[_("Question"), _("Answer"), _("How many")]]
    for need in needs.of_event(event):
        label = str(need.question.label.into(spoken))
        rows += [[label, _plain(said, spoken), count] for said, count in need.lines]
    response = Response(export.table(rows, spoken), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{event.slug}-needs.csv")
    return response


def _plain(said: Said, language: str) -> str:
    return str(said.into(language)) if isinstance(said, Translated) else words.plain(said)


def _recorded(event_id: int, action: str) -> Event:
    event = access.visible_event(event_id)
    access.record(action, f"event:{event_id}")
    return event
