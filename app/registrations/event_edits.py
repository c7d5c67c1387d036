"""Saving an event as an organiser typed it: details, schedule and limits in one transaction, with what follows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.database import begin_write, db
from app.errors import Refused, Stale
from app.events import editing, programme
from app.events import queries as events
from app.events.editing import Details
from app.events.models import Event, EventDay, Mode
from app.people.models import User
from app.registrations import attendance, capacity, event_changes, limits, queries, waitlist
from app.registrations.attendance import Move
from app.registrations.capacity import LockedEvent, Places
from app.registrations.event_changes import Schedule
from app.registrations.limits import Limits
from app.registrations.models import Announcement, Status


@dataclass(frozen=True)
class Edit:
    """All that the event form holds."""

    details: Details
    schedule: Schedule
    limits: Limits


@dataclass(frozen=True)
class Consequences:
    """What saving an edit would do to the people who have registered, as of this moment."""

    changes: list[tuple[str, str, str]]
    confirmed: int
    waiting: int
    excess: dict[Mode, int]
    moves: list[Move]

    @property
    def need_a_yes(self) -> bool:
        """Whether the organiser must see this before it is saved."""
        return bool(self.changes or self.excess or self.moves)


def create(edit: Edit, *, by: User) -> Event:
    """A new draft. Begins the write transaction; Refused as in `save`."""
    begin_write()
    event = Event(attendance=edit.schedule.attendance)
    editing.write(event, edit.details)
    made = LockedEvent(event)
    made.days = []
    _write(made, edit, by=by)
    return event


def consequences(event: Event, edit: Edit, language: str) -> Consequences:
    """What is worth a question before saving: news for participants, limits lowered under what is taken, and moves.

    A draft has none. What differs only in another language is told in that one. The locale must be the language's.
    Refused as in `save`.
    """
    if not event.is_published:
        return Consequences([], 0, 0, {}, [])
    places = capacity.places_of([event])[event.id]
    _must_say_when(places, edit)
    _must_keep_who_a_day_is_for(places, events.days_of(event), edit)
    old = event_changes.schedule_of(event, events.days_of(event))
    told = queries.audience_by_status(event, invited_only=event_changes.is_for_the_invited(old, edit.schedule))
    moves = attendance.moves(places, edit.schedule.attendance, edit.limits)
    return Consequences(
        changes=_changes(old, edit.schedule, language),
        confirmed=told[Status.CONFIRMED] + told[Status.OFFERED],
        waiting=told[Status.WAITING] + told[Status.AWAITING_APPROVAL],
        excess=_newly_in_excess(_without_those_who_wait(places, moves), edit.limits),
        moves=moves,
    )


def save(event_id: int, edit: Edit, *, version: int, by: User) -> Announcement | None:
    """Save an edit under the event's lock; those who must hear of it are told through the announcement returned.

    Raises Stale when the event is no longer at `version`, and Refused when it can no longer be edited, when people have
    registered and the edit takes all days away or changes whom a day is for, or when a published event does not say
    when it is.
    """
    locked = waitlist.enter(event_id)
    if locked.event.version != version:
        raise Stale(_("Someone else saved this event meanwhile."))
    editing.must_be_editable(locked.event)
    _must_say_when(locked, edit)
    _must_keep_who_a_day_is_for(locked, locked.days, edit)
    editing.write(locked.event, edit.details)
    return _write(locked, edit, by=by)


def _write(locked: LockedEvent, edit: Edit, *, by: User) -> Announcement | None:
    before = {day.id: (day.starts_at, day.ends_at) for day in locked.days}
    announcement = event_changes.reschedule(locked, edit.schedule, edit.limits, by=by)
    programme.follow_days(locked.event, before)
    db.session.flush()
    return announcement


def _must_say_when(places: Places, edit: Edit) -> None:
    if edit.schedule.days or not places.event.is_published:
        return
    if queries.audience_size(places.event):
        raise Refused(_("People have registered, so the event needs at least one day."))
    if not edit.details.expected.fi.strip():
        raise Refused(_("A published event needs at least one day, or the words that say when it is expected."))


def _must_keep_who_a_day_is_for(places: Places, days: Sequence[EventDay], edit: Edit) -> None:
    changed = any(day.invited_only != new for day, new in zip(days, edit.schedule.invited_only, strict=False))
    if changed and places.event.is_published and queries.audience_size(places.event):
        raise Refused(_("People have registered, so whom a day is for can no longer change."))


def _changes(old: Schedule, new: Schedule, language: str) -> list[tuple[str, str, str]]:
    in_each = (event_changes.differences(old, new, code) for code in (language, *event_changes.LANGUAGES))
    return next(filter(None, in_each), [])


def _without_those_who_wait(places: Places, moves: Sequence[Move]) -> Places:
    return replace(places, taken=places.taken - Counter({move.new: move.beside for move in moves}))


def _newly_in_excess(places: Places, wanted: Limits) -> dict[Mode, int]:
    lowered = {mode for mode in Mode if wanted.of(mode) != places.event.places(mode)}
    return {mode: number for mode, number in limits.excess(places, wanted).items() if mode in lowered}
