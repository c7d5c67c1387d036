"""What organisers decide about the mails of an event, who asked to hear when registration opens, who refused."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.database import Base, choice
from app.events import parts
from app.events.models import Event, EventDay
from app.people.models import Municipality
from app.registrations.models import Announcement, Occasion
from app.translated import Translated, TranslatedText


class MessageText(Base):
    """An organiser's own words for an occasion; a language without words has the service's."""

    __tablename__ = "message_text"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    occasion: Mapped[Occasion] = mapped_column(choice(Occasion, "occasion"), primary_key=True)
    subject: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    body: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)


parts.are(MessageText, lambda text: text.event_id)


class ReminderRule(Base):
    """When everyone who has a place is reminded of each day: days before at 9.00, or with 0 an hour before."""

    __tablename__ = "reminder_rule"
    __table_args__ = (
        CheckConstraint("days_before BETWEEN 0 AND 60", name="days_before"),
        Index("uq_reminder_rule_event_days", "event_id", "days_before", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    event: Mapped[Event] = relationship()
    days_before: Mapped[int]


class ReminderSent(Base):
    """A rule has been followed for a day of the event; a day that moves later is reminded of anew."""

    __tablename__ = "reminder_sent"

    rule_id: Mapped[int] = mapped_column(ForeignKey(ReminderRule.id, ondelete="CASCADE"), primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey(EventDay.id, ondelete="CASCADE"), primary_key=True)
    day_starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    announcement_id: Mapped[int | None] = mapped_column(ForeignKey(Announcement.id))


class OpeningWish(Base):
    """Someone asked to be told when registration opens; deleted once told."""

    __tablename__ = "opening_wish"
    __table_args__ = (Index("uq_opening_wish_event_email", "event_id", "email_key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"))
    event: Mapped[Event] = relationship()
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey(Municipality.code))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    requested_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]


class OptionalMailRefusal(Base):
    """An address (folded) that wants no reminders and the like; mails about the place itself still come."""

    __tablename__ = "optional_mail_refusal"

    email_key: Mapped[str] = mapped_column(String(254), primary_key=True)
    refused_at: Mapped[datetime] = mapped_column(default=now)
