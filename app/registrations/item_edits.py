"""Saving or removing an item of a programme as an organiser typed it, with what follows for those who chose it."""

from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.database import db
from app.errors import Refused
from app.events import programme
from app.events.models import ProgrammeItem
from app.events.programme import Item
from app.people.models import User
from app.registrations import item_changes, limits, programme_choices, waitlist
from app.registrations.capacity import LockedEvent
from app.registrations.item_changes import Difference, Seen
from app.registrations.models import HOLDING, Announcement, ProgrammeChoice, Registration


@dataclass(frozen=True)
class Consequences:
    """What saving or removing an item would do, as of this moment. `people` have chosen it, and would be told."""

    changes: list[Difference] = field(default_factory=list)
    people: int = 0
    excess: int = 0

    @property
    def need_a_yes(self) -> bool:
        """Whether the organiser must see this before it is saved."""
        return bool(self.changes or self.excess)


def consequences(item: ProgrammeItem, given: Item, language: str) -> Consequences:
    """What is worth a question: news for those who chose the item, and a limit lowered under what is taken.

    The locale must be the language's. Refused as in `save`.
    """
    people = len(programme_choices.people_of(item))
    _must_keep_sign_up(item, given, people)
    old = item_changes.seen(item)
    changes = item_changes.in_any_language(old, _seen(item, given), language) if people else []
    lowered = given.sign_up and given.places is not None and given.places != item.places
    return Consequences(changes, people, max(0, _taken(item) - (given.places or 0)) if lowered else 0)


def add(event_id: int, day_id: int, given: Item) -> ProgrammeItem | None:
    """A new item of a day; None when the day is none of the event's. Refused as in `programme.period_on`."""
    locked = waitlist.enter(event_id)
    day = programme.day_of(locked.event.id, day_id)
    if day is None:
        return None
    item = ProgrammeItem(day=day)
    programme.write(item, given)
    db.session.add(item)
    return item


def save(event_id: int, item_id: int, given: Item, *, by: User) -> Announcement | None:
    """Change an item under the event's lock: a raised limit promotes, a lowered one withdraws nobody.

    Those who have chosen it are told, through the announcement returned. Refused as in `programme.period_on`, and
    when an item that people have chosen would no longer have sign-up.
    """
    by_id = by.id
    locked = waitlist.enter(event_id)
    item = programme.item_of(event_id, item_id)
    if item is None:
        raise Refused(_("This item is no longer in the programme."))
    _must_keep_sign_up(item, given, len(programme_choices.people_of(item)))
    old = item_changes.seen(item)
    programme.write(item, given)
    _go_on(locked)
    return item_changes.announce(locked, item, old, item_changes.seen(item), by_id=by_id)


def remove(event_id: int, item_id: int, *, by: User) -> Announcement | None:
    """Take an item out of the programme. Those who had chosen it keep their places, and are told."""
    by_id = by.id
    locked = waitlist.enter(event_id)
    item = programme.item_of(event_id, item_id)
    if item is None:
        return None
    announcement = item_changes.announce(locked, item, item_changes.seen(item), None, by_id=by_id)
    db.session.delete(item)
    _go_on(locked)
    return announcement


def _go_on(locked: LockedEvent) -> None:
    """Count what has changed, and let those in whom it made room for."""
    db.session.flush()
    locked.count()
    limits.note_excess(locked)
    waitlist.promote(locked)


def _must_keep_sign_up(item: ProgrammeItem, given: Item, people: int) -> None:
    if item.sign_up and not given.sign_up and people:
        raise Refused(_("People have signed up for this item, so it must keep its sign-up."))


def _seen(item: ProgrammeItem, given: Item) -> Seen:
    starts_at, ends_at = programme.period_on(item.day, given.starts, given.ends)
    return Seen(given.title, starts_at, ends_at, given.room)


def _taken(item: ProgrammeItem) -> int:
    return db.session.scalars(
        select(func.count())
        .select_from(ProgrammeChoice)
        .join(Registration, Registration.id == ProgrammeChoice.registration_id)
        .where(ProgrammeChoice.item_id == item.id, Registration.status.in_(HOLDING), Registration.takes_place)
    ).one()
