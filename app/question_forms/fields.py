"""Form fields made from an event's own questions. Each says by the question's name what is wrong."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional
from wtforms.widgets import Select

from app import language
from app.forms import ChecklistField, DateField, RadioField, Required, SelectField
from app.question_forms.words import marked
from app.questions import ready_made, values
from app.questions.models import QuestionKind
from app.questions.queries import Asked, AskedOption
from app.questions.values import AnswerValue

YES, NO = "yes", "no"


class NumberField(wtforms.StringField):
    """A number as people write it, with a comma or a point; `data` is a number when it could be read as one."""

    def __init__(self, *args: Any, not_a_number: str, **kwargs: Any) -> None:
        super().__init__(*args, render_kw={"inputmode": "decimal", "autocomplete": "off"}, **kwargs)
        self._not_a_number = not_a_number

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0]:
            try:
                self.data = values.as_number(valuelist[0])
            except ValueError:
                raise ValueError(self._not_a_number) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data).replace(".", ",")


class AnswerDateField(DateField):
    """A day, asked for by a question's name."""

    def __init__(self, *args: Any, not_a_date: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._not_a_date = not_a_date

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError(self._not_a_date) from None


def name_of(asked: Asked) -> str:
    return f"question-{asked.id}"


def consent_name(asked: Asked) -> str:
    return f"consent-{asked.id}"


def consent_to(asked: Asked) -> Any:
    """The tick that lets a sensitive answer be kept."""
    return wtforms.BooleanField(marked(ready_made.consent_to(asked)))


def without_consent(asked: Asked) -> str:
    """What is said to someone who answered a sensitive question without the tick."""
    question = str(asked.label.into(language.current()))
    return _("“%(question)s” is not kept without your consent: tick the box, or leave it empty", question=question)


def of_options(asked: Asked, rooms: Mapping[int, str]) -> dict[str, str]:
    """What is said of each option that has places of its own, by its value."""
    return {str(option.id): rooms[option.id] for option in asked.options if option.id in rooms} if rooms else {}


def full(asked: Asked, free: Mapping[int, int]) -> set[str]:
    """The options that cannot be chosen now, by their values. When all are full, one can still wait for any."""
    found = {str(option.id) for option in asked.options if free.get(option.id, 1) <= 0}
    return set() if len(found) == len(asked.options) else found


def is_full(option: AskedOption) -> str:
    """What is said at the question when an option was taken by others meanwhile."""
    return _("“%(option)s” is full. Choose another answer.", option=str(option.label.into(language.current())))


def places_left(free: int) -> str:
    """Places left of an option, in words."""
    return str(ngettext("%(num)s place left", "%(num)s places left", free)) if free > 0 else str(_("Full"))


@lru_cache(maxsize=1024)
def field_of(
    asked: Asked,
    speaks: str,
    *,
    lenient: bool,
    rooms: tuple[tuple[str, str], ...] = (),
    taken: frozenset[str] = frozenset(),
) -> Any:
    """The question as a field to bind to a form; with `lenient`, for organisers, it need not be answered.

    A list says the places of its options in their lines, `rooms`, and lets nobody choose those `taken`. Kept, since
    in a rush everyone is asked the same; `speaks`, by which it is kept too, has to be the language of the page.
    """
    must = asked.required and not lenient
    label = marked(asked.label)
    if not must and not asked.sensitive and not lenient:
        label = Markup("{} {}").format(label, _("(optional)"))
    question = str(asked.label.into(speaks))
    common = {"label": label, "description": marked(asked.help), "validators": [_must(must, asked, question)]}
    match asked.kind:
        case QuestionKind.TEXT | QuestionKind.LONG_TEXT:
            return _text(asked.kind, question, common)
        case QuestionKind.NUMBER:
            said = _("Enter a number in “%(question)s”, such as 2 or 2,5", question=question)
            return NumberField(not_a_number=said, **common)
        case QuestionKind.DATE:
            said = _("Enter a date in “%(question)s”, such as 21.10.2027", question=question)
            return AnswerDateField(not_a_date=said, **common)
        case QuestionKind.LIST:
            said = dict(rooms)
            listed = [_listed(option, speaks, said, taken) for option in asked.options]
            choices = [SelectChoice("", _("Choose")), *listed]
            return SelectField(choices=choices, default="", widget=Select(), **common)
        case QuestionKind.SEVERAL:
            return ChecklistField(choices=_choices(asked), **common)
        case QuestionKind.YES_NO:
            return RadioField(choices=[SelectChoice(YES, _("Yes")), SelectChoice(NO, _("No"))], **common)
        case _:
            return RadioField(choices=_choices(asked), **common)


def _must(must: bool, asked: Asked, question: str) -> Any:
    if not must:
        return Optional()
    if asked.kind.has_options or asked.kind is QuestionKind.YES_NO:
        return Required(_("Choose an answer to “%(question)s”", question=question))
    return Required(_("Answer the question “%(question)s”", question=question))


def _text(kind: QuestionKind, question: str, common: dict[str, Any]) -> Any:
    longest = values.LONGEST[kind]
    said = _("Keep “%(question)s” to %(max)s characters or fewer", question=question, max=longest)
    length = Length(max=longest, message=said.replace("%", "%%"))
    field = wtforms.StringField if kind is QuestionKind.TEXT else wtforms.TextAreaField
    return field(**common | {"validators": [*common["validators"], length]})


def _choices(asked: Asked) -> list[SelectChoice]:
    return [SelectChoice(str(option.id), marked(option.label)) for option in asked.options]


def _listed(option: AskedOption, speaks: str, rooms: Mapping[str, str], taken: frozenset[str]) -> SelectChoice:
    """An option of a list says its places in its own line; a full one cannot be chosen."""
    value, label = str(option.id), str(option.label.into(speaks))
    if value in rooms:
        label = _("%(option)s (%(places)s)", option=label, places=rooms[value])
    return SelectChoice(value, label, {"disabled": True} if value in taken else {})


def as_data(asked: Asked, value: AnswerValue) -> Any:
    """An answer as its field holds it."""
    if isinstance(value, frozenset):
        ids = [str(option.id) for option in asked.options if option.id in value]
        return ids if asked.kind is QuestionKind.SEVERAL else next(iter(ids), None)
    if asked.kind is QuestionKind.YES_NO:
        return YES if value else NO
    return value


def answer(asked: Asked, data: Any) -> AnswerValue | None:
    """What a field holds, as an answer; None when it is empty or cannot be read."""
    if data in (None, "", []):
        return None
    if asked.kind.has_options:
        offered = {str(option.id): option.id for option in asked.options}
        chosen = data if isinstance(data, list) else [data]
        return frozenset(offered[one] for one in chosen if one in offered) or None
    if asked.kind is QuestionKind.YES_NO:
        return {YES: True, NO: False}.get(data)
    return data
