"""Groups that want all or nothing: whatever is decided about a member's place is decided for all at once."""

from sqlalchemy import select

from app.database import db
from app.registrations.models import Group, Registration, Status


def is_of_one(registration: Registration) -> bool:
    """Whether a registration gets a place only together with the others of its group."""
    return registration.group is not None and registration.group.all_or_none


def standing_with(registration: Registration) -> list[Registration]:
    """The registration, with those of its whole group who have the same status, as they were named.

    Anybody else stands alone. Under the lock the answer holds.
    """
    if not is_of_one(registration):
        return [registration]
    mates = select(Registration).where(
        Registration.group_id == registration.group_id, Registration.status == registration.status
    )
    return list(db.session.scalars(mates.order_by(Registration.id).execution_options(populate_existing=True)))


def waits(group: Group) -> bool:
    """Whether a member of the group waits for a place."""
    waiting = select(Registration.id).where(Registration.group_id == group.id, Registration.status == Status.WAITING)
    return db.session.scalar(waiting.limit(1)) is not None


def with_their_groups(chosen: list[Registration], among: list[Registration]) -> list[Registration]:
    """Those chosen, and those of `among` who are in a whole group with one of them; in the order of `among`."""
    groups = {one.group_id for one in chosen if is_of_one(one)}
    ids = {one.id for one in chosen}
    return [one for one in among if one.id in ids or (one.group_id in groups and is_of_one(one))]
