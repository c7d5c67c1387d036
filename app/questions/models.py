"""The questions of an event's own form, and the ready answers of those that have some."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, String, event, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.events.models import Event, Mode, new_uuid
from app.translated import Translated, TranslatedText


class QuestionKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    LIST = "list"
    SEVERAL = "several"
    YES_NO = "yes-no"
    INFORMATION = "information"

    @property
    def has_options(self) -> bool:
        return self in (QuestionKind.CHOICE, QuestionKind.LIST, QuestionKind.SEVERAL)


class Question(Base):
    """One question, or a text that informs.

    It is never changed in meaning once it has answers: it is retired, and another takes its place, so that an answer
    keeps the question it was given to. It is asked of those who take part in `mode`, or of all.
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    event: Mapped[Event] = relationship()
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(choice(QuestionKind, "kind"))
    label: Mapped[Translated] = mapped_column(TranslatedText)
    help: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    required: Mapped[bool] = mapped_column(default=False)
    mode: Mapped[Mode | None] = mapped_column(choice(Mode, "mode"), doc="None: asked of all")
    sensitive: Mapped[bool] = mapped_column(default=False, doc="stored encrypted, with a consent of its own")
    ready_made: Mapped[str] = mapped_column(String(40), default="", doc="which ready-made question it was made from")
    created_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]


class QuestionOption(Base):
    """One of the ready answers of a question; it may have places of its own."""

    __tablename__ = "question_option"
    __table_args__ = (CheckConstraint("places >= 0", name="places"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id, ondelete="CASCADE"), index=True)
    question: Mapped[Question] = relationship()
    position: Mapped[int]
    label: Mapped[Translated] = mapped_column(TranslatedText)
    places: Mapped[int | None] = mapped_column(doc="None: not limited")
    retired_at: Mapped[datetime | None]


class QuestionCondition(Base):
    """A question is asked only if an earlier one is answered so: by this option, or a yes/no question by yes."""

    __tablename__ = "question_condition"
    __table_args__ = (CheckConstraint("earlier_id != question_id", name="earlier"),)

    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id, ondelete="CASCADE"), primary_key=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey(Question.id, ondelete="CASCADE"), index=True)
    option_id: Mapped[int | None] = mapped_column(ForeignKey(QuestionOption.id, ondelete="CASCADE"))


Part = Question | QuestionOption | QuestionCondition


def _raise_form_version(_mapper: Any, connection: Connection, changed: Part) -> None:
    """Whoever changes a form says so in its event, by which a process knows that what it has kept of it is old."""
    event_id: Any
    if isinstance(changed, Question):
        event_id = changed.event_id
    else:
        event_id = select(Question.event_id).where(Question.id == changed.question_id).scalar_subquery()
    connection.execute(
        update(Event.__table__)  # type: ignore[arg-type]
        .where(Event.id == event_id)
        .values(form_version=Event.form_version + 1, changed_at=Event.changed_at)
    )


for _part in (Question, QuestionOption, QuestionCondition):
    for _change in ("after_insert", "after_update", "after_delete"):
        event.listen(_part, _change, _raise_form_version)
