"""Changing how many places there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from app import clock
from app.database import db
from app.events.models import Mode, ProgrammeItem
from app.questions.models import QuestionOption
from app.registrations.capacity import LockedEvent, Places
from app.registrations.counting import Kind, Resource


@dataclass(frozen=True)
class Limits:
    """Places in each mode; None is not limited."""

    on_site: int | None
    online: int | None
    waiting_list: bool

    def of(self, mode: Mode) -> int | None:
        return self.on_site if mode is Mode.ON_SITE else self.online


def excess(places: Places, limits: Limits) -> dict[Mode, int]:
    """How many people more than the new limits have a place, by mode: they keep it, until people leave."""
    limited = {mode: limit for mode in Mode if (limit := limits.of(mode)) is not None}
    return {mode: places.taken[mode] - limit for mode, limit in limited.items() if places.taken[mode] > limit}


def set_limits(locked: LockedEvent, limits: Limits) -> None:
    """Lowering withdraws nobody: the limit stands under what is taken. The caller promotes."""
    event = locked.event
    event.places_on_site, event.places_online = limits.on_site, limits.online
    event.waiting_list = limits.waiting_list
    note_excess(locked)


def note_excess(locked: LockedEvent) -> None:
    """Remember that a limit stands under what is taken because somebody wanted it so, as long as it does."""
    locked.event.places_lowered_at = clock.now() if locked.excess() else None


def raise_by_one(locked: LockedEvent, resources: Iterable[Resource]) -> None:
    """One more place of each of these, for an extra place; a municipality's limit is not raised, which binds many."""
    for resource in resources:
        match resource.kind:
            case Kind.MODE if resource.which == Mode.ON_SITE:
                locked.event.places_on_site = (locked.event.places_on_site or 0) + 1
            case Kind.MODE:
                locked.event.places_online = (locked.event.places_online or 0) + 1
            case Kind.ITEM:
                item = db.session.get_one(ProgrammeItem, resource.which)
                item.places = (item.places or 0) + 1
            case Kind.OPTION:
                option = db.session.get_one(QuestionOption, resource.which)
                option.places = (option.places or 0) + 1
    db.session.flush()
    locked.forget_counts()
