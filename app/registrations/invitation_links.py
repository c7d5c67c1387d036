"""Invitation links: each made for someone, counted, limited and revocable."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import Event, new_uuid
from app.registrations import links
from app.registrations.models import ACTIVE, Invitation, Registration


class NotUsable(Refused):
    """An invitation by which nobody may register, or nobody more."""


def make(event_id: int, name: str, limit: int | None, *, by: int) -> Invitation:
    """A new link; `limit` is how many may register by it. The write transaction has begun."""
    invitation = Invitation(uuid=new_uuid(), event_id=event_id, name=name, limit=limit, created_by_id=by)
    invitation.link_hash = links.digest(links.invitation_token(invitation.uuid))
    db.session.add(invitation)
    return invitation


def revoke(invitation: Invitation) -> None:
    """From now on nobody registers by the link; who has, stays. The write transaction has begun."""
    invitation.revoked_at = invitation.revoked_at or clock.now()


def of(event: Event) -> list[Invitation]:
    """The links of an event, the latest first."""
    made = select(Invitation).where(Invitation.event_id == event.id).order_by(Invitation.id.desc())
    return list(db.session.scalars(made))


def used(event: Event) -> dict[int, int]:
    """How many active registrations came by each link of an event, by the link's id."""
    rows = db.session.execute(
        select(Registration.invitation_id, func.count())
        .where(Registration.event_id == event.id, Registration.status.in_(ACTIVE))
        .group_by(Registration.invitation_id)
    )
    return {invitation_id: number for invitation_id, number in rows if invitation_id}


def by_token(token: str) -> Invitation | None:
    return db.session.scalar(select(Invitation).where(Invitation.link_hash == links.digest(token)))


def must_be_usable(event: Event, invitation_id: int, *, people: int = 1) -> None:
    """NotUsable when the link is another event's, is revoked, or as many have registered by it as may.

    Refused, with how many are left, when fewer may than the `people` of a group.

    Only under the event's lock does the answer hold; a page may ask without it, to tell early.
    """
    invitation = db.session.get_one(Invitation, invitation_id, populate_existing=True)
    if invitation.event_id != event.id or invitation.revoked_at:
        raise NotUsable(_("This invitation is no longer in use. Ask the organiser for another one."))
    if invitation.limit is None:
        return
    left = invitation.limit - used(event).get(invitation_id, 0)
    if left <= 0:
        raise NotUsable(
            _("This invitation has been used by as many people as it was for. Ask the organiser for another.")
        )
    if left < people:
        raise Refused(
            ngettext(
                "This invitation is for %(num)s more person. Leave somebody out, or ask the organiser for another.",
                "This invitation is for %(num)s more people. Leave somebody out, or ask the organiser for another.",
                left,
            )
        )
