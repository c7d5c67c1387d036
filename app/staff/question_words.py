"""How a question is told to those who build a form: its kind, and what sets it apart."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app import language
from app.events.models import Mode
from app.questions.conditions import Condition
from app.questions.models import QuestionKind
from app.questions.queries import Asked, Form
from app.translated import Translated

KINDS = {
    QuestionKind.TEXT: _l("Short text"),
    QuestionKind.LONG_TEXT: _l("Long text"),
    QuestionKind.NUMBER: _l("Number"),
    QuestionKind.DATE: _l("Date"),
    QuestionKind.CHOICE: _l("One of several options"),
    QuestionKind.LIST: _l("One of a long list"),
    QuestionKind.SEVERAL: _l("Several options"),
    QuestionKind.YES_NO: _l("Yes or no"),
    QuestionKind.INFORMATION: _l("Information, nothing to answer"),
}
KIND_HINTS = {
    QuestionKind.TEXT: _l("One line, such as a title or an invoice reference."),
    QuestionKind.LONG_TEXT: _l("A few sentences, such as wishes for the day."),
    QuestionKind.NUMBER: _l("Such as how many years, or how many people."),
    QuestionKind.DATE: _l("Such as the day of arrival."),
    QuestionKind.CHOICE: _l("All options are seen at once. Each can have places of its own."),
    QuestionKind.LIST: _l("A drop-down list, for more than seven options."),
    QuestionKind.SEVERAL: _l("People tick as many as they like."),
    QuestionKind.YES_NO: _l("Other questions can be asked only of those who say yes."),
    QuestionKind.INFORMATION: _l("A heading and a text between the questions."),
}
READY_MADE = {
    "special-diet": _l("Special diet"),
    "food-allergies": _l("Food allergies or other diet"),
    "access-needs": _l("Access needs"),
    "photo": _l("Permission to photograph"),
}
_ALIKE = (
    (QuestionKind.TEXT, QuestionKind.LONG_TEXT),
    (QuestionKind.CHOICE, QuestionKind.LIST, QuestionKind.SEVERAL),
)


def kinds_like(kind: QuestionKind) -> tuple[QuestionKind, ...]:
    """The kinds a question can change to with the same form: itself among them."""
    return next((alike for alike in _ALIKE if kind in alike), (kind,))


def badges(asked: Asked, form: Form) -> list[str]:
    """What sets a question apart, in a few words each."""
    found = {
        _("Required"): asked.required,
        mode_in_words(asked): asked.mode is not None,
        _("Sensitive"): asked.sensitive,
    }
    words = [badge for badge, is_so in found.items() if is_so]
    limited = [option for option in asked.options if option.places is not None]
    if limited:
        words.append(ngettext("%(num)s option has limited places", "%(num)s options have limited places", len(limited)))
    return [*words, only_if(form, asked.condition)] if asked.condition else words


def mode_in_words(asked: Asked) -> str:
    """Of whom a question is asked; empty when of all."""
    if asked.mode is None:
        return ""
    return _("On site only") if asked.mode is Mode.ON_SITE else _("Online only")


def only_if(form: Form, condition: Condition | None) -> str:
    """After which answer something is asked; empty when always."""
    if condition is None or (earlier := form.question(condition[0])) is None:
        return ""
    answer = next((text(option.label) for option in earlier.options if option.id == condition[1]), _("Yes"))
    return _("Only if “%(question)s” is answered “%(answer)s”", question=text(earlier.label), answer=answer)


def text(label: Translated) -> str:
    """A text in the reader's language, or the one there is."""
    return label.into(language.current()).value
