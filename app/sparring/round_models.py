"""Rounds: a call for interest to the municipalities, and the list of calls that several people work through."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.events.models import Season, new_uuid
from app.people.models import Municipality, User
from app.translated import Translated, TranslatedText


class CallStatus(StrEnum):
    NOT_CALLED = "not-called"
    NOT_REACHED = "not-reached"
    CALL_AGAIN = "call-again"
    INTERESTED = "interested"
    NOT_NOW = "not-now"
    REQUESTED = "requested"


class Round(Base):
    """A call for interest, such as January's: open on its days, with its goal and the words of its invitation."""

    __tablename__ = "sparring_round"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="closes_after_it_opens"),
        CheckConstraint("goal_municipalities >= 1", name="goal_municipalities"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    season_id: Mapped[int] = mapped_column(ForeignKey(Season.id), index=True)
    season: Mapped[Season] = relationship()
    name: Mapped[Translated] = mapped_column(TranslatedText)
    introduction: Mapped[Translated] = mapped_column(TranslatedText, default=Translated, doc="shown on the public page")
    invitation: Mapped[Translated] = mapped_column(TranslatedText, default=Translated, doc="the invitation mail's body")
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    goal_municipalities: Mapped[int | None] = mapped_column(doc="how many municipalities it hopes to hear from")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class CallRow(Base):
    """One municipality of a round: whom to call, what was said, what comes next."""

    __tablename__ = "sparring_call"
    __table_args__ = (Index("uq_sparring_call_round_municipality", "round_id", "municipality_code", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    round: Mapped[Round] = relationship()
    municipality_code: Mapped[str] = mapped_column(ForeignKey(Municipality.code))
    municipality: Mapped[Municipality] = relationship()
    status: Mapped[CallStatus] = mapped_column(choice(CallStatus, "status"), default=CallStatus.NOT_CALLED)
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    contact_language: Mapped[str] = mapped_column(String(2), default="fi")
    caller_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    caller: Mapped[User | None] = relationship()
    note: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(String(300), default="")
    call_again_on: Mapped[date | None]
    invited_at: Mapped[datetime | None]
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True, doc="of the invitation's personal link")
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    version: Mapped[int] = mapped_column(doc="raised by every change: who saves a stale row is told so")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class CallChange(Base):
    """Append-only: what became of a call row, by whom; names of fields, and the values of status and dates alone."""

    __tablename__ = "sparring_call_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey(CallRow.id, ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    by: Mapped[User | None] = relationship()
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
