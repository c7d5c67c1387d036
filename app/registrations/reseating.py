"""The one way in which an existing registration changes what it takes: mode, programme items, answers, municipality."""

from app.errors import Refused
from app.registrations import counting, obstacles
from app.registrations.capacity import LockedEvent
from app.registrations.counting import Claim
from app.registrations.models import Registration


def must_fit(locked: LockedEvent, registration: Registration, new: Claim) -> None:
    """Refused, in words, when the changed registration would not fit beside all others.

    Counts as if its present place were given back. Whoever waits has been served by the door before, so that a free
    place is one which fits nobody in the queue. One who holds no place may wish for whatever is asked.
    """
    if not registration.holds_place:
        return
    old = counting.claim_of(registration)
    locked.release(old)
    obstacle = locked.obstacle(new)
    locked.hold(old)
    if obstacle:
        raise Refused(obstacles.to_person(obstacle, locked.event))
