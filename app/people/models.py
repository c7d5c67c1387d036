"""Municipalities and their mail domains; the staff who sign in; the log of who looked at personal data."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice

UUSIMAA = "01"


class Municipality(Base):
    """One of Finland's municipalities, by Statistics Finland's code (a string: "049")."""

    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(String(3), primary_key=True)
    name_fi: Mapped[str] = mapped_column(String(60))
    name_sv: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(2), index=True)
    region_fi: Mapped[str] = mapped_column(String(60))
    region_sv: Mapped[str] = mapped_column(String(60))

    def name(self, language: str) -> str:
        return self.name_sv if language == "sv" else self.name_fi

    @property
    def both_names(self) -> str:
        """ "Raasepori · Raseborg", or one name where both languages share it."""
        return self.name_fi if self.name_fi == self.name_sv else f"{self.name_fi} · {self.name_sv}"

    @property
    def in_region(self) -> bool:
        return self.region_code == UUSIMAA


class MailDomain(Base):
    """Whose employees write from a domain. Edited by administrators, never derived from names."""

    __tablename__ = "mail_domain"

    domain: Mapped[str] = mapped_column(String(255), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey(Municipality.code), index=True)
    municipality: Mapped[Municipality] = relationship()
    source: Mapped[str] = mapped_column(String(200))


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    TUTOR = "tutor"
    VIEWER = "viewer"


class User(Base):
    """Someone who signs in: project team, organisers, tutors. Participants have no account."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey(Municipality.code))
    municipality: Mapped[Municipality | None] = relationship()
    language: Mapped[str] = mapped_column(String(2), default="fi")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_signed_in_at: Mapped[datetime | None]


class SignInRequest(Base):
    """A one-time code asked for an address. A row is made for an unknown address too: nothing tells them apart."""

    __tablename__ = "sign_in_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(43), unique=True)
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)
    user: Mapped[User | None] = relationship()
    code_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class UserSession(Base):
    """A signed-in browser. The cookie holds a token; the database holds its SHA-256, so that it can be revoked."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    user: Mapped[User] = relationship()
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class CalendarFeed(Base):
    """The one address at which a user's calendar program reads the own events. The database holds its SHA-256."""

    __tablename__ = "calendar_feed"

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), primary_key=True)
    user: Mapped[User] = relationship()
    uuid: Mapped[str] = mapped_column(String(36), doc="what the address is derived from; another one, another address")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class AccessLogEntry(Base):
    """Append-only: who looked at, exported or changed personal data, and of what (tiedonhallintalaki 17 §)."""

    __tablename__ = "access_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    user: Mapped[User] = relationship()
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    details: Mapped[str] = mapped_column(String(500), default="")
