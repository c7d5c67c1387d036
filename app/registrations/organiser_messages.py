"""An organiser's own message to a part of the list: whom it reaches, whom it leaves out and why, when it goes out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, exists, false, func, select, update
from sqlalchemy.orm import aliased

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import Event, Mode
from app.language import LANGUAGES
from app.messages.models import AddressFailure
from app.people.models import User
from app.registrations import answer_filter, placeholders, queries
from app.registrations.mail_models import OptionalMailRefusal
from app.registrations.models import ACTIVE, Announcement, Occasion, Registration, Status
from app.registrations.queries import Filter
from app.translated import Translated

NAMED = 20


@dataclass(frozen=True)
class Part:
    """A part of an event's list; what is None does not narrow it. Without a status: all who have or await a place."""

    status: Status | None = Status.CONFIRMED
    municipality: str | None = None
    mode: Mode | None = None
    item: int | None = None
    answer: str | None = None
    attended: bool | None = None

    def as_filter(self) -> Filter:
        return Filter(**asdict(self))


@dataclass(frozen=True)
class Draft:
    """What an organiser has written, and for whom. `due_at` is an aware instant, or None for now."""

    subject: Translated
    body: Translated
    part: Part = field(default_factory=Part)
    optional: bool = False
    due_at: datetime | None = None
    occasion: Occasion = Occasion.ORGANISER_MESSAGE


@dataclass(frozen=True)
class Reach:
    """How many a message reaches, and who is left out: how many, and some of their names."""

    total: int
    refusing: int
    refusing_names: Sequence[str]
    unreachable: int
    unreachable_names: Sequence[str]


def reach(event: Event, draft: Draft) -> Reach:
    """Whom the draft would reach at this moment. Unreachable addresses have refused mail before."""
    everyone = _in_part(event.id, draft.part)
    refusing = [*everyone, _refuses() if draft.optional else false()]
    unreachable = [*everyone, _refused_mail(), *([~_refuses()] if draft.optional else [])]
    return Reach(
        total=_count(_reached(event.id, draft)),
        refusing=_count(refusing),
        refusing_names=_names(refusing),
        unreachable=_count(unreachable),
        unreachable_names=_names(unreachable),
    )


def send(event_id: int, draft: Draft, *, by: User) -> Announcement:
    """Announce the message, now or for later. The write transaction has begun.

    Refused without anybody to reach, with an unknown placeholder, or for a time that is past.
    """
    must_be_sound(draft)
    counted = select(func.count(), func.max(Registration.id)).where(*_reached(event_id, draft))
    total, last = db.session.execute(counted).one()
    if not total and draft.due_at is None:
        raise Refused(_("Nobody on the list fits what you chose."))
    announcement = Announcement(
        event_id=event_id,
        occasion=draft.occasion,
        details=_as_json(draft),
        due_at=draft.due_at or clock.now(),
        created_by_id=by.id,
        last_registration_id=last or 0,
        total=total,
    )
    db.session.add(announcement)
    return announcement


def must_be_sound(draft: Draft) -> None:
    """Refused with an unknown placeholder, or for a time that is past."""
    placeholders.check((draft.subject, draft.body))
    if draft.due_at and draft.due_at <= clock.now():
        raise Refused(_("This time has passed. Choose a later one, or send the message now."))


def draft_of(announcement: Announcement) -> Draft:
    """What was announced, as it was written."""
    details = announcement.details
    return Draft(
        subject=Translated(**details["subject"]),
        body=Translated(**details["body"]),
        part=_part(**details["part"]),
        optional=details["optional"],
        due_at=announcement.due_at,
        occasion=announcement.occasion,
    )


def _part(*, status: str | None, mode: str | None, option: int | None = None, **others: Any) -> Part:
    """`option` is how a ready answer was named before there were other answers to choose."""
    if option is not None:
        others["answer"] = answer_filter.of_option(option)
    return Part(status=Status(status) if status else None, mode=Mode(mode) if mode else None, **others)


def audience(announcement: Announcement) -> list[ColumnElement[bool]]:
    """Those whom an announced message concerns and reaches."""
    return _reached(announcement.event_id, draft_of(announcement))


def cancel(event: Event, announcement_id: int) -> bool:
    """Take back a message that has not begun to go out. False when it is too late. The write transaction has begun."""
    announcement = db.session.get(Announcement, announcement_id, with_for_update=True, populate_existing=True)
    if announcement is None or announcement.event_id != event.id:
        return False
    if announcement.cancelled_at is not None:
        return True
    if announcement.cursor or announcement.finished_at or announcement.due_at <= clock.now():
        return False
    announcement.cancelled_at = announcement.finished_at = clock.now()
    return True


def cancel_all(event: Event) -> None:
    """Take back what waits for its time, of an event that is called off. The write transaction has begun."""
    at = clock.now()
    waiting = update(Announcement).where(
        Announcement.event_id == event.id,
        Announcement.occasion.in_((Occasion.ORGANISER_MESSAGE, Occasion.MATERIALS)),
        Announcement.finished_at.is_(None),
        Announcement.due_at > at,
    )
    db.session.execute(waiting.values(cancelled_at=at, finished_at=at))


def _reached(event_id: int, draft: Draft) -> list[ColumnElement[bool]]:
    conditions = [*_in_part(event_id, draft.part), ~_refused_mail()]
    return [*conditions, ~_refuses()] if draft.optional else conditions


def _in_part(event_id: int, part: Part) -> list[ColumnElement[bool]]:
    """One row a person: of several withdrawn registrations of the same address, the latest."""
    later = aliased(Registration)
    conditions = [
        Registration.event_id == event_id,
        Registration.anonymised_at.is_(None),
        *queries.conditions(part.as_filter()),
    ]
    if part.status is None:
        return [*conditions, Registration.status.in_(ACTIVE)]
    if part.status in ACTIVE:
        return conditions
    same = (later.event_id == event_id) & (later.email_key == Registration.email_key) & (later.id > Registration.id)
    return [*conditions, ~exists().where(same)]


def _refuses() -> ColumnElement[bool]:
    return exists().where(OptionalMailRefusal.email_key == Registration.email_key)


def _refused_mail() -> ColumnElement[bool]:
    return exists().where(AddressFailure.address == Registration.email_key, AddressFailure.suppressed_at.is_not(None))


def _count(conditions: Sequence[ColumnElement[bool]]) -> int:
    return db.session.scalars(select(func.count(Registration.id)).where(*conditions)).one()


def _names(conditions: Sequence[ColumnElement[bool]]) -> list[str]:
    query = select(Registration.given_name, Registration.family_name).where(*conditions)
    found = db.session.execute(query.order_by(Registration.sort_key, Registration.id).limit(NAMED))
    return [f"{given} {family}" for given, family in found]


def _as_json(draft: Draft) -> dict[str, Any]:
    return {
        "subject": {code: draft.subject[code] for code in LANGUAGES},
        "body": {code: draft.body[code] for code in LANGUAGES},
        "part": asdict(draft.part),
        "optional": draft.optional,
    }
