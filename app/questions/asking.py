"""Which questions someone is asked: by how they take part, and by what they have answered to earlier ones."""

from collections.abc import Mapping

from app.events.models import Mode
from app.questions.models import QuestionKind
from app.questions.queries import Asked, Form
from app.questions.values import AnswerValue


def asked_of(form: Form, mode: Mode | None, answers: Mapping[int, AnswerValue]) -> tuple[Asked, ...]:
    """The questions that apply, in order. Without a mode those of one mode do not; an unasked question asks nothing."""
    asked: dict[int, Asked] = {}
    for question in form.questions:
        if question.mode in (None, mode) and _is_met(question, asked, answers):
            asked[question.id] = question
    return tuple(asked.values())


def kept(form: Form, mode: Mode, answers: Mapping[int, AnswerValue]) -> dict[int, AnswerValue]:
    """The answers to questions that apply; what was answered before something else was chosen is dropped."""
    return {asked.id: answers[asked.id] for asked in asked_of(form, mode, answers) if asked.id in answers}


def unanswered(form: Form, mode: Mode, answers: Mapping[int, AnswerValue]) -> list[Asked]:
    """The required questions that apply and have no answer. A sensitive one never must be answered: consent is free."""
    return [one for one in asked_of(form, mode, answers) if one.required and not one.sensitive and one.id not in answers
            and one.kind is not QuestionKind.INFORMATION]  # fmt: skip


def options_of(form: Form, answers: Mapping[int, AnswerValue]) -> frozenset[int]:
    """The chosen options that places are counted of: those of questions that are not sensitive."""
    counted = [value for one, value in answers.items() if (asked := form.question(one)) and not asked.sensitive]
    return frozenset(option for value in counted if isinstance(value, frozenset) for option in value)


def depends(question: Asked, modes: tuple[Mode, ...]) -> bool:
    """Whether it is asked only after another answer, or after the way of taking part, has been chosen."""
    return question.condition is not None or (question.mode is not None and len(modes) > 1)


def _is_met(question: Asked, asked: Mapping[int, Asked], answers: Mapping[int, AnswerValue]) -> bool:
    if question.condition is None:
        return True
    earlier, option = question.condition
    given = answers.get(earlier) if earlier in asked else None
    return given is True if option is None else isinstance(given, frozenset) and option in given
