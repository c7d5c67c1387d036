"""The programme of a meeting: rows that follow each other from its start; minutes in, times out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import ItemForm
from app.people.models import User
from app.sparring import locked, queries, states
from app.sparring.meeting_models import Meeting, MeetingItem
from app.sparring.models import RequestState


@dataclass(frozen=True, kw_only=True)
class Item:
    """A row as it is typed."""

    minutes: int
    form: ItemForm
    topic: str
    who: str


@dataclass(frozen=True)
class Timed:
    """A row with when it is."""

    item: MeetingItem
    starts_at: datetime
    ends_at: datetime


def rows(meeting: Meeting) -> list[Timed]:
    at = meeting.starts_at
    timed = []
    for item in queries.programme_of(meeting):
        timed.append(Timed(item, at, at + timedelta(minutes=item.minutes)))
        at = timed[-1].ends_at
    return timed


def overrun(meeting: Meeting) -> int:
    """By how many minutes the programme is longer than the meeting, or shorter when negative."""
    planned = sum(item.minutes for item in queries.programme_of(meeting))
    return planned - round((meeting.ends_at - meeting.starts_at) / timedelta(minutes=1))


def item_of(meeting_id: int, item_id: int) -> MeetingItem | None:
    return db.session.scalar(select(MeetingItem).where(MeetingItem.id == item_id, MeetingItem.meeting_id == meeting_id))


def add(meeting_id: int, given: Item) -> None:
    """A row at the end. Begins the write; does not commit. Refused, as every change here, once it is called off."""
    _locked(meeting_id)
    last = db.session.scalar(select(func.max(MeetingItem.position)).where(MeetingItem.meeting_id == meeting_id))
    db.session.add(MeetingItem(meeting_id=meeting_id, position=(last or 0) + 1, **vars(given)))


def save(meeting_id: int, item_id: int, given: Item) -> None:
    """Change a row where it stands. Begins the write; does not commit."""
    _locked(meeting_id)
    if item := item_of(meeting_id, item_id):
        for name, value in vars(given).items():
            setattr(item, name, value)


def remove(meeting_id: int, item_id: int) -> None:
    _locked(meeting_id)
    if item := item_of(meeting_id, item_id):
        db.session.delete(item)


def move(meeting_id: int, item_id: int, *, earlier: bool) -> None:
    """Change places with the row before or after. Begins the write; does not commit."""
    items = list(queries.programme_of(_locked(meeting_id)))
    at = next((number for number, item in enumerate(items) if item.id == item_id), None)
    if at is None:
        return
    to = at - 1 if earlier else at + 1
    if 0 <= to < len(items):
        items[at], items[to] = items[to], items[at]
    for position, item in enumerate(items, start=1):
        item.position = position


def declare_ready(meeting_id: int, *, by: User) -> None:
    """The programme is what it will be. Begins the write; does not commit. Refused without a row in it."""
    meeting = _locked(meeting_id)
    if not queries.programme_of(meeting):
        raise Refused(_("There is nothing in the programme yet."))
    due_on = clock.helsinki(meeting.starts_at).date()
    states.change(meeting.request, RequestState.PROGRAMME_READY, by=by, due_on=due_on)


def _locked(meeting_id: int) -> Meeting:
    meeting = locked.meeting(meeting_id)
    if meeting.called_off_at is not None:
        raise Refused(_("The meeting is called off."))
    return meeting
