"""Changing how many places an event has."""

from dataclasses import dataclass

from app import clock
from app.events.models import Mode
from app.registrations import waitlist
from app.registrations.capacity import LockedEvent, Places


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
    taken = {mode: places.taken.get(mode, 0) for mode in Mode}
    limited = {mode: limit for mode in Mode if (limit := limits.of(mode)) is not None}
    return {mode: taken[mode] - limit for mode, limit in limited.items() if taken[mode] > limit}


def set_limits(locked: LockedEvent, limits: Limits) -> None:
    """Raising promotes from the queue at once. Lowering withdraws nobody: the limit stands under what is taken."""
    event = locked.event
    event.places_on_site, event.places_online = limits.on_site, limits.online
    event.waiting_list = limits.waiting_list
    event.places_lowered_at = clock.now() if excess(locked, limits) else None
    waitlist.promote(locked)
