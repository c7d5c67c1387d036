"""Moving somebody in the queue by hand, with a reason that stays in the history."""

from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.database import db
from app.errors import Refused
from app.registrations import history, organiser_changes, waitlist, whole_groups
from app.registrations.models import Registration, Status


class Place(StrEnum):
    FRONT = "front"
    END = "end"
    BY_THE_RULE = "by-the-rule"


def move(registration: Registration, to: Place, reason: str, *, by: int) -> None:
    """Move one who waits before or behind all others, or back to the turn that the rule gives. Refused otherwise.

    A group that waits as a whole moves as a whole.
    """
    locked, registration = organiser_changes.enter(registration)
    if registration.status is not Status.WAITING:
        raise Refused(_("Only someone who waits can be moved in the queue."))
    ranks = db.session.execute(
        select(func.max(Registration.queue_rank), func.min(Registration.queue_rank)).where(
            Registration.event_id == locked.event.id, Registration.status == Status.WAITING
        )
    ).one()
    highest, lowest = ranks
    rank = {Place.FRONT: max(highest, 0) + 1, Place.END: min(lowest, 0) - 1, Place.BY_THE_RULE: 0}[to]
    for one in whole_groups.standing_with(registration):
        one.queue_rank = rank
        history.note(one, "moved-in-queue", by=by, to=to.value, reason=reason)
    db.session.flush()
    waitlist.promote(locked)
