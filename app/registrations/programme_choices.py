"""Programme items with sign-up: who chose which, what may be chosen together, how many places are left."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, func, select

from app import language, wording
from app.database import db
from app.errors import Refused
from app.events.models import Event, EventDay, ProgrammeItem
from app.registrations.counting import Kind
from app.registrations.models import ACTIVE, HOLDING, ProgrammeChoice, Registration, Status

QUEUED = tuple(status for status in ACTIVE if status not in HOLDING)


def _people(statuses: Collection[Status]) -> Select[int]:
    """How many registrations of these statuses have chosen the item of the query around; speakers and staff aside."""
    return (
        select(func.count())
        .select_from(ProgrammeChoice)
        .join(Registration, Registration.id == ProgrammeChoice.registration_id)
        .where(
            ProgrammeChoice.item_id == ProgrammeItem.id,
            Registration.status.in_(statuses),
            Registration.takes_place,
        )
        .correlate(ProgrammeItem)
    )


# Built once: the public form asks it each time it is shown and sent.
_OFFERED = (
    select(ProgrammeItem, _people(HOLDING).scalar_subquery(), _people(QUEUED).scalar_subquery())
    .join(ProgrammeItem.day)
    .where(EventDay.event_id == bindparam("event_id"), ProgrammeItem.sign_up)
    .order_by(ProgrammeItem.starts_at, ProgrammeItem.ends_at, ProgrammeItem.id)
)


@dataclass(frozen=True)
class Offered:
    """An item with sign-up, as of this moment: `taken` by those who hold a place at the event, `waiting` by others."""

    item: ProgrammeItem
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        """Places nobody holds: 0 when a lowered limit stands under what is taken, None when not limited."""
        return None if self.item.places is None else max(0, self.item.places - self.taken)

    @property
    def is_full(self) -> bool:
        return self.free == 0


def offered(event: Event, *, invited: bool = True) -> list[Offered]:
    """The items that participants sign up for, by their times; those of days by invitation only for the `invited`."""
    there = [Offered(*row) for row in db.session.execute(_OFFERED, {"event_id": event.id})]
    return [one for one in there if invited or not one.item.day.invited_only]


def choosable(event_id: int, ids: Collection[int]) -> list[ProgrammeItem]:
    """The items of these ids. Refused when one is not of the event or has no sign-up, or two are at the same time."""
    if not ids:
        return []
    found = db.session.scalars(
        select(ProgrammeItem)
        .join(ProgrammeItem.day)
        .where(EventDay.event_id == event_id, ProgrammeItem.sign_up, ProgrammeItem.id.in_(ids))
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    ).all()
    if len(found) < len(set(ids)):
        raise Refused(_("One of the programme items can no longer be signed up for. Choose again."), about=Kind.ITEM)
    must_not_overlap(found)
    return list(found)


def must_not_overlap(items: Iterable[ProgrammeItem]) -> None:
    """Refused, with both titles in the page's language, when nobody could be at two of the items."""
    by_time = sorted(items, key=lambda item: (item.starts_at, item.id))
    for first, second in combinations(by_time, 2):
        if second.starts_at < first.ends_at:
            titles = {"first": title(first), "second": title(second)}
            raise Refused(
                _("“%(first)s” and “%(second)s” are at the same time. Choose one of them.", **titles), about=Kind.ITEM
            )


def of(registration: Registration) -> list[ProgrammeItem]:
    """What a person has signed up for, by time."""
    return list(
        db.session.scalars(
            select(ProgrammeItem)
            .join(ProgrammeChoice, ProgrammeChoice.item_id == ProgrammeItem.id)
            .where(ProgrammeChoice.registration_id == registration.id)
            .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
        )
    )


def of_everyone(event: Event) -> dict[int, list[ProgrammeItem]]:
    """What everybody at an event has signed up for, by the registration's id and then by time; in one query."""
    rows = db.session.execute(
        select(ProgrammeChoice.registration_id, ProgrammeItem)
        .join(ProgrammeChoice.item)
        .join(ProgrammeItem.day)
        .where(EventDay.event_id == event.id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    )
    chosen = defaultdict(list)
    for registration_id, item in rows:
        chosen[registration_id].append(item)
    return chosen


def people_of(item: ProgrammeItem) -> list[int]:
    """The ids of the active registrations that have chosen an item: whom a change of it concerns."""
    return list(
        db.session.scalars(
            select(Registration.id)
            .join(ProgrammeChoice, ProgrammeChoice.registration_id == Registration.id)
            .where(ProgrammeChoice.item_id == item.id, Registration.status.in_(ACTIVE))
            .order_by(Registration.id)
        )
    )


def in_words(item: ProgrammeItem, spoken: str) -> str:
    """An item as mails and calendars tell it: "10.30–12.00 Workshop A, Room 2"."""
    times = wording.bare_time_range(item.starts_at, item.ends_at, spoken)
    return ", ".join(filter(None, (f"{times} {item.title.into(spoken)}", item.room)))


def title(item: ProgrammeItem) -> str:
    """An item's title in the language of the page."""
    return str(item.title.into(language.current()))
