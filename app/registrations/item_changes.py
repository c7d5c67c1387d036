"""A programme item that changes while people have signed up for it: those people hear of it, and nobody else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.database import db
from app.events.models import ProgrammeItem
from app.language import LANGUAGES
from app.registrations import invitations, item_notices, programme_choices
from app.registrations.capacity import LockedEvent
from app.registrations.models import Announcement, Occasion, Registration
from app.translated import Translated

Difference = tuple[str, str, str]


@dataclass(frozen=True)
class Seen:
    """What those who have signed up for an item must be told of when it changes."""

    title: Translated
    starts_at: datetime
    ends_at: datetime
    room: str

    def as_json(self) -> dict[str, Any]:
        return {
            "title": {language: self.title[language] for language in LANGUAGES},
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "room": self.room,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Seen":
        starts_at, ends_at = (datetime.fromisoformat(stored[name]) for name in ("starts_at", "ends_at"))
        return cls(Translated(**stored["title"]), starts_at, ends_at, stored["room"])


def seen(item: ProgrammeItem) -> Seen:
    return Seen(item.title, item.starts_at, item.ends_at, item.room)


def differences(old: Seen, new: Seen, language: str) -> list[Difference]:
    """What differs, in words: label, old, new. The locale must be the language's."""
    pairs = [
        (_("Title"), str(old.title.into(language)), str(new.title.into(language))),
        (_("Time"), *(wording.when(one.starts_at, one.ends_at, language) for one in (old, new))),
        (_("Room"), old.room, new.room),
    ]
    return [(label, before, after) for label, before, after in pairs if before != after]


def in_any_language(old: Seen, new: Seen, language: str) -> list[Difference]:
    """The same, in the first language that shows a difference, the given one before the others."""
    in_each = (differences(old, new, code) for code in (language, *LANGUAGES))
    return next(filter(None, in_each), [])


def announce(
    locked: LockedEvent, item: ProgrammeItem, old: Seen, new: Seen | None, *, by_id: int
) -> Announcement | None:
    """Tell those who have signed up for the item, as of now, of its change, or with no `new` that it is removed.

    None when the event is not public, nobody has signed up, or nobody would read a difference.
    """
    people = programme_choices.people_of(item)
    if not people or not locked.event.is_published or (new and not in_any_language(old, new, "fi")):
        return None
    announcement = Announcement(
        event=locked.event,
        occasion=Occasion.EVENT_CHANGED,
        details={
            "item": {"day": item.day_id, "old": old.as_json(), "new": new and new.as_json()},
            "audience": people,
        },
        created_by_id=by_id,
        last_registration_id=people[-1],
        total=len(people),
    )
    db.session.add(announcement)
    return announcement


def tell(announcement: Announcement, registration: Registration, locked: LockedEvent, key: str) -> None:
    """One person's mail. Old and new are the announcement's; the calendar says what holds now."""
    if locked.event.is_called_off:
        return
    told = announcement.details["item"]
    old, new = Seen.from_json(told["old"]), told["new"] and Seen.from_json(told["new"])
    with force_locale(registration.language):
        changes = differences(old, new, registration.language) if new else []
    if new and not changes:  # only the title in another language became different
        return
    days = [day for day in locked.days if day.id == told["day"]]
    entries = invitations.follow_choices(registration, days) if registration.is_confirmed else []
    title = str(old.title.into(registration.language))
    item_notices.item_changed(registration, locked.event, entries, title=title, changes=changes, dedupe_key=key)
