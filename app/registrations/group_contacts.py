"""Forgetting the contact of a group, at the contact's own request. The members keep their registrations and links.

Nobody can answer for all of them any more, so from then on each of a whole group waits, and answers, alone.
"""

from sqlalchemy import select

from app.database import db
from app.messages import retention
from app.messages.addresses import folded
from app.registrations import group_notices, offer_notices, own_changes, waitlist, whole_groups
from app.registrations.capacity import LockedEvent
from app.registrations.models import Group, Registration, Status


def groups_of(registration: Registration) -> list[Group]:
    """The groups of the event whose contact has the address of a registration."""
    with_contact = select(Group).where(Group.event_id == registration.event_id, Group.contact_email != "")
    return [
        group for group in db.session.scalars(with_contact) if folded(group.contact_email) == registration.email_key
    ]


def erase(group: Group) -> bool:
    """Forget who registered the group, at once. False when it was done already."""
    locked = waitlist.enter(group.event_id)
    db.session.refresh(group)
    if not group.contact_email:
        return False
    forget(locked, group)
    own_changes.go_on(locked)
    return True


def forget(locked: LockedEvent, group: Group) -> None:
    """The same under the lock: the group's page is gone. The caller counts anew and promotes."""
    retention.erase_about(group_notices.about(group))
    offered = whole_groups.members(group, Status.OFFERED)
    group.contact_name = group.contact_email = group.organisation = ""
    group.manage_link_hash = None
    group.all_or_none = False
    db.session.flush()
    for registration in offered:
        offer_notices.offered(registration, locked)
