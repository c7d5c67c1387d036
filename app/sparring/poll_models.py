"""Date polls: windows in which a meeting could be held, who is asked, and what they answer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.events.models import new_uuid
from app.people.models import User
from app.sparring.models import Request


class PollStatus(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    CLOSED = "closed"  # given up, or replaced by another


class Side(StrEnum):
    """On whose behalf somebody takes part."""

    TUTOR = "tutor"
    MUNICIPALITY = "municipality"
    TEAM = "team"


class Suits(StrEnum):
    YES = "yes"
    IF_NEED_BE = "if-need-be"
    NO = "no"


_OPEN = text("status = 'open'")


class Poll(Base):
    """A date poll of a request; at most one is open."""

    __tablename__ = "date_poll"
    __table_args__ = (
        CheckConstraint("duration_minutes BETWEEN 15 AND 480", name="duration_minutes"),
        Index("uq_date_poll_open", "request_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    request_id: Mapped[int] = mapped_column(ForeignKey(Request.id, ondelete="CASCADE"), index=True)
    request: Mapped[Request] = relationship()
    status: Mapped[PollStatus] = mapped_column(choice(PollStatus, "status"), default=PollStatus.OPEN)
    duration_minutes: Mapped[int]
    answer_by: Mapped[datetime]
    asks_participants: Mapped[bool] = mapped_column(default=False, doc="the municipality answers too")
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    reminded_at: Mapped[datetime | None] = mapped_column(doc="who had not answered, once")
    team_told_at: Mapped[datetime | None] = mapped_column(doc="that the deadline passed")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class PollWindow(Base):
    """A time within which the meeting could be held; it may be wider than the meeting."""

    __tablename__ = "date_poll_window"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey(Poll.id, ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Voter(Base):
    """Someone whose answer a poll asks for, by a personal link. A tutor is known by the naming's user."""

    __tablename__ = "date_poll_voter"
    __table_args__ = (Index("uq_date_poll_voter_address", "poll_id", "email_key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    poll_id: Mapped[int] = mapped_column(ForeignKey(Poll.id, ondelete="CASCADE"))
    poll: Mapped[Poll] = relationship()
    side: Mapped[Side] = mapped_column(choice(Side, "side"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True, doc="of a tutor")
    user: Mapped[User | None] = relationship()
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    is_required: Mapped[bool] = mapped_column(default=False)
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    answered_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(500), default="")


class Vote(Base):
    __tablename__ = "date_poll_vote"

    voter_id: Mapped[int] = mapped_column(ForeignKey(Voter.id, ondelete="CASCADE"), primary_key=True)
    voter: Mapped[Voter] = relationship()
    window_id: Mapped[int] = mapped_column(ForeignKey(PollWindow.id, ondelete="CASCADE"), primary_key=True, index=True)
    suits: Mapped[Suits] = mapped_column(choice(Suits, "suits"))
    starts_at: Mapped[datetime | None] = mapped_column(doc="the exact start inside the window, where one was given")
