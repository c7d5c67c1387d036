"""Groups that want all or nothing: whatever is decided about a member's place is decided for all at once."""

from collections.abc import Iterable

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
    if registration.group is None or not registration.group.all_or_none:
        return [registration]
    return members(registration.group, registration.status)


def members(group: Group, *statuses: Status) -> list[Registration]:
    """The members of a whole group who have one of these statuses, as they were named; none of another group."""
    if not group.all_or_none:
        return []
    of_group = select(Registration).where(Registration.group_id == group.id, Registration.status.in_(statuses))
    return list(db.session.scalars(of_group.order_by(Registration.id).execution_options(populate_existing=True)))


def entries(registrations: Iterable[Registration]) -> list[list[Registration]]:
    """These by what is decided together: each whole group, and everybody else alone."""
    together: dict[str, list[Registration]] = {}
    for one in registrations:
        key = f"group {one.group_id}" if is_of_one(one) else f"registration {one.id}"
        together.setdefault(key, []).append(one)
    return list(together.values())


def waits(group: Group) -> bool:
    """Whether a whole group waits for places."""
    return bool(members(group, Status.WAITING))


def with_their_groups(chosen: list[Registration], among: list[Registration]) -> list[Registration]:
    """Those chosen, and those of `among` who are in a whole group with one of them; in the order of `among`."""
    groups = {one.group_id for one in chosen if is_of_one(one)}
    ids = {one.id for one in chosen}
    return [one for one in among if one.id in ids or (one.group_id in groups and is_of_one(one))]
