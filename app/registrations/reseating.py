"""The one way in which an existing registration changes what it takes: mode, programme items, answers, municipality."""

from app.registrations import counting, obstacles
from app.registrations.capacity import LockedEvent
from app.registrations.counting import Claim
from app.registrations.models import Registration


def must_fit(locked: LockedEvent, registration: Registration, new: Claim) -> None:
    """Refused, in words, when what the changed registration newly takes would not fit beside all others.

    What it takes already it keeps, also where a lowered limit stands under what is taken. Whoever waits has been served
    by the door before, so that a free place is one which fits nobody in the queue. One who holds no place may wish for
    whatever is asked.
    """
    if not registration.holds_place:
        return
    taken = set(counting.claim_of(registration).resources())
    added = (resource for resource in new.resources() if resource not in taken)
    if obstacle := next((resource for resource in added if locked.free_of(resource) == 0), None):
        raise obstacles.refused(obstacle, locked.event)
