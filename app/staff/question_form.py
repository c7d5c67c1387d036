"""The form that a question is written with, made for its kind."""

from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import FieldList, FormField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from app.events.models import Event, Mode
from app.forms import RadioField, SelectField, choices
from app.questions import conditions, editing
from app.questions import queries as questions
from app.questions.conditions import Condition
from app.questions.editing import Given
from app.questions.models import QuestionKind
from app.questions.queries import Asked
from app.staff.event_fields import TranslatedField
from app.staff.option_rows import MOST, OptionRow
from app.staff.question_words import KINDS, kinds_like, only_if
from app.staff.versioned import Versioned

YES, EVERYONE = "yes", "everyone"
_MODES = [(EVERYONE, _l("Everyone")), (Mode.ON_SITE, _l("Only those on site")), (Mode.ONLINE, _l("Only those online"))]
_MEANINGS = [
    ("same", _l("Only the wording is corrected: the meaning is the same")),
    ("another", _l("It is another question now")),
]


class QuestionForm(Versioned):
    """Of a new question, or of one that is `asked` already; `has_answers` adds what the change means for them."""

    kind = RadioField(_l("Kind of question"))
    label = TranslatedField(_l("Question"), most=300, needed=_l("Write the question in Finnish"))
    help = TranslatedField(_l("Help text"), most=1000, lines=2)
    required = wtforms.BooleanField(_l("An answer is required"))
    options = FieldList(FormField(OptionRow), max_entries=MOST)
    mode = RadioField(_l("Who is asked?"), choices=choices(_MODES), default=EVERYONE)
    condition = SelectField(_l("When is it asked?"), default="")
    sensitive = wtforms.BooleanField(_l("The answer is sensitive"))
    meaning = RadioField(_l("What did you change?"), choices=choices(_MEANINGS), validate_choice=False)

    def __init__(
        self,
        event: Event,
        kind: QuestionKind,
        asked: Asked | None = None,
        *,
        has_answers: bool = False,
        sent: Any = None,
    ) -> None:
        self._asked, self.shown_kind = asked, kind
        self._form = questions.form_of(event.id)
        super().__init__(**({"formdata": sent} if sent is not None else {}), **_values(kind, asked))
        self.kind.choices = choices((one.value, KINDS[one]) for one in kinds_like(kind))
        self.condition.choices = self._conditions()
        self._leave_out(event, has_answers)

    def _leave_out(self, event: Event, has_answers: bool) -> None:
        unneeded = {
            "kind": self._asked is None or len(kinds_like(self.shown_kind)) == 1,
            "options": not self.shown_kind.has_options,
            "mode": len(event.modes) == 1 and self.mode.data == EVERYONE,
            "condition": len(self.condition.choices) == 1,
            "required": self.shown_kind is QuestionKind.INFORMATION,
            "sensitive": self.shown_kind is QuestionKind.INFORMATION,
            "meaning": not has_answers,
        }
        for name in [name for name, is_so in unneeded.items() if is_so]:
            del self[name]

    def _conditions(self) -> list[SelectChoice]:
        """Always, or only after one of the answers to the questions before."""
        offered = [SelectChoice("", _l("Always"))]
        for earlier in conditions.possible(self._form, self._asked.id if self._asked else None):
            answers: list[int | None] = [option.id for option in earlier.options] or [None]
            offered += [
                SelectChoice(f"{earlier.id}:{answer or YES}", only_if(self._form, (earlier.id, answer)))
                for answer in answers
            ]
        return offered

    def validate_options(self, field: FieldList) -> None:
        for row in field:
            if not row.form.is_empty and not row.form.label.text.fi:
                row.form.label.form["fi"].errors = [_("Write the option in Finnish")]
        if any(row.errors for row in field):
            raise StopValidation(_("Check the options"))

    def validate_meaning(self, field: wtforms.Field) -> None:
        if any(one.errors for one in self):
            return
        if self._asked and editing.says_something_else(self._asked, self.given()) and not field.data:
            raise StopValidation(_("Say whether the meaning is the same: people have answered this question"))

    @property
    def is_another(self) -> bool:
        return bool(self.meaning) and self.meaning.data == "another"

    def given(self) -> Given:
        """What was typed, valid, as the rule takes it."""
        rows = [row.form for row in self.options] if self.options else []
        return Given(
            kind=QuestionKind(self.kind.data) if self.kind else self.shown_kind,
            label=self.label.text,
            help=self.help.text,
            required=bool(self.required) and self.required.data,
            mode=Mode(self.mode.data) if self.mode and self.mode.data != EVERYONE else None,
            sensitive=bool(self.sensitive) and self.sensitive.data,
            condition=_condition(self.condition.data) if self.condition else None,
            options=tuple(row.given() for row in rows if not row.is_empty),
        )


def _condition(chosen: str) -> Condition | None:
    if not chosen:
        return None
    earlier, _colon, answer = chosen.partition(":")
    return int(earlier), None if answer == YES else int(answer)


def _values(kind: QuestionKind, asked: Asked | None) -> dict[str, Any]:
    """What the form shows before anyone types: the question as it is, or two empty options."""
    if asked is None:
        return {"kind": kind.value, "options": [{}, {}] if kind.has_options else []}
    earlier = asked.condition
    return {
        "version": editing.version_of(asked),
        "kind": kind.value,
        "label": asked.label,
        "help": asked.help,
        "required": asked.required,
        "options": [{"id": one.id, "label": one.label, "places": one.places} for one in asked.options],
        "mode": asked.mode.value if asked.mode else EVERYONE,
        "condition": f"{earlier[0]}:{earlier[1] or YES}" if earlier else "",
        "sensitive": asked.sensitive,
    }
