"""The contact's new e-mail address: it takes effect when confirmed from its own mailbox, and old links end with it.

What waits to be confirmed is the mail that asks: until then the new address stands nowhere else.
"""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import new_uuid
from app.messages import outbox
from app.messages import queries as messages
from app.messages.addresses import folded
from app.registrations import address_change, mailbox_moves
from app.sparring import (
    address_notices,
    contact_moves,
    links,
    own_data,
    posting,
    queries,
    requests,
    states,
)
from app.sparring.models import Request


@dataclass(frozen=True)
class Pending:
    """A request whose contact is to be reached at another address."""

    request: Request
    email: str


def ask(request_id: int, email: str) -> None:
    """Mail a link to the new address; nothing else changes yet. A later question replaces an earlier one.

    The caller has begun the write, and commits. Refused when the address is the contact's own or a colleague's, or has
    been asked for too often.
    """
    request = requests.locked(request_id)
    if folded(email) == folded(request.contact_email):
        raise Refused(_("This is the address that your request already has."))
    _must_be_nobodys(request, email)
    about = posting.about(request)
    address_change.must_not_ask_too_often(about, email, address_notices.CONFIRM)
    outbox.withdraw(about, address_notices.CONFIRM)
    token = links.derived(links.Purpose.ADDRESS, new_uuid())
    address_notices.confirm(request, email, links.address(f"/s/address/{token}"), key=_key(token))


def pending(token: str) -> Pending | None:
    """What a mailed link confirms; None when it has been used, replaced or has grown old."""
    mail = messages.by_key(_key(token))
    if mail is None or not mail.recipient or mail.created_at <= clock.now() - mailbox_moves.LASTS:
        return None
    uuid = (mail.about or "").partition(":")[2]
    request = db.session.scalar(select(Request).where(Request.uuid == uuid, Request.anonymised_at.is_(None)))
    return Pending(request, mail.recipient) if request else None


def confirm(request_id: int, token: str) -> None:
    """Reach the contact at the new address from now on. The caller has begun the write, and commits.

    The old mailbox hears of it and its calendar is cleared; the new one gets entry and links of its own; all old links
    are dead. Nothing happens when somebody else was faster; Refused when the address is a colleague's by now.
    """
    request = requests.locked(request_id)
    change = pending(token)
    if change is None:
        return
    _must_be_nobodys(request, change.email)
    outbox.withdraw(posting.about(request), address_notices.CONFIRM)
    old = posting.contact(request)
    polls, guests = own_data.own_voters(request), own_data.own_guests(request)
    if call := own_data.own_call(request):
        call.contact_email = change.email
    contact_moves.followed(request, old.email, change.email)
    request.contact_email = change.email
    request.link_generation += 1
    request.link_hash = links.digest(links.request_token(request))
    states.log(request, "address", by=None)
    ended = contact_moves.out_of_calendars(guests)
    address_notices.moved_away(request, old, ended)
    address_notices.arrived(request)
    contact_moves.into_calendars(request, guests)
    contact_moves.asked_by_polls(request, polls)


def _must_be_nobodys(request: Request, email: str) -> None:
    if folded(email) in {one.email_key for one in queries.colleagues(request)}:
        raise Refused(_("This is the address of a colleague who follows the request. Take the colleague off first."))


def _key(token: str) -> str:
    return f"sparring-address:{links.digest(token)}"
