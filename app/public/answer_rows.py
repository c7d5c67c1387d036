"""A person's answers to the event's own questions, for the personal page."""

from dataclasses import dataclass, field

from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.public import personal_links
from app.public.summaries import Row
from app.public.summaries import change as change_link
from app.question_forms import words
from app.registrations import answers, own_answers
from app.registrations.models import Registration


@dataclass(frozen=True)
class OwnAnswers:
    """What was answered, what can be taken back (label and address), and how many questions lack an answer."""

    url: str
    rows: list[Row]
    sealed: list[tuple[Markup, str]] = field(default_factory=list)
    missing: int = 0


def of(registration: Registration, token: str) -> OwnAnswers:
    """All that the person has answered, sealed answers too: this is the person's own page."""
    changeable = own_answers.may_change(registration)
    given = answers.of(registration, sensitive=True)
    url = personal_links.page("public.own_answers.change", token)
    rows: list[Row] = []
    for one in given:
        rows.append({"key": words.marked(one.label), "value": words.spoken(one.value, one.options)})
        if changeable:
            rows[-1]["action"] = change_link(_("answers"), url)
    sealed = [(words.marked(one.label), _withdrawing(token, one.question_id)) for one in given if one.sensitive]
    missing = len(own_answers.missing(registration, given)) if changeable else 0
    return OwnAnswers(url, rows, sealed, missing)


def _withdrawing(token: str, question_id: int) -> str:
    endpoint = "public.own_answers.withdraw_consent"
    return url_for(endpoint, token=token, question_id=question_id, lang=request.args.get("lang"))
