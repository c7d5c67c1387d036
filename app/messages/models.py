"""What waits to be mailed, what became of it, which addresses refuse mail, and when the queue stood still."""

from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID, uuid4

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, choice


class State(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Priority(IntEnum):
    """Who overtakes whom: the lower goes first, however long the others have waited."""

    URGENT = 0
    PERSONAL = 10
    BULK = 50


class Outcome(StrEnum):
    """How the latest attempt ended."""

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"  # 4xx: the server asks to try later
    UNKNOWN = "unknown"  # the line broke after DATA: delivered, or not
    ADDRESS = "address"  # this address does not take mail
    CONTENT = "content"  # this message is refused, or cannot be written as mail
    POLICY = "policy"  # the server will not take our mail at all
    SUPPRESSED = "suppressed"  # not tried: the address has refused before
    EXPIRED = "expired"  # not tried: too late to be of use


class PauseReason(StrEnum):
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    SIGN_IN = "sign-in"
    POLICY = "policy"


class Message(Base):
    """One mail to one person. Its Message-ID and date stay the same however often it is tried."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_claim", "state", "priority", "due_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    occasion: Mapped[str] = mapped_column(String(40))
    about: Mapped[str | None] = mapped_column(String(80), index=True)
    dedupe_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    priority: Mapped[int] = mapped_column(default=int(Priority.PERSONAL))

    recipient: Mapped[str] = mapped_column(String(320))
    recipient_name: Mapped[str] = mapped_column(String(200), default="")
    reply_to: Mapped[str | None] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(500))
    text: Mapped[str | None] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    calendar: Mapped[bytes | None] = mapped_column(LargeBinary)
    calendar_method: Mapped[str | None] = mapped_column(String(20))
    unsubscribe_url: Mapped[str | None] = mapped_column(String(300))
    secret: Mapped[bool] = mapped_column(default=False)
    erase_body_at: Mapped[datetime | None] = mapped_column(index=True)
    body_erased_at: Mapped[datetime | None]

    message_id: Mapped[str] = mapped_column(String(400), unique=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    dated_at: Mapped[datetime]
    due_at: Mapped[datetime]
    give_up_at: Mapped[datetime | None]

    state: Mapped[State] = mapped_column(choice(State, "state"), default=State.QUEUED)
    locked_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    first_tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, "outcome"))
    last_error: Mapped[str | None] = mapped_column(String(200))
    maybe_delivered: Mapped[bool] = mapped_column(default=False)
    reported_at: Mapped[datetime | None] = mapped_column(doc="when another server told, later, that it is held up")
    report_code: Mapped[str | None] = mapped_column(String(12), doc="RFC 3463's, as that server gave it")

    @property
    def came_back(self) -> bool:
        """Accepted, and then returned by a server further on."""
        return self.state is State.FAILED and self.reported_at is not None

    @property
    def is_delayed(self) -> bool:
        """Accepted, and then held up further on; that server still tries."""
        return self.state is State.SENT and self.reported_at is not None


class AddressFailure(Base):
    """An address that has refused mail for good; once suppressed, nothing more is tried until someone sends again."""

    __tablename__ = "address_failure"

    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    refusals: Mapped[int] = mapped_column(default=0)
    last_refused_at: Mapped[datetime]
    suppressed_at: Mapped[datetime | None]


class QueuePause(Base):
    """A time when the whole queue stood still, and why; open until mail goes out again."""

    __tablename__ = "queue_pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[PauseReason] = mapped_column(choice(PauseReason, "reason"))
    detail: Mapped[str] = mapped_column(String(200))
    began_at: Mapped[datetime]
    until: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
