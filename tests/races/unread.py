"""The service with a group's offer looked at before the lock and never again. The control of a group's race."""

import time

from sqlalchemy.orm.attributes import set_committed_value

from app.registrations import group_offers, whole_groups
from app.registrations.capacity import LockedEvent
from app.registrations.models import Group, Registration, Status
from wsgi import app

__all__ = ["app"]

_enter, _members = group_offers._enter, whole_groups.members
_seen: dict[int, list[Registration]] = {}


def _look_then_enter(group: Group) -> LockedEvent:
    offered = _members(group, Status.OFFERED)
    time.sleep(0.3)
    locked = _enter(group)
    for one in offered:
        set_committed_value(one, "status", Status.OFFERED)
    _seen[group.id] = offered
    return locked


def _as_they_were(group: Group, *statuses: Status) -> list[Registration]:
    is_known = statuses == (Status.OFFERED,) and group.id in _seen
    return _seen.pop(group.id) if is_known else _members(group, *statuses)


group_offers._enter = _look_then_enter
whole_groups.members = _as_they_were
