"""Sparring requests: the themes one can ask about, the request, who asks along, and what happened to it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.events.models import Season, new_uuid
from app.people.models import Municipality, User
from app.sparring.round_models import CallRow, Round
from app.translated import Translated, TranslatedText


class RequestState(StrEnum):
    """The life of a request, in the order in which it is usually lived; `states.py` says what can follow what."""

    NEW = "new"
    PREPARING = "preparing"
    TUTORS_NAMED = "tutors-named"
    TIME_PROPOSED = "time-proposed"
    AGREED = "agreed"
    PROGRAMME_READY = "programme-ready"
    HELD = "held"
    SUMMED_UP = "summed-up"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CALLED_OFF = "called-off"


WITH_A_TIME = frozenset({RequestState.AGREED, RequestState.PROGRAMME_READY})


class WishedMode(StrEnum):
    ON_SITE = "on-site"
    ONLINE = "online"
    HYBRID = "hybrid"
    ANY = "any"


class StartingLevel(StrEnum):
    """How far the municipality is with digital support."""

    NONE_YET = "none-yet"
    STARTING = "starting"
    ESTABLISHED = "established"


class Audience(StrEnum):
    """What kind of people come."""

    LIBRARY = "library"
    ADULT_EDUCATION = "adult-education"
    CUSTOMER_SERVICE = "customer-service"
    WELLBEING = "wellbeing"
    COMMUNICATION = "communication"
    ICT = "ict"
    MANAGEMENT = "management"
    ORGANISATIONS = "organisations"
    OTHER = "other"


class Method(StrEnum):
    WORKSHOP = "workshop"
    LECTURE = "lecture"
    DISCUSSION = "discussion"


class Source(StrEnum):
    """How a request came."""

    WEB = "web"
    CALL = "call"
    OTHER = "other"


class Theme(Base):
    """What one can ask sparring about. The organisers edit the list; a retired theme stays where it was chosen."""

    __tablename__ = "sparring_theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Translated] = mapped_column(TranslatedText)
    position: Mapped[int]
    retired_at: Mapped[datetime | None]


class Request(Base):
    """A municipality's wish for a meeting, and where its preparation stands."""

    __tablename__ = "sparring_request"
    __table_args__ = (
        CheckConstraint("duration_minutes BETWEEN 15 AND 480", name="duration_minutes"),
        CheckConstraint("group_size >= 1", name="group_size"),
        Index("ix_sparring_request_board", "season_id", "state", "state_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    season_id: Mapped[int] = mapped_column(ForeignKey(Season.id))
    season: Mapped[Season] = relationship()
    round_id: Mapped[int | None] = mapped_column(ForeignKey(Round.id), index=True)
    round: Mapped[Round | None] = relationship()
    call_id: Mapped[int | None] = mapped_column(ForeignKey(CallRow.id), index=True, doc="the call it came from")
    call: Mapped[CallRow | None] = relationship()
    source: Mapped[Source] = mapped_column(choice(Source, "source"), default=Source.WEB)

    municipality_code: Mapped[str] = mapped_column(ForeignKey(Municipality.code), index=True)
    municipality: Mapped[Municipality] = relationship()
    contact_name: Mapped[str] = mapped_column(String(200))
    contact_title: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254))
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    contact_language: Mapped[str] = mapped_column(String(2), default="fi", doc="of mails and the personal page")

    language: Mapped[str] = mapped_column(String(2), default="fi", doc="of the meeting")
    mode: Mapped[WishedMode] = mapped_column(choice(WishedMode, "mode"), default=WishedMode.ANY)
    venue: Mapped[str] = mapped_column(String(500), default="", doc="where it could be held, and how one gets in")
    wished_weeks: Mapped[str] = mapped_column(String(300), default="", doc="in own words, where no windows are given")
    duration_minutes: Mapped[int] = mapped_column(default=90)
    group_size: Mapped[int | None]
    audiences: Mapped[list[str]] = mapped_column(JSON, default=list, doc="values of Audience")
    audience_other: Mapped[str] = mapped_column(String(300), default="")
    starting_level: Mapped[StartingLevel | None] = mapped_column(choice(StartingLevel, "starting_level"))
    themes_in_own_words: Mapped[str] = mapped_column(Text, default="")
    methods: Mapped[list[str]] = mapped_column(JSON, default=list, doc="values of Method")
    goal: Mapped[str] = mapped_column(Text, default="")
    wished_tutors: Mapped[str] = mapped_column(String(300), default="")
    access_needs: Mapped[str] = mapped_column(Text, default="", doc="of the meeting, without names")
    is_joint: Mapped[bool] = mapped_column(default=False, doc="wished together with other municipalities")
    joined_to_id: Mapped[int | None] = mapped_column(ForeignKey("sparring_request.id"), doc="whose meeting it shares")

    state: Mapped[RequestState] = mapped_column(choice(RequestState, "state"), default=RequestState.NEW)
    state_since: Mapped[datetime] = mapped_column(default=now)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True, doc="who of the team takes care")
    owner: Mapped[User | None] = relationship()
    next_step: Mapped[str] = mapped_column(String(300), default="")
    due_on: Mapped[date | None] = mapped_column(index=True, doc="of the next step")
    created_at: Mapped[datetime] = mapped_column(default=now)
    link_generation: Mapped[int] = mapped_column(default=1)
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    nonce: Mapped[str | None] = mapped_column(String(43), unique=True, doc="of the sent form: the same makes no second")
    anonymised_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class RequestTheme(Base):
    __tablename__ = "sparring_request_theme"

    request_id: Mapped[int] = mapped_column(ForeignKey(Request.id, ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey(Theme.id), primary_key=True, index=True)
    theme: Mapped[Theme] = relationship()


class RequestPartner(Base):
    """A municipality that would come along."""

    __tablename__ = "sparring_request_partner"

    request_id: Mapped[int] = mapped_column(ForeignKey(Request.id, ondelete="CASCADE"), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey(Municipality.code), primary_key=True, index=True)
    municipality: Mapped[Municipality] = relationship()


class RequestWindow(Base):
    """A time that would suit the municipality; a poll can begin from these."""

    __tablename__ = "sparring_request_window"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(Request.id, ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class RequestColleague(Base):
    """Someone of the municipality whom the contact lets follow and take part; with an own link."""

    __tablename__ = "sparring_request_colleague"
    __table_args__ = (Index("uq_sparring_request_colleague_address", "request_id", "email_key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    request_id: Mapped[int] = mapped_column(ForeignKey(Request.id, ondelete="CASCADE"))
    request: Mapped[Request] = relationship()
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    added_at: Mapped[datetime] = mapped_column(default=now)


class RequestChange(Base):
    """Append-only: what was done with a request, by whom and why. Never anybody's contact details."""

    __tablename__ = "sparring_request_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(Request.id, ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), doc="None: the municipality, or the clock")
    by: Mapped[User | None] = relationship()
    what: Mapped[str] = mapped_column(String(40))
    from_state: Mapped[RequestState | None] = mapped_column(choice(RequestState, "from_state"))
    to_state: Mapped[RequestState | None] = mapped_column(choice(RequestState, "to_state"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class RequestDraft(Base):
    """A request form that is being filled in, step by step; erased when sent, and a day after it was last saved."""

    __tablename__ = "sparring_request_draft"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime] = mapped_column(default=now, index=True)
