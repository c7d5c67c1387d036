"""What hangs on an event and is read for each registration: its days, programme, questions and texts.

Whoever changes a part gives its event a new stamp in the same transaction, and by the stamp each process knows whether
what it has kept is still true. No stamp comes twice, so what was read before a rollback is never taken for something
else.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection, event, select, update

from app.database import Base
from app.events.models import Event, EventDay, ProgrammeItem, new_uuid

Read = TypeVar("Read")


def kept(of: Event, read: Callable[[int], Read]) -> Read:
    """What `read` says of an event's id, read once for each stamp. It must be values, not what belongs to a session."""
    return _kept(read, of.uuid, of.parts_stamp, of.id)


@lru_cache(maxsize=1024)
def _kept(read: Callable[[int], Any], _uuid: str, _stamp: str, event_id: int) -> Any:
    return read(event_id)


def are(part: type[Base], event_id: Callable[[Any], Any]) -> None:
    """Rows of `part` are parts of an event, the one with this id: a value, or a subquery."""

    def stamp(_mapper: Any, connection: Connection, changed: Base) -> None:
        table: Any = Event.__table__
        values = {"parts_stamp": new_uuid(), "changed_at": Event.changed_at}  # which goes with the version alone
        connection.execute(update(table).where(table.c.id == event_id(changed)).values(values))

    for change in ("after_insert", "after_update", "after_delete"):
        event.listen(part, change, stamp)


are(EventDay, lambda day: day.event_id)
are(ProgrammeItem, lambda item: select(EventDay.event_id).where(EventDay.id == item.day_id).scalar_subquery())
