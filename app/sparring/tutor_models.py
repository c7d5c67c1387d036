"""Tutors of a season: what they know and when they are away; and their naming to a request."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.events.models import Season, new_uuid
from app.people.models import Municipality, User
from app.sparring.models import Request, Theme
from app.translated import Translated, TranslatedText


class NamingStatus(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RELEASED = "released"  # the team took the naming back, or named another instead


class TutorProfile(Base):
    """A user who is a tutor in a season. Tutors change every year, so nothing of this stands in the user's account."""

    __tablename__ = "tutor_profile"
    __table_args__ = (
        Index("uq_tutor_profile_season_user", "season_id", "user_id", unique=True),
        CheckConstraint("takes >= 0", name="takes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid, doc="the picture's address")
    season_id: Mapped[int] = mapped_column(ForeignKey(Season.id))
    season: Mapped[Season] = relationship()
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    user: Mapped[User] = relationship()
    municipality_code: Mapped[str] = mapped_column(ForeignKey(Municipality.code))
    municipality: Mapped[Municipality] = relationship()
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    modes: Mapped[list[str]] = mapped_column(JSON, default=list, doc="values of Mode")
    takes: Mapped[int] = mapped_column(default=4, doc="how many sparrings in the season")
    presentation: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    picture: Mapped[bytes | None] = mapped_column(LargeBinary)
    is_shown: Mapped[bool] = mapped_column(default=False, doc="on the public page, as the tutor agreed")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class TutorTheme(Base):
    __tablename__ = "tutor_theme"

    profile_id: Mapped[int] = mapped_column(ForeignKey(TutorProfile.id, ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey(Theme.id), primary_key=True, index=True)


class TutorAway(Base):
    """Days on which a tutor takes no meeting."""

    __tablename__ = "tutor_away"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey(TutorProfile.id, ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Naming(Base):
    """A tutor asked to a request. One row a tutor and request: who is named again gets a new generation."""

    __tablename__ = "tutor_naming"
    __table_args__ = (Index("uq_tutor_naming_request_profile", "request_id", "profile_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    request_id: Mapped[int] = mapped_column(ForeignKey(Request.id, ondelete="CASCADE"))
    request: Mapped[Request] = relationship()
    profile_id: Mapped[int] = mapped_column(ForeignKey(TutorProfile.id), index=True)
    profile: Mapped[TutorProfile] = relationship()
    status: Mapped[NamingStatus] = mapped_column(choice(NamingStatus, "status"), default=NamingStatus.ASKED)
    is_required: Mapped[bool] = mapped_column(default=True, doc="without whom no time can be agreed")
    asked_at: Mapped[datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="", doc="why declined")
    generation: Mapped[int] = mapped_column(default=1)
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
