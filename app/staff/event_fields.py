"""What the forms about events share: a text in three languages, a day with its hours, answers carried along."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import wtforms
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import FormField
from wtforms.validators import NumberRange, Optional

from app.errors import Refused
from app.events import days
from app.forms import DateField, TimeField, at_most, required
from app.translated import Translated

not_negative = NumberRange(min=0, message=_l("Enter 0 or more, or leave this empty"))
LANGUAGE_NAMES = {"fi": _l("In Finnish"), "sv": _l("In Swedish"), "en": _l("In English")}


class TranslatedField(FormField):
    """A text in Finnish, Swedish and English, in inputs named `<name>-fi`, `<name>-sv` and `<name>-en`."""

    def __init__(self, label: Any, *, most: int = 200, lines: int = 1, needed: Any = None, **kwargs: Any) -> None:
        super().__init__(_texts(most, lines, needed), label, **kwargs)

    @property
    def text(self) -> Translated:
        return Translated(**{code: value or "" for code, value in self.data.items()})


class DayForm(wtforms.Form):
    """A day of an event with its hours in Helsinki; left empty, there is no such day."""

    date = DateField(_l("Date"), [Optional()])
    starts = TimeField(_l("Starts"), [Optional()])
    ends = TimeField(_l("Ends"), [Optional()])
    invited_only = wtforms.BooleanField(_l("Only by invitation"))

    @property
    def is_empty(self) -> bool:
        return not any(value for field in self for value in field.raw_data or [field.data])

    @property
    def period(self) -> days.Period | None:
        """The day in UTC, once all of it is there and sound."""
        if self.errors or not (self.date.data and self.starts.data and self.ends.data):
            return None
        return days.instant(self.date.data, self.starts.data), days.instant(self.date.data, self.ends.data)

    def validate(self, extra_validators: Any = None) -> bool:
        if self.is_empty or not super().validate(extra_validators):
            return self.is_empty
        self._ask_for_what_is_missing()
        self._refuse_impossible_times()
        return not self.errors

    def _ask_for_what_is_missing(self) -> None:
        sentences = {"date": _("Enter the date"), "starts": _("Enter when it starts"), "ends": _("Enter when it ends")}
        for name, sentence in sentences.items():
            if self[name].data is None:
                self[name].errors = [sentence]

    def _refuse_impossible_times(self) -> None:
        for field in (self.starts, self.ends):
            if self.date.data and field.data:
                with shown_at(field):
                    days.instant(self.date.data, field.data)
        with shown_at(self.ends):
            if self.period:
                days.must_end_after_it_starts(self.period)


@contextmanager
def shown_at(field: wtforms.Field) -> Iterator[None]:
    """Makes a refusal inside the error of a field."""
    try:
        yield
    except Refused as refused:
        field.errors = [str(refused)]


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
        for code, name in LANGUAGE_NAMES.items()
    }
    return type("Texts", (wtforms.Form,), fields)


def typed() -> list[tuple[str, str]]:
    """The form as it was sent, to be carried through a question; a new token is written by the page."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
