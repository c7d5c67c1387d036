"""What the forms about events share: a text in three languages, a day with its hours, answers carried along."""

from typing import Any

import wtforms
from flask import request
from flask_babel import lazy_gettext as _l
from wtforms.fields import FormField
from wtforms.validators import NumberRange

from app.events import days
from app.forms import at_most, required
from app.if_refused import shown_at
from app.language import IN_EACH
from app.period_form import PeriodForm
from app.translated import Translated

not_negative = NumberRange(min=0, message=_l("Enter 0 or more, or leave this empty"))


class TranslatedField(FormField):
    """A text in Finnish, Swedish and English, in inputs named `<name>-fi`, `<name>-sv` and `<name>-en`."""

    def __init__(self, label: Any, *, most: int = 200, lines: int = 1, needed: Any = None, **kwargs: Any) -> None:
        super().__init__(_texts(most, lines, needed), label, **kwargs)

    @property
    def text(self) -> Translated:
        return Translated(**{code: value or "" for code, value in self.data.items()})


class DayForm(PeriodForm):
    """A day of an event with its hours in Helsinki; left empty, there is no such day."""

    invited_only = wtforms.BooleanField(_l("Only by invitation"))

    def judge(self, period: days.Period) -> None:
        with shown_at(self.ends):
            days.must_end_after_it_starts(period)


def _texts(most: int, lines: int, needed: Any) -> type[wtforms.Form]:
    kind = wtforms.TextAreaField if lines > 1 else wtforms.StringField
    extra = {"render_kw": {"rows": lines}} if lines > 1 else {}
    fields = {
        code: kind(
            name,
            validators=[*([required(needed)] if needed and code == "fi" else []), at_most(most)],
            default="",
            **extra,
        )
        for code, name in IN_EACH.items()
    }
    return type("Texts", (wtforms.Form,), fields)


def typed() -> list[tuple[str, str]]:
    """The form as it was sent, to be carried through a question; a new token is written by the page."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
