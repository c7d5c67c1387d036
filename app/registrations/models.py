"""Registrations, their calendar entries, form posts, join clicks, and announcements to many."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.events.models import Event, EventDay, Mode, ProgrammeItem, new_uuid
from app.people.models import Municipality, User


class Status(StrEnum):
    AWAITING_APPROVAL = "awaiting-approval"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


ACTIVE = (Status.AWAITING_APPROVAL, Status.CONFIRMED, Status.WAITING, Status.OFFERED)
HOLDING = (Status.CONFIRMED, Status.OFFERED)
ACTIVE_SQL = text("status IN ('awaiting-approval', 'confirmed', 'waiting', 'offered')")


class Invitation(Base):
    """A link by which someone may register who otherwise may not; each can be counted, limited and revoked."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    event: Mapped[Event] = relationship()
    name: Mapped[str] = mapped_column(String(200), doc="for the organisers: whom it was given to")
    limit: Mapped[int | None] = mapped_column(doc="how many may register by it; None: not limited")
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    revoked_at: Mapped[datetime | None]


class Group(Base):
    """Colleagues whom one contact has registered; the contact need not take part."""

    __tablename__ = "registration_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    event: Mapped[Event] = relationship()
    contact_name: Mapped[str] = mapped_column(String(200))
    contact_email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey(Municipality.code))
    municipality: Mapped[Municipality | None] = relationship()
    organisation: Mapped[str] = mapped_column(String(200), default="")
    all_or_none: Mapped[bool] = mapped_column(doc="too few places: all wait, as one entry in the queue")
    created_at: Mapped[datetime] = mapped_column(default=now)
    link_generation: Mapped[int] = mapped_column(default=1)
    manage_link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)


class Registration(Base):
    """One person at one event. The e-mail address is folded to `email_key`: one active registration per address."""

    __tablename__ = "registration"
    __table_args__ = (
        Index(
            "uq_registration_active_address",
            "event_id",
            "email_key",
            unique=True,
            sqlite_where=ACTIVE_SQL,
            postgresql_where=ACTIVE_SQL,
        ),
        Index("ix_registration_queue", "event_id", "status", "mode", "queued_at", "id", "takes_place"),
        Index("ix_registration_places", "event_id", "status", "mode", "municipality_code", "is_extra", "takes_place"),
        Index("ix_registration_list", "event_id", "sort_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    event: Mapped[Event] = relationship()
    given_name: Mapped[str] = mapped_column(String(100))
    family_name: Mapped[str] = mapped_column(String(100))
    sort_key: Mapped[str] = mapped_column(Text, doc="family and given name in Finnish order")
    search_key: Mapped[str] = mapped_column(Text, doc="given and family name, folded")
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey(Municipality.code), index=True)
    municipality: Mapped[Municipality | None] = relationship()
    organisation: Mapped[str] = mapped_column(String(200), default="", doc="when no municipality")
    role: Mapped[str] = mapped_column(String(200), default="")
    mode: Mapped[Mode] = mapped_column(choice(Mode, "mode"))
    language: Mapped[str] = mapped_column(String(2))
    status: Mapped[Status] = mapped_column(choice(Status, "status"))
    registered_at: Mapped[datetime]
    queued_at: Mapped[datetime] = mapped_column(doc="the turn on the waiting list; later than registered after a lapse")
    queue_rank: Mapped[int] = mapped_column(
        default=0, doc="moved by an organiser: the higher the sooner, 0 by the rule"
    )
    offer_expires_at: Mapped[datetime | None] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]
    takes_place: Mapped[bool] = mapped_column(default=True, doc="False: speakers and staff, whom no limit counts")
    is_extra: Mapped[bool] = mapped_column(default=False, doc="an extra place, which no municipality's limit counts")
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey(Invitation.id), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id), index=True)
    group: Mapped[Group | None] = relationship()
    still_coming_asked_at: Mapped[datetime | None]
    still_coming_at: Mapped[datetime | None] = mapped_column(doc="when the person said yes")
    withdrawn_at: Mapped[datetime | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), doc="the organiser who added it by hand")
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    checked_by: Mapped[User | None] = relationship(foreign_keys=[checked_by_id])
    link_generation: Mapped[int] = mapped_column(default=1, doc="raised to make old personal links dead")
    manage_link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    join_link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    unsubscribe_link_hash: Mapped[str | None] = mapped_column(String(64), index=True, doc="the same for one address")
    calendar_declined_at: Mapped[datetime | None] = mapped_column(
        doc="their calendar declined; they have not withdrawn"
    )
    anonymised_at: Mapped[datetime | None]

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def is_confirmed(self) -> bool:
        return self.status is Status.CONFIRMED

    @property
    def has_not_said_if_coming(self) -> bool:
        """Asked whether they still come, and silent since."""
        return self.is_confirmed and self.still_coming_asked_at is not None and self.still_coming_at is None

    @property
    def is_declined_in_calendar(self) -> bool:
        return self.is_active and self.calendar_declined_at is not None

    @property
    def holds_place(self) -> bool:
        return self.status in HOLDING

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class ProgrammeChoice(Base):
    """A participant signed up for a programme item."""

    __tablename__ = "programme_choice"

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(ProgrammeItem.id, ondelete="CASCADE"), primary_key=True, index=True)
    item: Mapped[ProgrammeItem] = relationship()


class CalendarEntry(Base):
    """What a participant's calendar holds of one day of an event (RFC 5546: one UID, rising SEQUENCE)."""

    __tablename__ = "calendar_entry"
    __table_args__ = (Index("uq_calendar_entry_registration_day", "registration_id", "day_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id))
    registration: Mapped[Registration] = relationship()
    day_id: Mapped[int | None] = mapped_column(ForeignKey(EventDay.id, ondelete="SET NULL"))
    uid: Mapped[str] = mapped_column(String(255), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime] = mapped_column(doc="as last sent, so that a removed day can still be cancelled")
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    revised_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Attempt(Base):
    """One sent registration form, by the nonce it was rendered with: the same form again shows the same page.

    It holds what a new registration would have been told, also when the address already had one, so the page gives
    nothing away. `registration_id` is set only when this form made the registration. Kept for a day.
    """

    __tablename__ = "registration_attempt"

    nonce: Mapped[str] = mapped_column(String(43), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey(Registration.id))
    registration: Mapped[Registration | None] = relationship()
    status: Mapped[Status] = mapped_column(choice(Status, "status"))
    queue_number: Mapped[int | None]
    mode: Mapped[Mode] = mapped_column(choice(Mode, "mode"))
    email: Mapped[str] = mapped_column(String(254))
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey(Municipality.code))
    municipality: Mapped[Municipality | None] = relationship()
    municipality_filled: Mapped[bool] = mapped_column(default=False, doc="from the mail domain, not by the person")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class AddressChange(Base):
    """A new e-mail address that waits to be confirmed from its own mailbox."""

    __tablename__ = "address_change"

    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), primary_key=True)
    registration: Mapped[Registration] = relationship()
    email: Mapped[str] = mapped_column(String(254))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    requested_at: Mapped[datetime] = mapped_column(default=now)


class JoinClick(Base):
    """Someone pressed "Join" on their personal join page: went to the meeting, which is not yet attendance."""

    __tablename__ = "join_click"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), index=True)
    clicked_at: Mapped[datetime] = mapped_column(default=now)


class Occasion(StrEnum):
    """Why a mail is sent."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    PROMOTED = "promoted"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    REGISTERED_ALREADY = "registered-already"
    CONFIRM_ADDRESS = "confirm-address"
    ADDRESS_TAKEN = "address-taken"
    ADDRESS_CHANGED = "address-changed"
    AWAITING_APPROVAL = "awaiting-approval"
    REFUSED = "refused"
    OFFERED = "offered"
    OFFER_LAPSED = "offer-lapsed"
    CONFIRM_HANDOVER = "confirm-handover"
    HANDED_OVER = "handed-over"
    GROUP = "group"
    DECLINED = "declined"
    STILL_COMING = "still-coming"
    REMINDER = "reminder"
    MATERIALS = "materials"
    ORGANISER_MESSAGE = "organiser-message"
    CONFIRM_WISH = "confirm-wish"
    REGISTRATION_OPENS = "registration-opens"
    EVENT_CHANGED = "event-changed"
    EVENT_CALLED_OFF = "event-called-off"


class Announcement(Base):
    """One message to many: stored with what it tells of; the worker makes each person's mail in small steps."""

    __tablename__ = "announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    event: Mapped[Event] = relationship()
    occasion: Mapped[Occasion] = mapped_column(choice(Occasion, "occasion"))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now, doc="not before this")
    cancelled_at: Mapped[datetime | None] = mapped_column(doc="by an organiser, before it was due")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    last_registration_id: Mapped[int] = mapped_column(doc="the audience: active registrations up to this one")
    cursor: Mapped[int] = mapped_column(default=0, doc="the last registration that has its mail")
    total: Mapped[int]
    finished_at: Mapped[datetime | None]
