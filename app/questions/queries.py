"""The form of an event as it is asked now: living questions in order, with their options and conditions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, bindparam, select

from app.database import db
from app.events import parts
from app.events.models import Event, Mode
from app.questions.models import Question, QuestionCondition, QuestionKind, QuestionOption
from app.translated import Translated

# Built once, as columns: every page of a registration reads the form. A question has a row for each of its options.
_FORM = (
    select(
        Question.id,
        Question.kind,
        Question.label,
        Question.help,
        Question.required,
        Question.mode,
        Question.sensitive,
        Question.ready_made,
        QuestionCondition.earlier_id,
        QuestionCondition.option_id,
        QuestionOption.id.label("own_option_id"),
        QuestionOption.label.label("option"),
        QuestionOption.places,
    )
    .outerjoin(QuestionCondition, QuestionCondition.question_id == Question.id)
    .outerjoin(QuestionOption, and_(QuestionOption.question_id == Question.id, QuestionOption.retired_at.is_(None)))
    .where(Question.event_id == bindparam("event_id"), Question.retired_at.is_(None))
    .order_by(Question.position, Question.id, QuestionOption.position, QuestionOption.id)
)


@dataclass(frozen=True)
class AskedOption:
    """One of the ready answers; `places` is None when they are not limited."""

    id: int
    label: Translated
    places: int | None


@dataclass(frozen=True)
class Asked:
    """A question of the form. It is asked of those who take part in `mode`, or of all when that is None.

    `condition` is (id of an earlier question, id of its option): asked only if that question is answered by that
    option, or, where the option is None, a yes/no question by yes. An earlier question that was not asked itself
    counts as not answered so.
    """

    id: int
    kind: QuestionKind
    label: Translated
    help: Translated
    required: bool
    mode: Mode | None
    sensitive: bool
    ready_made: str
    options: tuple[AskedOption, ...]
    condition: tuple[int, int | None] | None


@dataclass(frozen=True)
class Form:
    """The living questions of an event in order: an earlier question of a condition always stands before it."""

    questions: tuple[Asked, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.questions)

    def question(self, question_id: int) -> Asked | None:
        """The living question with this id, if it is one of this form."""
        return next((asked for asked in self.questions if asked.id == question_id), None)


def kept_form_of(event: Event) -> Form:
    """The same as `form_of`, kept by this process as long as nobody changes it."""
    return parts.kept(event, form_of)


def form_of(event_id: int) -> Form:
    """The form of an event, in one query however long it is. Retired questions and options are no part of it."""
    rows = db.session.execute(_FORM, {"event_id": event_id})
    return Form(tuple(_asked(list(of_one)) for _question, of_one in groupby(rows, key=lambda row: row.id)))


def _asked(rows: Sequence[Row[*tuple[Any, ...]]]) -> Asked:
    row = rows[0]
    options = (AskedOption(one.own_option_id, one.option, one.places) for one in rows if one.own_option_id)
    return Asked(
        id=row.id,
        kind=row.kind,
        label=row.label,
        help=row.help,
        required=row.required,
        mode=row.mode,
        sensitive=row.sensitive,
        ready_made=row.ready_made,
        options=tuple(options),
        condition=(row.earlier_id, row.option_id) if row.earlier_id else None,
    )
