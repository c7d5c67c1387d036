"""Adding a question to a form and changing one; with answers, it keeps its meaning or makes way for another."""

import hashlib
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select

from app import clock
from app.database import db
from app.errors import Refused, Stale
from app.events.models import Event, Mode
from app.questions import conditions, order, retiring, sensitive
from app.questions.conditions import Condition
from app.questions.models import Question, QuestionCondition, QuestionKind, QuestionOption
from app.questions.queries import Asked, Form, form_of
from app.questions.retiring import Answered
from app.translated import Translated


@dataclass(frozen=True, kw_only=True)
class GivenOption:
    """One of the ready answers as typed; `id` is the option's it was until now, None for a new one."""

    id: int | None = None
    label: Translated
    places: int | None = None


@dataclass(frozen=True, kw_only=True)
class Given:
    """A question as typed. Its options are in order; an option of before that is not among them is removed."""

    kind: QuestionKind
    label: Translated
    help: Translated = field(default_factory=Translated)
    required: bool = False
    mode: Mode | None = None
    sensitive: bool = False
    condition: Condition | None = None
    options: tuple[GivenOption, ...] = ()


def version_of(asked: Asked) -> str:
    """A short name of a question as it stands, another one after every change."""
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


def says_something_else(before: Asked, given: Given) -> bool:
    """Whether the words of a question change, so that its answers might come to mean something else."""
    labels = {option.id: option.label for option in before.options}
    reworded = any(option.id in labels and option.label != labels[option.id] for option in given.options)
    return reworded or given.label != before.label or given.help != before.help or must_be_another(before, given)


def must_be_another(before: Asked, given: Given) -> bool:
    """Whether answers to the question of before cannot be answers to this one."""
    return given.kind is not before.kind or given.sensitive != before.sensitive


def add(event: Event, given: Given, *, ready_made: str = "") -> Question:
    """A new question at the end of the form. Refused when its condition is impossible, or it cannot be sealed."""
    _must_be_sound(event, given, form_of(event.id))
    question = Question(event_id=event.id, position=order.end_of(event.id), ready_made=ready_made)
    _write(question, given)
    conditions.write(question.id, given.condition)
    _write_options(question, given.options, frozenset())
    return question


def change(
    event: Event, question_id: int, given: Given, *, version: str, answered: Answered, is_another: bool
) -> Question:
    """Change a living question. With answers and `is_another`, it is retired and a new one takes its place.

    Raises Stale when it is no longer at `version`, and Refused as in `add`, when another question would lose what its
    condition looks at, or when an answered question would change its kind without being another.
    """
    form = form_of(event.id)
    before = form.question(question_id)
    if before is None or version_of(before) != version:
        raise Stale(_("Someone else changed this question meanwhile."))
    _must_be_sound(event, given, form, before)
    has_answers = question_id in answered.questions
    if has_answers and not is_another and must_be_another(before, given):
        raise Refused(_("Its kind, and whether it is sensitive, can change only if it is another question now"))
    question = db.session.get_one(Question, question_id)
    if has_answers and is_another:
        return _replace(question, given)
    _write(question, given)
    conditions.write(question.id, given.condition)
    _write_options(question, given.options, answered.options)
    return question


def _must_be_sound(event: Event, given: Given, form: Form, before: Asked | None = None) -> None:
    if given.kind.has_options and len(given.options) < 2:
        raise Refused(_("Give at least two options"))
    if given.sensitive and any(option.places is not None for option in given.options):
        raise Refused(_("The options of a sensitive question have no places of their own"))
    if given.sensitive and given.required:
        raise Refused(_("A sensitive question cannot be required: people consent to it freely"))
    sensitive.must_be_askable(event, sensitive=given.sensitive)
    conditions.must_be_possible(form, given.condition, before.id if before else None)
    if before:
        kept = frozenset(option.id for option in given.options if option.id)
        conditions.must_stay_answerable(form, before.id, sensitive=given.sensitive, option_ids=kept)


def _write(question: Question, given: Given) -> None:
    for name in ("kind", "label", "help", "required", "mode", "sensitive"):
        setattr(question, name, getattr(given, name))
    db.session.add(question)
    db.session.flush()


def _write_options(
    question: Question, given: tuple[GivenOption, ...], answered: frozenset[int]
) -> dict[int | None, QuestionOption]:
    """The options in their new order, by the id they had; those left out go, or are retired with their answers."""
    kept = {option.id: option for option in _living_options(question)}
    written: dict[int | None, QuestionOption] = {}
    for position, one in enumerate(given, 1):
        option = kept.pop(one.id, None) if one.id else None
        option = option or QuestionOption(question_id=question.id)
        option.position, option.label, option.places = position, one.label, one.places
        db.session.add(option)
        written[one.id] = option
    for option in kept.values():
        if option.id in answered:
            option.retired_at, option.places = clock.now(), None
        else:
            db.session.delete(option)
    db.session.flush()
    return written


def _living_options(question: Question) -> list[QuestionOption]:
    return list(
        db.session.scalars(
            select(QuestionOption).where(QuestionOption.question_id == question.id, QuestionOption.retired_at.is_(None))
        )
    )


def _replace(old: Question, given: Given) -> Question:
    """Another question in the old one's place; the conditions that looked at the old one look at it from now on."""
    new = Question(event_id=old.event_id, position=old.position, ready_made=old.ready_made)
    _write(new, given)
    conditions.write(new.id, given.condition)
    written = _write_options(new, given.options, frozenset())
    followers = db.session.scalars(select(QuestionCondition).where(QuestionCondition.earlier_id == old.id)).all()
    for follower in followers:
        follower.earlier_id = new.id
        follower.option_id = written[follower.option_id].id if follower.option_id else None
    db.session.flush()
    retiring.retire(old)
    return new
