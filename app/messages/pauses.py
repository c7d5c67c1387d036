"""Standing still: when the mail server will not take anything, the whole queue waits, and says why."""

from datetime import timedelta
from typing import cast

from sqlalchemy import Table, bindparam, exists, select, update

from app import clock
from app.database import db
from app.messages.models import PauseReason, QueuePause

FIRST_AND_LONGEST = {  # a server that is away is tried often; one that says no is not annoyed
    PauseReason.UNREACHABLE: (timedelta(seconds=5), timedelta(minutes=1)),
    PauseReason.UNTRUSTED: (timedelta(minutes=5), timedelta(minutes=15)),
    PauseReason.SIGN_IN: (timedelta(minutes=5), timedelta(minutes=15)),
    PauseReason.POLICY: (timedelta(minutes=5), timedelta(hours=1)),
}

_table = cast(Table, QueuePause.__table__)
_END = (  # built once and without the session's bookkeeping: it is asked after every delivered message
    update(_table)
    .where(_table.c.ended_at.is_(None), _table.c.reason.in_(bindparam("reasons", expanding=True)))
    .values(ended_at=bindparam("now"))
)


def current() -> QueuePause | None:
    """The pause that holds the queue at this moment, or None."""
    query = select(QueuePause).where(QueuePause.ended_at.is_(None), QueuePause.until > clock.now())
    return db.session.scalars(query.order_by(QueuePause.until.desc()).limit(1)).first()


def begin(reason: PauseReason, detail: str) -> QueuePause:
    """Stop the queue for a while, twice as long each time in a row. Does not commit."""
    now = clock.now()
    pause = db.session.scalars(
        select(QueuePause).where(QueuePause.ended_at.is_(None), QueuePause.reason == reason)
    ).first()
    if pause is None:
        pause = QueuePause(reason=reason, began_at=now, times=0)
        db.session.add(pause)
    first, longest = FIRST_AND_LONGEST[reason]
    pause.until = now + min(first * 2 ** min(pause.times, 20), longest)
    pause.times += 1
    pause.detail = detail[:200]
    return pause


def any_open() -> bool:
    """Whether some pause has not ended, even if its time is over and the next attempt is on its way."""
    return bool(db.session.scalar(select(exists().where(QueuePause.ended_at.is_(None)))))


def end(*reasons: PauseReason) -> None:
    """What held the queue is over. Does not commit."""
    db.session.flush()
    db.session.connection().execute(_END, {"reasons": reasons, "now": clock.now()})
