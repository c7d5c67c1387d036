"""An event that changes while people hold places: what they must hear of, and how they hear it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app import clock, wording
from app.database import db
from app.errors import Refused
from app.events.models import Attendance, Event, EventDay, EventStatus, Mode
from app.language import LANGUAGES
from app.people.models import User
from app.registrations import attendance, audiences, organiser_messages, reminders, waitlist
from app.registrations.capacity import LockedEvent
from app.registrations.limits import Limits, set_limits
from app.registrations.models import Announcement, Occasion
from app.translated import Translated


@dataclass(frozen=True)
class Schedule:
    """When, where and how: what a participant must be told of when it changes. Days in UTC, in order.

    `invited_only` says of each day whether it is by invitation; days that it does not reach are for everyone.
    """

    days: tuple[tuple[datetime, datetime], ...]
    venue: Translated
    address: str
    attendance: Attendance
    invited_only: tuple[bool, ...] = ()

    def as_seen(self, *, invited: bool) -> "Schedule":
        """Only the days that someone who is invited, or not, has."""
        hidden = set() if invited else {at for at, only in enumerate(self.invited_only) if only}
        return replace(self, days=tuple(day for at, day in enumerate(self.days) if at not in hidden))

    def as_json(self) -> dict[str, Any]:
        return {
            "days": [[starts.isoformat(), ends.isoformat()] for starts, ends in self.days],
            "venue": {language: self.venue[language] for language in LANGUAGES},
            "address": self.address,
            "attendance": self.attendance.value,
            "invited_only": [*self.invited_only],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Schedule":
        return cls(
            days=tuple(
                (datetime.fromisoformat(starts), datetime.fromisoformat(ends)) for starts, ends in stored["days"]
            ),
            venue=Translated(**stored["venue"]),
            address=stored["address"],
            attendance=Attendance(stored["attendance"]),
            invited_only=tuple(stored.get("invited_only", ())),
        )


def schedule_of(event: Event, days: Sequence[EventDay]) -> Schedule:
    return Schedule(
        days=tuple((day.starts_at, day.ends_at) for day in days),
        venue=event.venue,
        address=event.address,
        attendance=event.attendance,
        invited_only=tuple(day.invited_only for day in days),
    )


def differences(old: Schedule, new: Schedule, language: str) -> list[tuple[str, str, str]]:
    """What differs, in words: label, old, new. The locale must be the language's."""
    pairs = [
        (_("When"), wording.days(old.days, language), wording.days(new.days, language)),
        (_("Where"), _place(old, language), _place(new, language)),
        (_("Taking part"), attendance_in_words(old.attendance), attendance_in_words(new.attendance)),
    ]
    return [(label, before, after) for label, before, after in pairs if before != after]


def is_news(old: Schedule, new: Schedule) -> bool:
    """Whether anyone would read a difference: the venue of an online event, say, is no news."""
    return any(differences(old, new, language) for language in LANGUAGES)


def is_for_the_invited(old: Schedule, new: Schedule) -> bool:
    """Whether what differs is only on days that are by invitation, so that it is no news to the others."""
    return not is_news(old.as_seen(invited=False), new.as_seen(invited=False))


def attendance_in_words(attendance: Attendance) -> str:
    return {
        Attendance.ON_SITE: _("on site"),
        Attendance.ONLINE: _("online"),
        Attendance.HYBRID: _("on site and online"),
    }[attendance]


def reschedule(locked: LockedEvent, new: Schedule, limits: Limits | None = None, *, by: User) -> Announcement | None:
    """Give an event its new days, place, attendance and limits. Those who have registered are told by an announcement.

    Days keep their identity by their order, so calendar entries move instead of being made anew. People whose way of
    taking part falls away move to the one that is left; then free places go to those who wait.
    """
    event = locked.event
    old = schedule_of(event, locked.days)
    event.venue, event.address, event.attendance = new.venue, new.address, new.attendance
    _set_days(locked, new)
    if new.days != old.days:
        reminders.recall(event)
    if limits:
        set_limits(locked, limits)
    if event.id is not None:
        attendance.move_people(locked, old.attendance.modes)
        waitlist.follow_start(locked)
        waitlist.promote(locked)
    if not is_news(old, new) or event.status is not EventStatus.PUBLISHED:
        return None
    told = {"old": old.as_json(), "new": new.as_json(), "invited_only": is_for_the_invited(old, new)}
    return _announce(locked, Occasion.EVENT_CHANGED, told, by)


def call_off(event_id: int, message: Translated, *, by: User) -> Announcement | None:
    """Call a published event off. Everyone who has a place or waits is told, and calendars are cleared."""
    by_id = by.id
    locked = waitlist.enter(event_id)
    must_be_possible_to_call_off(locked.event)
    locked.event.status = EventStatus.CALLED_OFF
    locked.event.called_off_at = clock.now()
    locked.event.called_off_message = message
    reminders.recall(locked.event)
    organiser_messages.cancel_all(locked.event)
    return _announce(locked, Occasion.EVENT_CALLED_OFF, {}, db.session.get_one(User, by_id))


def must_be_possible_to_call_off(event: Event) -> None:
    """Refused when the event is not published or already over."""
    if not event.is_published:
        raise Refused(_("Only a published event can be called off."))
    if event.has_ended(clock.now()):
        raise Refused(_("The event is already over."))


def _set_days(locked: LockedEvent, new: Schedule) -> None:
    periods = new.days
    for day, (starts_at, ends_at) in zip(locked.days, periods, strict=False):
        day.starts_at, day.ends_at = starts_at, ends_at
    for day in locked.days[len(periods) :]:
        db.session.delete(day)
    added = [EventDay(event=locked.event, starts_at=s, ends_at=e) for s, e in periods[len(locked.days) :]]
    db.session.add_all(added)
    db.session.flush()
    db.session.refresh(locked.event, ["starts_at", "ends_at"])
    locked.days = [*locked.days[: len(periods)], *added]
    for day, invited_only in zip(locked.days, new.invited_only, strict=False):
        day.invited_only = invited_only


def _announce(locked: LockedEvent, occasion: Occasion, details: dict[str, Any], by: User) -> Announcement | None:
    announcement = Announcement(event_id=locked.event.id, occasion=occasion, details=details, created_by_id=by.id)
    audiences.settle(announcement)
    if not announcement.total:
        return None
    db.session.add(announcement)
    return announcement


def _place(schedule: Schedule, language: str) -> str:
    if Mode.ON_SITE not in schedule.attendance.modes:
        return ""
    return ", ".join(filter(None, (str(schedule.venue.into(language)), schedule.address)))
