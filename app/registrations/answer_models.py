"""Answers to an event's own questions, the consents given with them, and what has happened to a registration."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.people.models import User
from app.questions.models import Question, QuestionOption
from app.registrations.models import Registration


class Answer(Base):
    """A typed answer as JSON (text, number, ISO date, true or false), or sealed when the question is sensitive.

    A sealed answer holds chosen options too; those of other questions are rows of AnswerChoice, which places count.
    """

    __tablename__ = "answer"

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id), primary_key=True, index=True)
    question: Mapped[Question] = relationship()
    value: Mapped[Any] = mapped_column(JSON)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime] = mapped_column(default=now)


class AnswerChoice(Base):
    """A chosen option of a question that is not sensitive."""

    __tablename__ = "answer_choice"

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey(QuestionOption.id), primary_key=True, index=True)
    option: Mapped[QuestionOption] = relationship()


class Consent(Base):
    """A consent to something optional, with the words that were agreed to; withdrawn, it stays as a proof of both."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), index=True)
    registration: Mapped[Registration] = relationship()
    matter: Mapped[str] = mapped_column(String(60), doc='"question:<id>" or "participants-list"')
    wording: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]


class Actor(StrEnum):
    """Who did something to a registration."""

    PERSON = "person"
    CONTACT = "contact"
    STAFF = "staff"
    SERVICE = "service"


class Change(Base):
    """One thing that happened to a registration. `details` never holds a sensitive value."""

    __tablename__ = "registration_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    actor: Mapped[Actor] = mapped_column(choice(Actor, "actor"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    user: Mapped[User | None] = relationship()
    what: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Handover(Base):
    """A place on its way to a colleague, who has to confirm it by mail."""

    __tablename__ = "handover"

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), primary_key=True)
    registration: Mapped[Registration] = relationship()
    given_name: Mapped[str] = mapped_column(String(100))
    family_name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    requested_at: Mapped[datetime] = mapped_column(default=now)
