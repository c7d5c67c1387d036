"""What goes along when the contact of a request moves to another mailbox: calendars, polls, and where they follow."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from app import clock
from app.database import db
from app.events.models import new_uuid
from app.messages.addresses import folded
from app.sparring import calendar_entries, guests, links, meeting_notices, poll_notices, queries
from app.sparring.guests import Person
from app.sparring.meeting_models import Meeting, MeetingGuest
from app.sparring.models import WITH_A_TIME, Request, RequestColleague
from app.sparring.poll_models import PollStatus, Side, Voter


def followed(request: Request, old: str, email: str) -> None:
    """As one who follows the request whose meeting is shared: under the new address, with a new link."""
    lead = queries.leading(request)
    if lead is None:
        return
    there = select(RequestColleague).where(RequestColleague.request_id == lead.id)
    if own := db.session.scalar(there.where(RequestColleague.email_key == folded(old))):
        same = (RequestColleague.request_id == lead.id) & (RequestColleague.email_key == folded(email))
        db.session.execute(delete(RequestColleague).where(same))
        own.uuid = new_uuid()
        own.email, own.email_key, own.link_hash = email, folded(email), links.digest(links.colleague_token(own.uuid))
    db.session.flush()


def out_of_calendars(entries: Sequence[MeetingGuest]) -> list[tuple[str, bytes]]:
    """End the old mailbox's entries and join links; returns what clears its calendar."""
    ended = []
    for guest in entries:
        if is_coming(guest):
            calendar_entries.revise(guest.meeting)
            ended.append(calendar_entries.cancel(guest.meeting, guest))
        db.session.delete(guest)
    db.session.flush()
    return ended


def into_calendars(request: Request, entries: Sequence[MeetingGuest]) -> None:
    """The same entries for the contact's new mailbox; those that had ended are not begun again."""
    person = Person(Side.MUNICIPALITY, request.contact_name, request.contact_email, request.contact_language)
    for guest in entries:
        for added in guests.add(guest.meeting, [person]):
            if guest.removed_at is not None:
                added.removed_at = guest.removed_at
            elif is_coming(added):
                meeting_notices.invited(added)


def is_coming(guest: MeetingGuest) -> bool:
    """Whether the calendar holds a meeting that is still to come."""
    meeting: Meeting = guest.meeting
    stands = meeting.called_off_at is None and meeting.request.state in WITH_A_TIME and meeting.ends_at > clock.now()
    return stands and guest.removed_at is None


def asked_by_polls(request: Request, voters: Sequence[Voter]) -> None:
    """The polls ask the new mailbox, with a new link; who answered from it already is not asked twice."""
    for voter in voters:
        there = select(Voter.id).where(Voter.poll_id == voter.poll_id, Voter.email_key == folded(request.contact_email))
        if db.session.scalar(there):
            db.session.delete(voter)
            continue
        voter.uuid = new_uuid()
        voter.link_hash = links.digest(links.voter_token(voter.uuid))
        voter.email, voter.email_key = request.contact_email, folded(request.contact_email)
        if voter.poll.status is PollStatus.OPEN:
            poll_notices.asked(voter)
