"""Where a change of a poll or a meeting begins: the request's row is locked, and what the page showed still holds."""

from typing import TypeVar

from flask_babel import gettext as _
from sqlalchemy import select

from app.database import begin_write, db
from app.errors import Refused
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request
from app.sparring.poll_models import Poll

Row = TypeVar("Row", Poll, Meeting)


class Stale(Refused):
    """Someone else has saved since the page was opened."""


def request(request_id: int) -> Request:
    """Begin the write and lock a request; polls and meetings hang on it, so whoever changes them waits here."""
    begin_write()
    row = select(Request).where(Request.id == request_id).with_for_update()
    return db.session.scalars(row.execution_options(populate_existing=True)).one()


def poll(poll_id: int, *, version: int | None = None) -> Poll:
    """Begin the write and lock a poll by its request. Raises Stale when it is another version than the page showed."""
    request(_request_of(Poll.request_id, Poll.id == poll_id))
    return _fresh(Poll, poll_id, version)


def meeting(meeting_id: int, *, version: int | None = None) -> Meeting:
    """The same for a meeting."""
    request(_request_of(Meeting.request_id, Meeting.id == meeting_id))
    return _fresh(Meeting, meeting_id, version)


def _request_of(column: object, one: object) -> int:
    return db.session.scalars(select(column).where(one)).one()  # type: ignore[call-overload]


def _fresh(kind: type[Row], row_id: int, version: int | None) -> Row:
    row = db.session.get_one(kind, row_id, populate_existing=True)
    if version is not None and row.version != version:
        raise Stale(_("Someone else changed this after you opened the page. Compare, and save again if yours stands."))
    return row
