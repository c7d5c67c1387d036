"""Incoming mail, read from a pipe or a mailbox: told what kind it is, and handed to whom it concerns.

Nothing is answered: what a kind leads to is a note in the database and, for a declined invitation, one ordinary mail.
"""

import structlog
from flask import current_app
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.database import begin_write, db
from app.messages import bounces, incoming, mailbox
from app.messages.incoming import Incoming, Kind
from app.registrations import calendar_replies

READ_AT_ONCE = 20

log = structlog.get_logger(__name__)


def take(raw: bytes, *, recipient: str = "") -> Kind:
    """Handle one raw mail in a transaction of its own. UNKNOWN is for a person to look at.

    Only a database that is away is raised, since that passes; any other fault would come back with the same mail.
    """
    try:
        arrived = incoming.read(raw, recipient=recipient)
        begin_write()
        kind = arrived.kind if _is_understood(arrived) else Kind.UNKNOWN
        db.session.commit()
    except (OperationalError, InterfaceError, PoolTimeout):
        raise
    except Exception:
        db.session.rollback()
        log.exception("incoming mail cannot be read")
        return Kind.UNKNOWN
    log.info("incoming mail", kind=kind.value)
    return kind


def poll() -> int:
    """Handle some of what waits in the mailbox, if the installation has one; returns how many.

    A mail is put away after its transaction: if the line breaks in between it is read twice, which changes nothing.
    """
    settings = current_app.config["SETTINGS"]
    if not settings.imap_host:
        return 0
    with mailbox.opened(settings) as box:
        waiting = box.waiting()[:READ_AT_ONCE]
        for uid in waiting:
            raw = box.fetch(uid)
            if raw is None or take(raw) is not Kind.UNKNOWN:
                box.put_away(uid)
            else:
                box.leave_to_a_person(uid)
    return len(waiting)


def _is_understood(arrived: Incoming) -> bool:
    match arrived.kind:
        case Kind.REPORT:
            return bounces.note(arrived)
        case Kind.CALENDAR_REPLY:
            return calendar_replies.note(arrived.calendar_reply)
        case _:
            return True
