"""Taking the contact out of a request at once, because they ask for it; when its time is over, `privacy` does.

What the municipality wished and what came of it stay, for the colleagues who follow and for the figures.
"""

from collections.abc import Collection

from sqlalchemy import delete, update

from app import clock
from app.database import db
from app.messages import queries as messages
from app.messages import retention
from app.messages.addresses import folded
from app.messages.models import State
from app.sparring import (
    address_notices,
    call_invitations,
    erasure_notices,
    own_data,
    posting,
    queries,
    requests,
    states,
)
from app.sparring.meeting_models import MeetingItem, NextStep
from app.sparring.models import Request, RequestChange, RequestColleague
from app.sparring.posting import Recipient


def erase(request_id: int) -> bool:
    """Erase the details of a request's contact now. False when they were erased already. The caller commits.

    A request that can still be called off is so, which clears the calendars and tells everyone; of another the team is
    told. The contact's mails lose their text and address, those still waiting are not sent, but for what clears the
    calendar and a last one, which tells of the erasure. Begins by locking the request, in the caller's write.
    """
    request = requests.locked(request_id)
    if request.anonymised_at is not None:
        return False
    own, shared = posting.contact(request), own_data.sharing(request)
    voters, guests, call = (own_data.own_voters(request), own_data.own_guests(request), own_data.own_call(request))
    is_open = requests.may_be_called_off(request)
    if is_open:
        requests.call_off(request.id, "")
    addresses = own_data.addresses(request)
    for one in shared:
        _erase_mails(one, own, addresses)
        _forget_words(one, own)
    for row in (*voters, *guests):
        db.session.delete(row)
    if call:
        retention.erase_about(call_invitations.about(call), to=folded(own.email))
        call.contact_name = call.contact_email = call.contact_phone = call.note = call.next_step = ""
        call.link_hash = None
    erasure_notices.erased(request, own)
    if not is_open and request.state not in states.ENDED:
        erasure_notices.to_team(request)
    _forget_contact(request)
    return True


def _erase_mails(request: Request, own: Recipient, addresses: Collection[str]) -> None:
    """To the contact, at whichever address; and the text of what others have got, where it names the contact."""
    key = posting.about(request)
    for address in addresses:
        retention.erase_about(key, to=address)
    retention.erase_about(key, occasion=address_notices.CONFIRM)
    for message in messages.about(key):
        if message.state in (State.SENT, State.FAILED) and message.text and own.name in message.text:
            retention.erase_body(message, clock.now())


def _forget_words(request: Request, own: Recipient) -> None:
    """Where else the contact stands by name, and as one who follows the request whose meeting is shared."""
    following = (RequestColleague.request_id == request.id) & (RequestColleague.email_key == folded(own.email))
    db.session.execute(delete(RequestColleague).where(following))
    if meeting := queries.latest_meeting_of(request):
        items = update(MeetingItem).where(MeetingItem.meeting_id == meeting.id, MeetingItem.who == own.name)
        db.session.execute(items.values(who=""))
        steps = update(NextStep).where(NextStep.meeting_id == meeting.id, NextStep.owner == own.name)
        db.session.execute(steps.values(owner=""))


def _forget_contact(request: Request) -> None:
    typed = (RequestChange.request_id == request.id) & RequestChange.by_id.is_(None)
    db.session.execute(update(RequestChange).where(typed).values(reason=""))
    request.contact_name = request.contact_title = request.contact_email = request.contact_phone = ""
    request.wished_tutors = ""
    request.link_hash = request.nonce = None
    request.anonymised_at = clock.now()
    states.log(request, "contact-erased", by=None)
