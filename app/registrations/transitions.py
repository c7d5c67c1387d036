"""The life of a registration: one table of what can follow what, for pages, imports and the clock alike."""

from datetime import datetime

from flask_babel import gettext as _

from app import clock
from app.errors import Refused
from app.registrations.models import Registration, Status

ALLOWED: dict[Status, frozenset[Status]] = {
    Status.AWAITING_APPROVAL: frozenset({Status.CONFIRMED, Status.WAITING, Status.REFUSED, Status.WITHDRAWN}),
    Status.WAITING: frozenset({Status.CONFIRMED, Status.OFFERED, Status.WITHDRAWN}),
    Status.OFFERED: frozenset({Status.CONFIRMED, Status.WAITING, Status.WITHDRAWN}),
    Status.CONFIRMED: frozenset({Status.WAITING, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset({Status.WAITING}),
    Status.REFUSED: frozenset(),
}


def change(registration: Registration, to: Status, *, offer_until: datetime | None = None) -> None:
    """Give a registration another status, with the instants that belong to it. The caller holds the event's lock.

    `offer_until` is the end of an offer, kept after it lapsed. Raises Refused when the table does not allow it.
    """
    if to not in ALLOWED[registration.status]:
        raise Refused(_("That cannot be done with this registration any more."))
    at = clock.now()
    match to:
        case Status.CONFIRMED:
            registration.confirmed_at, registration.offer_expires_at = at, None
        case Status.OFFERED:
            registration.offer_expires_at = offer_until
        case Status.WAITING:
            registration.confirmed_at = registration.withdrawn_at = registration.offer_expires_at = None
        case Status.WITHDRAWN:
            registration.withdrawn_at = at
    registration.status = to
