"""The answers of an event's people as columns of its files: one for each question that is not sensitive."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.database import db
from app.events.models import Event
from app.questions import values
from app.questions.models import Question, QuestionKind, QuestionOption
from app.registrations.answer_models import Answer, AnswerChoice
from app.registrations.columns import Cell, Column
from app.registrations.models import Registration

Answers = Mapping[int, Mapping[int, Cell]]

_WIDTHS = {QuestionKind.LONG_TEXT: 40, QuestionKind.NUMBER: 12, QuestionKind.DATE: 12, QuestionKind.YES_NO: 12}


@dataclass(frozen=True)
class _Typed:
    """One question, and how its stored answers are read."""

    id: int
    kind: QuestionKind
    label: str
    retired: bool


def of_event(event: Event, language: str) -> list[Column]:
    """Questions in the order of the form, with everyone's answers; retired ones only if someone has answered them.

    A fixed number of queries: one when the event asks nothing. Sensitive answers are in no file.
    """
    asked = _questions(event, language)
    if not asked:
        return []
    cells = _typed(event, {one.id: one.kind for one in asked})
    cells.update(_chosen(event, language))
    return [_column(one, cells[one.id]) for one in asked if not one.retired or cells[one.id]]


def _column(asked: _Typed, cells: Mapping[int, Cell]) -> Column:
    width = _WIDTHS.get(asked.kind, 24)
    return Column(f"question:{asked.id}", asked.label, width, lambda person, _listing: cells.get(person.id))


def _questions(event: Event, language: str) -> list[_Typed]:
    rows = db.session.execute(
        select(Question.id, Question.kind, Question.label, Question.retired_at)
        .where(Question.event_id == event.id, ~Question.sensitive, Question.kind != QuestionKind.INFORMATION)
        .order_by(Question.position, Question.id)
    )
    return [_Typed(one, kind, str(label.into(language)), retired is not None) for one, kind, label, retired in rows]


def _typed(event: Event, kinds: Mapping[int, QuestionKind]) -> dict[int, dict[int, Cell]]:
    """By question and registration."""
    cells: dict[int, dict[int, Cell]] = defaultdict(dict)
    rows = db.session.execute(
        select(Answer.question_id, Answer.registration_id, Answer.value)
        .join(Registration, Registration.id == Answer.registration_id)
        .where(Registration.event_id == event.id, Answer.sealed.is_(None))
    )
    said = {True: _("Yes"), False: _("No")}
    for question, registration, stored in rows:
        if question in kinds:
            cells[question][registration] = _cell(kinds[question], stored, said)
    return cells


def _cell(kind: QuestionKind, stored: Any, said: Mapping[bool, str]) -> Cell:
    if kind is QuestionKind.YES_NO:
        return said[bool(stored)]
    return values.from_json(kind, stored)  # type: ignore[return-value]


def _chosen(event: Event, language: str) -> dict[int, dict[int, Cell]]:
    labels = {
        option: (question, str(label.into(language)))
        for option, question, label in db.session.execute(
            select(QuestionOption.id, QuestionOption.question_id, QuestionOption.label)
            .join(QuestionOption.question)
            .where(Question.event_id == event.id, ~Question.sensitive)
            .order_by(QuestionOption.position, QuestionOption.id)
        )
    }
    cells: dict[int, dict[int, Cell]] = defaultdict(dict)
    if not labels:
        return cells
    rows = db.session.execute(
        select(AnswerChoice.registration_id, AnswerChoice.option_id)
        .join(Registration, Registration.id == AnswerChoice.registration_id)
        .join(QuestionOption, QuestionOption.id == AnswerChoice.option_id)
        .where(Registration.event_id == event.id)
        .order_by(QuestionOption.position, QuestionOption.id)
    )
    for registration, option in rows:
        question, label = labels[option]
        before = cells[question].get(registration)
        cells[question][registration] = f"{before}, {label}" if before else label
    return cells
