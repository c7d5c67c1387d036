"""Seasons, events, their days, programme and hosts."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, String, Text, column, exists, select, table
from sqlalchemy import func as sql
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.people.models import Municipality
from app.translated import Translated, TranslatedText


def new_uuid() -> str:
    return str(uuid.uuid4())


class Kind(StrEnum):
    SEMINAR = "seminar"
    WEBINAR = "webinar"
    WORKSHOP = "workshop"
    NETWORK_MEETING = "network-meeting"


class Mode(StrEnum):
    """How one person takes part."""

    ON_SITE = "on-site"
    ONLINE = "online"


class Attendance(StrEnum):
    """How an event can be attended."""

    ON_SITE = "on-site"
    ONLINE = "online"
    HYBRID = "hybrid"

    @property
    def modes(self) -> tuple[Mode, ...]:
        return tuple(Mode) if self is Attendance.HYBRID else (Mode(self.value),)


class EventStatus(StrEnum):
    """An event's life. That it has ended is told by the clock, not by a status."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CALLED_OFF = "called-off"
    ARCHIVED = "archived"


class Admission(StrEnum):
    """Who may register."""

    ANYONE = "anyone"
    MUNICIPAL = "municipal-employees"
    REGION = "region"
    LISTED = "listed-municipalities"
    INVITED = "invited"


class QueueOrder(StrEnum):
    """Who is next on the waiting list. Fair: the municipality with the fewest places first, then the time."""

    FIRST_COME = "first-come"
    FAIR = "fair"


class Promotion(StrEnum):
    """How a freed place reaches the next in the queue: at once, or as an offer that is answered in time."""

    AUTOMATIC = "automatic"
    OFFER = "offer"


class ItemForm(StrEnum):
    LECTURE = "lecture"
    WORKSHOP = "workshop"
    DISCUSSION = "discussion"
    BREAK = "break"


class Season(Base):
    """A term with its events. Tutors and reports belong to a season."""

    __tablename__ = "season"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Translated] = mapped_column(TranslatedText)
    starts_on: Mapped[date]
    ends_on: Mapped[date]


# The column alone, since the class below needs the day's.
_ITEM = table("programme_item", column("day_id"), column("sign_up", Boolean))


class EventDay(Base):
    """One day of an event: what a calendar entry covers."""

    __tablename__ = "event_day"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    event: Mapped["Event"] = relationship()
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    invited_only: Mapped[bool] = mapped_column(default=False, doc="for those who came by an invitation link")

    has_sign_up: Mapped[bool] = column_property(
        exists().where(_ITEM.c.day_id == id, _ITEM.c.sign_up).correlate_except(_ITEM)
    )


class Event(Base):
    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("places_on_site >= 0", name="places_on_site"),
        CheckConstraint("places_online >= 0", name="places_online"),
        CheckConstraint("municipality_limit >= 1", name="municipality_limit"),
        CheckConstraint("offer_hours >= 1", name="offer_hours"),
        CheckConstraint("largest_group >= 1", name="largest_group"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    season_id: Mapped[int] = mapped_column(ForeignKey(Season.id), index=True)
    season: Mapped[Season] = relationship()
    status: Mapped[EventStatus] = mapped_column(choice(EventStatus, "status"), default=EventStatus.DRAFT)
    kind: Mapped[Kind] = mapped_column(choice(Kind, "kind"))
    attendance: Mapped[Attendance] = mapped_column(choice(Attendance, "attendance"))

    title: Mapped[Translated] = mapped_column(TranslatedText)
    expected: Mapped[Translated] = mapped_column(
        TranslatedText, default=Translated, doc="when, as long as no day is set"
    )
    summary: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    description: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    audience: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)

    venue: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    address: Mapped[str] = mapped_column(String(300), default="")
    directions: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    venue_accessibility: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)

    spoken_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    material_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    captions: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    materials: Mapped[Translated] = mapped_column(TranslatedText, default=Translated, doc="shown once it has ended")
    materials_public: Mapped[bool] = mapped_column(default=False, doc="to anyone, not only to participants")

    hosted_by_organisation: Mapped[bool] = mapped_column(default=False)
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")

    places_on_site: Mapped[int | None] = mapped_column(doc="None: not limited")
    places_online: Mapped[int | None] = mapped_column(doc="None: not limited")
    places_lowered_at: Mapped[datetime | None] = mapped_column(doc="when a limit was last set under what was taken")
    waiting_list: Mapped[bool] = mapped_column(default=True)
    queue_order: Mapped[QueueOrder] = mapped_column(choice(QueueOrder, "queue_order"), default=QueueOrder.FIRST_COME)
    queue_closes_at: Mapped[datetime | None] = mapped_column(doc="None: it moves until the event starts")
    promotion: Mapped[Promotion] = mapped_column(choice(Promotion, "promotion"), default=Promotion.AUTOMATIC)
    offer_hours: Mapped[int] = mapped_column(default=24, doc="how long an offer is held, at the least")
    municipality_limit: Mapped[int | None] = mapped_column(doc="places of one municipality, over all modes")
    municipality_limit_until: Mapped[datetime | None] = mapped_column(doc="then released; None: holds to the end")
    municipality_limit_released_at: Mapped[datetime | None]
    admission: Mapped[Admission] = mapped_column(choice(Admission, "admission"), default=Admission.ANYONE)
    approval: Mapped[bool] = mapped_column(default=False, doc="an organiser approves each registration")
    largest_group: Mapped[int] = mapped_column(default=1, doc="1: nobody registers others")
    answers_close_at: Mapped[datetime | None] = mapped_column(doc="None: answers change until the event starts")
    still_coming_days: Mapped[int | None] = mapped_column(doc="so many days before, everyone is asked; None: nobody")
    participants_list: Mapped[bool] = mapped_column(default=False, doc="participants see who agreed to be seen")
    registration_opens_at: Mapped[datetime | None] = mapped_column(doc="None: open as soon as published")
    registration_closes_at: Mapped[datetime | None] = mapped_column(doc="None: open until the event starts")
    meeting_url: Mapped[str | None] = mapped_column(Text, doc="told to nobody before confirmation, never mailed")

    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now, doc="goes with the version")
    published_at: Mapped[datetime | None]
    called_off_at: Mapped[datetime | None]
    called_off_message: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    version: Mapped[int] = mapped_column(doc="raised by every change: a stale page is told so")
    parts_stamp: Mapped[str] = mapped_column(
        String(36), default=new_uuid, server_default="", doc="another after every change of its parts (events/parts.py)"
    )

    starts_at: Mapped[datetime | None] = column_property(
        select(sql.min(EventDay.starts_at)).where(EventDay.event_id == id).correlate_except(EventDay).scalar_subquery()
    )
    ends_at: Mapped[datetime | None] = column_property(
        select(sql.max(EventDay.ends_at)).where(EventDay.event_id == id).correlate_except(EventDay).scalar_subquery()
    )
    has_sign_up: Mapped[bool] = column_property(
        exists()
        .where(EventDay.event_id == id, _ITEM.c.day_id == EventDay.id, _ITEM.c.sign_up)
        .correlate_except(EventDay, _ITEM)
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class

    def municipality_limit_at(self, at: datetime) -> int | None:
        """How many places one municipality may have at an instant; None when it is not limited, or not any more."""
        is_over = self.municipality_limit_until is not None and self.municipality_limit_until <= at
        return None if is_over else self.municipality_limit

    def places(self, mode: Mode) -> int | None:
        """How many places there are; None when they are not limited."""
        return self.places_on_site if mode is Mode.ON_SITE else self.places_online

    @property
    def modes(self) -> tuple[Mode, ...]:
        return self.attendance.modes

    @property
    def is_draft(self) -> bool:
        return self.status is EventStatus.DRAFT

    @property
    def is_published(self) -> bool:
        return self.status is EventStatus.PUBLISHED

    @property
    def is_called_off(self) -> bool:
        return self.status is EventStatus.CALLED_OFF

    def has_started(self, at: datetime) -> bool:
        return self.starts_at is not None and self.starts_at <= at

    def shows_materials(self, at: datetime) -> bool:
        """Whether those who took part get the materials: when it is over, and there are some."""
        return self.has_ended(at) and not self.is_called_off and bool(self.materials)

    def has_ended(self, at: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= at


class ProgrammeItem(Base):
    __tablename__ = "programme_item"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("places >= 0", name="places"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey(EventDay.id, ondelete="CASCADE"), index=True)
    day: Mapped[EventDay] = relationship()
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    form: Mapped[ItemForm] = mapped_column(choice(ItemForm, "form"), default=ItemForm.LECTURE)
    title: Mapped[Translated] = mapped_column(TranslatedText)
    speakers: Mapped[str] = mapped_column(String(500), default="")
    room: Mapped[str] = mapped_column(String(200), default="")
    sign_up: Mapped[bool] = mapped_column(default=False, doc="chosen by each participant")
    places: Mapped[int | None] = mapped_column(doc="of those who sign up; None: not limited")


class EventHost(Base):
    """A municipality that hosts an event. Its tutors see the event's registrations."""

    __tablename__ = "event_host"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey(Municipality.code), primary_key=True, index=True)
    municipality: Mapped[Municipality] = relationship()


class EventTutor(Base):
    """A tutor named in an event that another municipality hosts."""

    __tablename__ = "event_tutor"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)


class EventAdmitted(Base):
    """A municipality whose employees may register, where admission is by a list."""

    __tablename__ = "event_admitted"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey(Municipality.code), primary_key=True)
