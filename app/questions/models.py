"""The questions of an event's own form, and the ready answers of those that have some."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ScalarSelect, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.events import parts
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


def _event_of(part: QuestionOption | QuestionCondition) -> ScalarSelect[int]:
    return select(Question.event_id).where(Question.id == part.question_id).scalar_subquery()


parts.are(Question, lambda question: question.event_id)
parts.are(QuestionOption, _event_of)
parts.are(QuestionCondition, _event_of)
