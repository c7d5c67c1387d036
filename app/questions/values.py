"""What an answer to each kind of question is, whoever gives it: a form, a file, another system."""

import math
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.errors import Refused
from app.questions.models import QuestionKind
from app.questions.queries import Asked

AnswerValue = str | int | float | date | bool | frozenset[int]

LONGEST = {QuestionKind.TEXT: 300, QuestionKind.LONG_TEXT: 4000}
LARGEST_NUMBER = 10**12


def checked(asked: Asked, value: AnswerValue) -> AnswerValue:
    """The value, if it can be an answer to the question: options by their ids, one unless several may be chosen.

    Raises Refused with a sentence that names the question. Whether the question applies is not asked here.
    """
    if not _fits(asked, value):
        raise Refused(_("The answer to “%(question)s” does not fit the question.", question=asked.label.into("fi")))
    return value


def _fits(asked: Asked, value: AnswerValue) -> bool:
    match asked.kind:
        case QuestionKind.TEXT | QuestionKind.LONG_TEXT:
            return isinstance(value, str) and 0 < len(value) <= LONGEST[asked.kind]
        case QuestionKind.NUMBER:
            return is_number(value)
        case QuestionKind.DATE:
            return isinstance(value, date)
        case QuestionKind.YES_NO:
            return isinstance(value, bool)
        case QuestionKind.CHOICE | QuestionKind.LIST | QuestionKind.SEVERAL:
            several = asked.kind is QuestionKind.SEVERAL
            offered = {option.id for option in asked.options}
            return isinstance(value, frozenset) and bool(value) and (several or len(value) == 1) and value <= offered
        case _:
            return False


def is_number(value: object) -> bool:
    """Whether this is a number that every database and spreadsheet can hold."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


def to_json(value: AnswerValue) -> Any:
    """As it is stored: a date in ISO form, chosen options as a sorted list of their ids."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: QuestionKind, stored: Any) -> AnswerValue:
    """What `to_json` has stored, as an answer to a question of this kind."""
    if kind.has_options:
        return frozenset(stored)
    return date.fromisoformat(stored) if kind is QuestionKind.DATE else stored


def as_number(typed: str) -> int | float:
    """2, 2,5 or 1 200,50, as people write them. ValueError when it is no number."""
    number = float("".join(typed.split()).replace(",", ".").replace("−", "-"))
    if not math.isfinite(number) or not is_number(number):
        raise ValueError(typed)
    return int(number) if number.is_integer() else number
