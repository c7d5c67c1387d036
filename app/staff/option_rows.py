"""The options of a question as rows of a form, which grow, shrink and move without a script."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms.validators import NumberRange, Optional

from app.forms import IntegerField
from app.questions.editing import GivenOption
from app.staff.event_fields import TranslatedField

MOST = 50
_COLUMNS = ("id", "label-fi", "label-sv", "label-en", "places")


class OptionRow(wtforms.Form):
    """One option. A row left empty is none."""

    id = wtforms.HiddenField()
    label = TranslatedField(_l("Option"))
    places = IntegerField(
        _l("Places"), [Optional(), NumberRange(min=0, message=_l("Enter 0 or more, or leave this empty"))]
    )

    @property
    def is_empty(self) -> bool:
        return not self.label.text and not any(self.places.raw_data or [self.places.data])

    def given(self) -> GivenOption:
        """What was typed, for the rule."""
        known = self.id.data if str(self.id.data).isdecimal() else None
        return GivenOption(id=int(known) if known else None, label=self.label.text, places=self.places.data)


def rearranged(sent: MultiDict[str, str], act: str) -> tuple[MultiDict[str, str], str]:
    """The form as sent with its rows changed as a button said, and the id of the control to go on from.

    `act` is "add", or "up-3", "down-3" or "remove-3" with a row's number.
    """
    rows = _rows(sent)
    what, _dash, number = act.partition("-")
    at = int(number) if number.isdecimal() and int(number) < len(rows) else 0
    focus = "add-option"
    match what:
        case "add" if len(rows) < MOST:
            rows.append(dict.fromkeys(_COLUMNS, ""))
            focus = f"options-{len(rows) - 1}-label-fi"
        case "up" | "down" if rows:
            to = max(0, at - 1) if what == "up" else min(len(rows) - 1, at + 1)
            rows.insert(to, rows.pop(at))
            focus = f"{'up' if to else 'down'}-option-{to}" if what == "up" else f"{_down_or_up(to, rows)}-option-{to}"
        case "remove" if rows:
            del rows[at]
    return _with_rows(sent, rows), focus


def _down_or_up(at: int, rows: list[Any]) -> str:
    return "down" if at < len(rows) - 1 else "up"


def _rows(sent: MultiDict[str, str]) -> list[dict[str, str]]:
    numbers = {name.split("-")[1] for name in sent if name.startswith("options-")}
    ordered = sorted(int(number) for number in numbers if number.isdecimal())
    return [{column: sent.get(f"options-{number}-{column}", "") for column in _COLUMNS} for number in ordered[:MOST]]


def _with_rows(sent: MultiDict[str, str], rows: list[dict[str, str]]) -> MultiDict[str, str]:
    others = [(name, value) for name, value in sent.items(multi=True) if not name.startswith("options-")]
    made = MultiDict(others)
    for number, row in enumerate(rows):
        made.update({f"options-{number}-{column}": value for column, value in row.items()})
    return made
