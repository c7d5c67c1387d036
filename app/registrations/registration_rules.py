"""What an organiser decides about registering for an event: who may, in which order, and until when."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from app import clock
from app.database import db
from app.events import editing
from app.events.models import Admission, Event, EventAdmitted, Promotion, QueueOrder
from app.registrations import counting, limits, waitlist


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Each field but `admitted` (codes of municipalities) is the event's column of that name. Times in UTC."""

    admission: Admission
    admitted: frozenset[str]
    approval: bool
    municipality_limit: int | None
    municipality_limit_until: datetime | None
    queue_order: QueueOrder
    promotion: Promotion
    offer_hours: int
    queue_closes_at: datetime | None
    largest_group: int
    answers_close_at: datetime | None
    still_coming_days: int | None
    participants_list: bool


@dataclass(frozen=True)
class Crowd:
    """A municipality, or all other organisations, with more places than a limit would give; all of them are kept."""

    municipality_code: str | None
    taken: int


def rules_of(event: Event) -> Rules:
    """The rules as they stand."""
    columns = (field.name for field in fields(Rules) if field.name != "admitted")
    return Rules(**{name: getattr(event, name) for name in columns}, admitted=frozenset(editing.admitted_codes(event)))


def newly_crowded(event: Event, wanted: Rules) -> list[Crowd]:
    """The municipalities that would stand above a limit that an edit lowers, the fullest first, as of this moment."""
    limit, before = wanted.municipality_limit, event.municipality_limit_at(clock.now())
    if limit is None or (before is not None and limit >= before):
        return []
    held = counting.held_by_municipality(event.id)
    return [Crowd(str(code) if code else None, taken) for code, taken in held.most_common() if taken > limit]


def save(event_id: int, rules: Rules, *, version: int) -> None:
    """Save the rules under the event's lock. A raised limit, or one released earlier, promotes at once.

    A limit under what is taken withdraws nobody: it stands until people leave. Raises Stale when the event is no
    longer at `version`, and Refused when it can no longer be edited.
    """
    locked = waitlist.enter(event_id)
    event = locked.event
    editing.must_be_at(event, version)
    editing.must_be_editable(event)
    if rules.municipality_limit_until != event.municipality_limit_until:
        event.municipality_limit_released_at = None
    for field in fields(rules):
        if field.name != "admitted":
            setattr(event, field.name, getattr(rules, field.name))
    flag_modified(event, "admission")  # the version rises even when only the list of municipalities differs
    _admit(event_id, rules.admitted)
    db.session.flush()
    limits.note_excess(locked)
    waitlist.promote(locked)


def close_queue(event_id: int) -> None:
    """Close the waiting list now; those who wait keep their turn. The rules can open it again. Refused as in `save`."""
    locked = waitlist.enter(event_id)
    editing.must_be_editable(locked.event)
    locked.event.queue_closes_at = clock.now()


def _admit(event_id: int, codes: frozenset[str]) -> None:
    db.session.execute(delete(EventAdmitted).where(EventAdmitted.event_id == event_id))
    db.session.add_all(EventAdmitted(event_id=event_id, municipality_code=code) for code in sorted(codes))
