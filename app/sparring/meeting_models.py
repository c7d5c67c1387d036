"""The agreed meeting: when and where, who comes, its programme, and what came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.events.models import Attendance, ItemForm, new_uuid
from app.people.models import User
from app.sparring.models import Request
from app.sparring.poll_models import Side


class Meeting(Base):
    """A request's meeting, one for its whole life. In calendars: one UID, whose SEQUENCE rises with each change."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("participants >= 0", name="participants"),
        CheckConstraint("attended >= 0", name="attended"),
        Index("ix_meeting_time", "starts_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    request_id: Mapped[int] = mapped_column(ForeignKey(Request.id), unique=True)
    request: Mapped[Request] = relationship()
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    attendance: Mapped[Attendance] = mapped_column(choice(Attendance, "attendance"))
    venue: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    directions: Mapped[str] = mapped_column(Text, default="", doc="with what helps those with access needs")
    meeting_url: Mapped[str | None] = mapped_column(Text, doc="shown on personal join pages, never mailed")
    participants: Mapped[int | None] = mapped_column(doc="how many come, where they are not named")
    access_needs: Mapped[str] = mapped_column(Text, default="", doc="of the meeting, without names")
    materials: Mapped[str] = mapped_column(Text, default="", doc="Markdown, with links")

    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    revised_at: Mapped[datetime] = mapped_column(default=now, doc="of what calendars hold")
    called_off_at: Mapped[datetime | None]

    attended: Mapped[int | None]
    discussed: Mapped[str] = mapped_column(Text, default="", doc="the summary, without names")
    ideas: Mapped[str] = mapped_column(Text, default="")
    shared_at: Mapped[datetime | None] = mapped_column(doc="when the municipality was sent the summary")
    story: Mapped[str] = mapped_column(Text, default="", doc="what may be told to others")
    follow_up_on: Mapped[date | None]
    follow_up_told_on: Mapped[date | None] = mapped_column(doc="the day of which the owner was mailed")
    followed_up_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @property
    def uid(self) -> str:
        """What every calendar knows it by."""
        return f"sparring-{self.uuid}"


class MeetingTutor(Base):
    """A tutor's time taken by a meeting. Only `tutor_time.py` writes these, with the tutors locked."""

    __tablename__ = "meeting_tutor"

    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), primary_key=True, index=True)
    user: Mapped[User] = relationship()


class MeetingGuest(Base):
    """Someone whose calendar holds the meeting, with a join link of their own. Tutors are guests too."""

    __tablename__ = "meeting_guest"
    __table_args__ = (Index("uq_meeting_guest_address", "meeting_id", "email_key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    meeting: Mapped[Meeting] = relationship()
    side: Mapped[Side] = mapped_column(choice(Side, "side"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    added_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None] = mapped_column(doc="their calendar was told by CANCEL")


class MeetingItem(Base):
    """A row of the meeting's programme."""

    __tablename__ = "meeting_item"
    __table_args__ = (CheckConstraint("minutes >= 1", name="minutes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"), index=True)
    position: Mapped[int]
    minutes: Mapped[int] = mapped_column(doc="how long it takes; the rows follow each other from the start")
    form: Mapped[ItemForm] = mapped_column(choice(ItemForm, "form"))
    topic: Mapped[str] = mapped_column(String(300))
    who: Mapped[str] = mapped_column(String(200), default="")


class NextStep(Base):
    """What was decided in the meeting, whose it is and by when."""

    __tablename__ = "meeting_next_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(500))
    owner: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]


class MeetingFeedback(Base):
    """The municipality's short feedback; sent again, it replaces the one before."""

    __tablename__ = "meeting_feedback"
    __table_args__ = (
        CheckConstraint("usefulness BETWEEN 1 AND 5", name="usefulness"),
        CheckConstraint("arrangements BETWEEN 1 AND 5", name="arrangements"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"), primary_key=True)
    usefulness: Mapped[int]
    arrangements: Mapped[int]
    takes_into_use: Mapped[str] = mapped_column(Text, default="", doc="what they take into use")
    comment: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime] = mapped_column(default=now)
