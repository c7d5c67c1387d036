"""Changing how many places there are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app import clock
from app.database import db
from app.events.models import Event, Mode, ProgrammeItem
from app.questions.models import QuestionOption
from app.registrations.capacity import LockedEvent, Places
from app.registrations.counting import Claim, Kind, Resource


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


def make_room(locked: LockedEvent, claims: Sequence[Claim]) -> None:
    """Raise what has too few places for these claims together by what it lacks.

    For extra places, so a municipality's limit, which binds many, is not raised: the claims are not counted to it.
    """
    wanted = Counter(resource for claim in claims for resource in claim.resources())
    for resource, number in wanted.items():
        free = locked.free_of(resource)
        if free is not None and free < number:
            _raise(locked.event, resource, number - free)
    db.session.flush()
    locked.count()


def _raise(event: Event, resource: Resource, by: int) -> None:
    match resource.kind:
        case Kind.MODE if resource.which == Mode.ON_SITE:
            event.places_on_site = (event.places_on_site or 0) + by
        case Kind.MODE:
            event.places_online = (event.places_online or 0) + by
        case Kind.ITEM:
            item = db.session.get_one(ProgrammeItem, resource.which)
            item.places = (item.places or 0) + by
        case Kind.OPTION:
            option = db.session.get_one(QuestionOption, resource.which)
            option.places = (option.places or 0) + by
