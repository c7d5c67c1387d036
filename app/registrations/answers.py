"""The answers of a registration: kept as they were given, read with the words that the question had."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from sqlalchemy import delete, exists, insert, select

from app import clock
from app.database import db
from app.events.models import Mode
from app.questions import asking, queries, values
from app.questions.models import Question, QuestionKind, QuestionOption
from app.questions.queries import Asked, Form
from app.questions.values import AnswerValue
from app.registrations import consents, sealing
from app.registrations.answer_models import Answer, AnswerChoice
from app.registrations.models import Registration
from app.translated import Translated

_ASKED = (Question.id, Question.position, Question.label, Question.kind, Question.sensitive)
_TYPED = select(*_ASKED, Answer.value, Answer.sealed).join(Answer.question)
_CHOSEN = (
    select(*_ASKED, QuestionOption.id.label("option_id"), QuestionOption.label.label("option"))
    .select_from(AnswerChoice)
    .join(AnswerChoice.option)
    .join(QuestionOption.question)
    .order_by(Question.id, QuestionOption.position, QuestionOption.id)
)
# Rows, not objects, as nearly all are written with the event locked.
_INSERT, _INSERT_CHOICES = (insert(table) for table in (Answer.__table__, AnswerChoice.__table__))  # type: ignore[arg-type]


class Answering(Protocol):
    """What was answered, and the consents given with it: wording by matter."""

    @property
    def answers(self) -> Mapping[int, AnswerValue]: ...

    @property
    def consents(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Given:
    """One answer, with the question as it was. `value` is None when it is sealed and no key opens it any more."""

    question_id: int
    position: int
    label: Translated
    kind: QuestionKind
    sensitive: bool
    value: AnswerValue | None
    options: tuple[Translated, ...] = ()


def store(registration: Registration, given: Answering) -> None:
    """Write the answers of a new registration, and the consents.

    Answers to questions that do not apply are dropped, a sensitive one without its consent too. Raises Refused when
    a value cannot be an answer to its question. Required answers are the form's matter: an organiser may leave them.
    """
    if not given.answers and not given.consents:
        return
    db.session.flush()
    form = queries.kept_form_of(registration.event)
    write(registration, form, asking.kept(form, registration.mode, given.answers), given.consents)


def write(
    registration: Registration, form: Form, answers: Mapping[int, AnswerValue], agreed: Mapping[str, str]
) -> None:
    """Add answers that apply, none of which is there yet, and the consents that are new."""
    rows, chosen = [], []
    for asked in form.questions:
        if asked.id not in answers or (asked.sensitive and consents.to_answer(asked.id) not in agreed):
            continue
        value = values.checked(asked, answers[asked.id])
        if isinstance(value, frozenset) and not asked.sensitive:
            chosen += [{"registration_id": registration.id, "option_id": option} for option in sorted(value)]
        else:
            rows.append(_row(registration, asked, value))
    if rows:
        db.session.connection().execute(_INSERT.returning(Answer.question_id), rows)  # which makes it one statement
    if chosen:
        db.session.connection().execute(_INSERT_CHOICES, chosen)
    consents.agree(registration, {name: words for name, words in agreed.items() if _concerns(name, answers)})


def _row(registration: Registration, asked: Asked, value: AnswerValue) -> dict[str, Any]:
    plain = values.to_json(value)
    return {
        "registration_id": registration.id,
        "question_id": asked.id,
        "value": None if asked.sensitive else plain,
        "sealed": sealing.seal(plain) if asked.sensitive else None,
        "answered_at": clock.now(),
    }


def _concerns(name: str, answers: Mapping[int, AnswerValue]) -> bool:
    """Whether a consent is to something else than a question, or to one that is answered."""
    return not name.startswith("question:") or any(name == consents.to_answer(one) for one in answers)


def of(registration: Registration, *, sensitive: bool) -> list[Given]:
    """What the person has answered, in the order of the form; sealed answers only for those who may see them."""
    typed = db.session.execute(_TYPED.where(Answer.registration_id == registration.id)).all()
    chosen = db.session.execute(_CHOSEN.where(AnswerChoice.registration_id == registration.id)).all()
    found = [*_opened([row for row in typed if sensitive or row.sealed is None]), *_joined(chosen)]
    return sorted(found, key=lambda one: (one.position, one.question_id))


def _joined(chosen: Iterable[Any]) -> Iterator[Given]:
    """One answer of each question's chosen options, which stand together."""
    for _question, rows in groupby(chosen, key=lambda row: row.id):
        options = list(rows)
        yield _given(options[0], frozenset(row.option_id for row in options), tuple(row.option for row in options))


def _given(row: Any, value: AnswerValue | None, options: tuple[Translated, ...] = ()) -> Given:
    return Given(row.id, row.position, row.label, row.kind, row.sensitive, value, options)


def by_question(given: Sequence[Given]) -> dict[int, AnswerValue]:
    """The answers that can be read, by their questions."""
    return {one.question_id: one.value for one in given if one.value is not None}


def has_sealed(registration: Registration) -> bool:
    """Whether there are sensitive answers, which few may see."""
    sealed = exists().where(Answer.registration_id == registration.id, Answer.sealed.is_not(None))
    return bool(db.session.scalar(select(sealed)))


def _opened(rows: list[Any]) -> Iterator[Given]:
    sealed = {row.id: _value(row) for row in rows}
    named = {one for value in sealed.values() if isinstance(value, frozenset) for one in value}
    labels = _labels(named) if named else {}
    for row in rows:
        value = sealed[row.id]
        chosen = sorted(value & labels.keys(), key=list(labels).index) if isinstance(value, frozenset) else ()
        yield _given(row, value, tuple(labels[one] for one in chosen))


def _value(row: Any) -> AnswerValue | None:
    if row.sealed is None:
        return values.from_json(row.kind, row.value)
    try:
        return values.from_json(row.kind, sealing.opened(row.sealed))
    except sealing.CannotOpen:
        return None


def _labels(ids: set[int]) -> dict[int, Translated]:
    ordered = select(QuestionOption.id, QuestionOption.label).order_by(QuestionOption.position, QuestionOption.id)
    return {one: label for one, label in db.session.execute(ordered.where(QuestionOption.id.in_(ids)))}


def drop_those_not_of(registration: Registration, mode: Mode) -> None:
    """Delete what someone who takes part in another way is not asked, with the places that it took."""
    form = queries.form_of(registration.event_id)
    if not any(asked.mode for asked in form.questions):
        return
    applying = asking.asked_of(form, mode, by_question(of(registration, sensitive=False)))
    delete_those_to(registration, [asked for asked in form.questions if asked not in applying])


def delete_those_to(registration: Registration, asked: Sequence[Asked]) -> None:
    """Delete the answers to these questions, options that can no longer be chosen too."""
    questions = [one.id for one in asked]
    options = select(QuestionOption.id).where(QuestionOption.question_id.in_(questions))
    typed, chosen = Answer.registration_id == registration.id, AnswerChoice.registration_id == registration.id
    db.session.execute(delete(Answer).where(typed, Answer.question_id.in_(questions)))
    db.session.execute(delete(AnswerChoice).where(chosen, AnswerChoice.option_id.in_(options)))


def as_json(registration: Registration) -> list[dict[str, Any]]:
    """The person's own copy: each question in the language of contact, and what was answered to it."""
    return [
        {
            "question": str(given.label.into(registration.language)),
            "sensitive": given.sensitive,
            "answer": [str(option.into(registration.language)) for option in given.options]
            if given.kind.has_options
            else None
            if given.value is None
            else values.to_json(given.value),
        }
        for given in of(registration, sensitive=True)
    ]
