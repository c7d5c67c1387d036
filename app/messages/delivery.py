"""Delivery in three steps: claim (a transaction), send (none), record (a transaction).

The lease, not a row lock, keeps two workers apart while one of them talks to the mail server. A worker that dies
leaves its claim to expire; the message is then sent again under the same Message-ID. None of the steps commits.
"""

import random
import smtplib
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from typing import cast

import structlog
from flask import current_app
from flask_mail import BadHeaderError
from sqlalchemy import Table, bindparam, case, exists, func, literal, or_, select, update

from app import clock
from app.database import UtcDateTime, begin_write, db
from app.messages import addresses, pauses, return_addresses, verdict
from app.messages.models import Message, Outcome, PauseReason, State
from app.messages.retention import BODY_LASTS, erase_body
from app.messages.transport import Connection
from app.messages.verdict import Stage, Verdict
from app.messages.writing import Mail

LEASE = timedelta(minutes=5)
MARGIN = timedelta(minutes=1)
CLAIMED_AT_ONCE = 10  # few, so that a confirmation waits for nine others at the most
RETRIES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 4 * 60, 12 * 60)]
TRIED_FOR = timedelta(hours=48)

_table = cast(Table, Message.__table__)

_ACCEPTED = (
    update(_table)
    .where(
        _table.c.id == bindparam("of_message"),
        _table.c.state != State.SENT,
        or_(_table.c.state != State.FAILED, _table.c.reported_at.is_(None)),  # not one that has come back already
    )
    .values(
        state=State.SENT,
        sent_at=bindparam("now"),
        locked_until=None,
        outcome=Outcome.ACCEPTED,
        last_error=None,
        erase_body_at=case((_table.c.body_erased_at.is_(None), bindparam("erase_at", type_=UtcDateTime()))),
    )
)

log = structlog.get_logger(__name__)


def is_due() -> bool:
    """Whether there is anything to claim. Only reads, so that an idle worker never takes the write lock."""
    now = clock.now()
    queued = (Message.state == State.QUEUED) & (Message.due_at <= now)
    abandoned = (Message.state == State.SENDING) & (Message.locked_until < now)
    return bool(db.session.scalar(select(or_(exists().where(queued), exists().where(abandoned)))))


def claim() -> list[Message]:
    """Take the next few due messages for five minutes: the urgent first, then the longest due.

    Begins the write transaction. What is returned is detached, so reading it needs no transaction. Messages that
    are of no use any more or whose address refuses mail are closed here and not returned.
    """
    begin_write()
    now = clock.now()
    _take_back_what_was_abandoned(now)
    claimed = sorted(db.session.scalars(_claim(now)), key=lambda m: (m.priority, m.due_at, m.id))
    refusing = addresses.suppressed(message.recipient for message in claimed)
    to_send = []
    for message in claimed:
        reason = _reason_not_to_send(message, refusing, now)
        if reason:
            message.attempts -= 1
            _close(message, Verdict(reason), now)
        else:
            to_send.append(message)
    db.session.flush()
    for message in to_send:
        db.session.expunge(message)
    return to_send


def still_ours(message: Message) -> bool:
    """Whether the lease leaves enough time to send; if not, another worker may soon take the message."""
    return message.locked_until is not None and clock.now() < message.locked_until - MARGIN


def send(message: Message, connection: Connection) -> Verdict:
    """Hand one claimed message to the mail server. Raises transport.Unavailable when there is no line to it."""
    settings = current_app.config["SETTINGS"]
    recipient = message.recipient
    try:
        mail = Mail(message, sender=Address(settings.service_name, addr_spec=settings.mail_sender))
        connection.send(mail, envelope_from=return_addresses.of(message))
    except smtplib.SMTPRecipientsRefused as refused:
        ((code, answer),) = refused.recipients.values()
        return verdict.of_answer(Stage.RECIPIENT, code, answer, recipient=recipient)
    except smtplib.SMTPSenderRefused as refused:
        return verdict.of_answer(Stage.SENDER, refused.smtp_code, refused.smtp_error, recipient=recipient)
    except smtplib.SMTPDataError as refused:
        return verdict.of_answer(Stage.DATA, refused.smtp_code, refused.smtp_error, recipient=recipient)
    except (MessageError, BadHeaderError, ValueError, smtplib.SMTPNotSupportedError) as fault:
        return Verdict(Outcome.CONTENT, type(fault).__name__)
    except OSError:
        outcome = Outcome.UNKNOWN if connection.data_begun else Outcome.TEMPORARY
        return Verdict(outcome, "the line to the mail server broke")
    return Verdict(Outcome.ACCEPTED)


def record(message: Message, reached: Verdict, *, after_a_pause: bool = True) -> None:
    """Write down how the attempt ended, and what follows: sent, another try, given up, or the queue stands still.

    Begins the write transaction. If the lease ran out meanwhile, only an acceptance is worth writing. It need not wait
    for the disk: after a power cut the message is sent again, under the same Message-ID. `after_a_pause`: an acceptance
    may end one, so look.
    """
    begin_write(durable=False)
    if reached.outcome is Outcome.ACCEPTED and not message.secret:
        _record_acceptance(message, reached, after_a_pause=after_a_pause)
        return
    row = db.session.get(Message, message.id, with_for_update=True)
    accepted = reached.outcome is Outcome.ACCEPTED
    if row is None or row.state is State.SENT or row.came_back:
        return
    if row.locked_until != message.locked_until and not accepted:
        return
    now = clock.now()
    match reached.outcome:
        case Outcome.ACCEPTED:
            _close(row, reached, now)
            pauses.end(PauseReason.POLICY)
        case Outcome.POLICY if not _others_went_through(row):
            pauses.begin(PauseReason.POLICY, reached.detail or "")
            _try_later(row, reached, now)
        case Outcome.TEMPORARY | Outcome.UNKNOWN:
            _try_later(row, reached, now)
        case Outcome.ADDRESS:
            addresses.refused(row.recipient, enhanced_code=reached.enhanced_code, now=now)
            _close(row, reached, now)
        case _:
            _close(row, reached, now)


def _record_acceptance(message: Message, reached: Verdict, *, after_a_pause: bool) -> None:
    """What happens to nearly every message, in one statement that is built once."""
    now = clock.now()
    given = {"of_message": message.id, "now": now, "erase_at": now + BODY_LASTS}
    connection = db.session.connection()
    if connection.execute(_ACCEPTED, given).rowcount:
        _tell_the_log(message, reached)
    if after_a_pause:
        pauses.end(PauseReason.POLICY)


def release(messages: list[Message]) -> None:
    """Give claimed messages back untried. Begins the write transaction."""
    begin_write()
    for message in messages:
        ours = (Message.id == message.id) & (Message.locked_until == message.locked_until)
        untried = {"state": State.QUEUED, "locked_until": None, "attempts": Message.attempts - 1}
        db.session.execute(update(Message).where(ours, Message.state == State.SENDING).values(untried))


def _claim(now: datetime):  # type: ignore[no-untyped-def] # the type of an UPDATE … RETURNING is longer than the query
    next_due = (
        select(Message.id)
        .where(Message.state == State.QUEUED, Message.due_at <= now)
        .order_by(Message.priority, Message.due_at, Message.id)
        .limit(CLAIMED_AT_ONCE)
        .with_for_update(skip_locked=True)
        .cte("next_due")
    )
    return (
        update(Message)
        .where(Message.id.in_(select(next_due.c.id)))
        .values(
            state=State.SENDING,
            locked_until=now + LEASE,
            attempts=Message.attempts + 1,
            first_tried_at=func.coalesce(Message.first_tried_at, literal(now, UtcDateTime())),
        )
        .returning(Message)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def _take_back_what_was_abandoned(now: datetime) -> None:
    abandoned = (Message.state == State.SENDING) & (Message.locked_until < now)
    back = {"state": State.QUEUED, "locked_until": None, "outcome": Outcome.UNKNOWN, "maybe_delivered": True}
    db.session.execute(update(Message).where(abandoned).values(back).execution_options(synchronize_session=False))


def _reason_not_to_send(message: Message, refusing: set[str], now: datetime) -> Outcome | None:
    if message.text is None or (message.give_up_at and message.give_up_at <= now):
        return Outcome.EXPIRED
    if addresses.folded(message.recipient) in refusing:
        return Outcome.SUPPRESSED
    return None


def _others_went_through(message: Message) -> bool:
    """Whether the server refuses only this message: it did so before, and has taken others since."""
    if message.outcome is not Outcome.POLICY:
        return False
    return bool(db.session.scalar(select(exists().where(Message.sent_at > message.first_tried_at))))


def _try_later(message: Message, reached: Verdict, now: datetime) -> None:
    wait = RETRIES[min(message.attempts, len(RETRIES)) - 1] * random.uniform(1, 1.2)  # noqa: S311 - only spreads load
    tried_since = message.first_tried_at or now
    if now + wait > (message.give_up_at or tried_since + TRIED_FOR):
        _close(message, reached, now)
        return
    message.state = State.QUEUED
    message.due_at = now + wait
    message.locked_until = None
    _note(message, reached)


def _close(message: Message, reached: Verdict, now: datetime) -> None:
    sent = reached.outcome is Outcome.ACCEPTED
    message.state = State.SENT if sent else State.FAILED
    message.sent_at = now if sent else None
    message.locked_until = None
    _note(message, reached)
    if message.secret:
        erase_body(message, now)
    elif message.body_erased_at is None:
        message.erase_body_at = now + BODY_LASTS


def _note(message: Message, reached: Verdict) -> None:
    message.outcome = reached.outcome
    message.last_error = reached.detail
    message.maybe_delivered |= reached.outcome is Outcome.UNKNOWN
    _tell_the_log(message, reached)


def _tell_the_log(message: Message, reached: Verdict) -> None:
    log.info(
        "mail",
        message=str(message.uuid),
        occasion=message.occasion,
        outcome=reached.outcome.value,
        detail=reached.detail,
        attempts=message.attempts,
    )
