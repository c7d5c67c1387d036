"""Colleagues whom the contact lets follow a request, each with a link of their own."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, select

from app.database import db
from app.errors import Refused
from app.events.models import new_uuid
from app.messages.addresses import folded
from app.sparring import guests, joint, links, meetings, queries, request_notices, requests, states, voters
from app.sparring.models import Request, RequestColleague

AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Colleague:
    name: str
    email: str
    language: str


def add(request_id: int, given: Colleague) -> None:
    """Let a colleague follow, and mail the own link. The caller has begun the write, and commits.

    Raises Refused for an address that follows already or has had too many such mails today, and beyond twenty.
    """
    request = requests.locked(request_id)
    key, there = folded(given.email), queries.colleagues(request)
    if key == folded(request.contact_email) or key in {one.email_key for one in there}:
        raise Refused(_("This address follows the request already."))
    if len(there) >= AT_MOST:
        raise Refused(_("There are twenty colleagues already. Remove someone first."))
    if request_notices.has_had_enough(given.email, request_notices.COLLEAGUE):
        raise Refused(_("This address has been mailed several times today. Try again tomorrow."))
    uuid = new_uuid()
    added = RequestColleague(
        uuid=uuid,
        request=request,
        name=given.name,
        email=given.email,
        email_key=key,
        language=given.language,
        link_hash=links.digest(links.colleague_token(uuid)),
    )
    db.session.add(added)
    db.session.flush()
    states.log(request, "colleague-added", by=None)
    request_notices.colleague_added(added)


def remove(request_id: int, uuid: str) -> bool:
    """End a colleague's link and tell them; False when it had ended. The caller has begun the write, and commits.

    No date poll asks them any more. A meeting to which they were to come leaves their calendar, and that mail is then
    the only one.
    """
    request = requests.locked(request_id)
    its_own = (RequestColleague.request_id == request.id) & (RequestColleague.uuid == uuid)
    colleague = db.session.scalar(select(RequestColleague).where(its_own))
    if colleague is None:
        return False
    states.log(request, "colleague-removed", by=None)
    db.session.delete(colleague)
    if not _takes_part_no_more(request, colleague):
        request_notices.colleague_removed(colleague)
    return True


def _takes_part_no_more(request: Request, colleague: RequestColleague) -> bool:
    """Whether the calendar tells them. Of a shared meeting too, unless another request still lets them come."""
    lead = queries.leading(request) or request
    if lead is not request:
        there = (RequestColleague.request_id == lead.id) & (RequestColleague.email_key == colleague.email_key)
        db.session.execute(delete(RequestColleague).where(there))
    db.session.flush()
    sharing = (lead, *joint.followers(lead))
    expected = {person.key for one in sharing for person in guests.municipality(one)}
    leaving = {colleague.email_key} - expected
    voters.let_go(lead, leaving)
    return meetings.let_go(lead, leaving)
