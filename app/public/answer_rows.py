"""A person's answers to the event's own questions, for the personal page."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from app.public import personal_links
from app.public.summaries import Row
from app.public.summaries import change as change_link
from app.question_forms import words
from app.registrations import answers, own_answers
from app.registrations.models import Registration


@dataclass(frozen=True)
class OwnAnswers:
    """What was answered, what can be taken back (question id and label), and how many questions lack an answer."""

    url: str
    rows: list[Row]
    sealed: list[tuple[int, Any]] = field(default_factory=list)
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
    sealed = [(one.question_id, words.marked(one.label)) for one in given if one.sensitive]
    missing = len(own_answers.missing(registration, given)) if changeable else 0
    return OwnAnswers(url, rows, sealed, missing)
