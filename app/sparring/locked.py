"""Where a change of a poll or a meeting begins: the request's row is locked, and what the page showed still holds."""

from typing import TypeVar

from flask_babel import gettext as _
from sqlalchemy import select

from app.database import begin_write, db
from app.errors import Stale
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request
from app.sparring.poll_models import Poll

Row = TypeVar("Row", Poll, Meeting)


def request(request_id: int) -> Request:
    """Begin the write and lock a request; polls and meetings hang on it, so whoever changes them waits here."""
    begin_write()
    return row(request_id) or db.session.get_one(Request, request_id)


def row(request_id: int) -> Request | None:
    """A request that nobody else changes before this transaction ends, inside which the caller is already.

    The one whose meeting it shares is locked before it: changes of state go from there to here.
    """
    lead = select(Request.joined_to_id).where(Request.id == request_id).scalar_subquery()
    both = select(Request).where((Request.id == request_id) | (Request.id == lead))
    in_order = both.order_by(Request.joined_to_id.is_not(None), Request.id).with_for_update()
    found = db.session.scalars(in_order.execution_options(populate_existing=True)).all()
    return next((one for one in found if one.id == request_id), None)


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
    found = db.session.get_one(kind, row_id, populate_existing=True)
    if version is not None and found.version != version:
        raise Stale(_("Someone else changed this after you opened the page. Compare, and save again if yours stands."))
    return found
