"""All that is held about the contact of a request, for them to take along; docs/own-data.md says what each key means.

Colleagues, tutors and the team are left out: they are other people. So are hashes of links.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app import clock
from app.database import db
from app.messages import queries as messages
from app.messages.addresses import folded
from app.messages.models import Message
from app.registrations.own_data import instant, mail
from app.sparring import address_notices, calendar_entries, posting, queries, wishes
from app.sparring.call_invitations import about as about_call
from app.sparring.meeting_models import Meeting, MeetingGuest
from app.sparring.models import Request, RequestChange
from app.sparring.poll_models import Poll, PollWindow, Vote, Voter
from app.sparring.round_models import CallRow

SCHEMA = "kuntailmo-own-sparring/1"


def as_json(request: Request) -> dict[str, Any]:
    """The contact's own copy, as JSON can hold it. Instants are in UTC (ISO 8601); what is not known is null."""
    return {
        "schema": SCHEMA,
        "made_at": instant(clock.now()),
        "contact": {
            "name": request.contact_name,
            "title": request.contact_title,
            "email": request.contact_email,
            "phone": request.contact_phone,
            "language": request.contact_language,
        },
        "request": _request(request),
        "wish": _wish(request),
        "history": [_change(row) for row in queries.changes(request)],
        "mails": [mail(message) for message in _own_mails(request)],
        "poll_answers": [_answers(voter) for voter in own_voters(request)],
        "calendar": [_entry(guest) for guest in own_guests(request)],
        "feedback": _feedback(request),
        "call": _call(own_call(request)),
    }


def sharing(request: Request) -> tuple[Request, ...]:
    """A request, and the one whose meeting it shares: the contact stands in both."""
    lead = queries.leading(request)
    return (request, lead) if lead else (request,)


def addresses(request: Request) -> frozenset[str]:
    """Where the contact is reached, and was reached before, folded: each address that was left has been told so."""
    left = [one for one in messages.about(posting.about(request)) if one.occasion == address_notices.MOVED_AWAY]
    known = {request.contact_email, *(one.recipient for one in left)}
    return frozenset(folded(one) for one in known if one)


def own_voters(request: Request) -> Sequence[Voter]:
    """The date polls that ask the contact as one of the municipality."""
    polls = select(Poll.id).where(Poll.request_id.in_([one.id for one in sharing(request)]))
    own = (Voter.email_key == folded(request.contact_email)) & Voter.user_id.is_(None)
    return db.session.scalars(select(Voter).where(Voter.poll_id.in_(polls), own).order_by(Voter.id)).all()


def own_guests(request: Request) -> Sequence[MeetingGuest]:
    """The meetings that the contact's calendar holds, or held, as one of the municipality."""
    meetings = select(Meeting.id).where(Meeting.request_id.in_([one.id for one in sharing(request)]))
    own = (MeetingGuest.email_key == folded(request.contact_email)) & MeetingGuest.user_id.is_(None)
    guests = select(MeetingGuest).where(MeetingGuest.meeting_id.in_(meetings), own)
    return db.session.scalars(guests.order_by(MeetingGuest.id)).all()


def own_call(request: Request) -> CallRow | None:
    """The row of the call list that the request came from, as long as it holds the same person."""
    call = request.call
    return call if call and folded(call.contact_email) == folded(request.contact_email) else None


def _request(request: Request) -> dict[str, Any]:
    lead = queries.leading(request)
    return {
        "id": request.uuid,
        "state": request.state.value,
        "state_since": instant(request.state_since),
        "source": request.source.value,
        "sent_at": instant(request.created_at),
        "municipality_code": request.municipality_code,
        "municipality": request.municipality.name(request.contact_language),
        "shares_meeting_of": lead.municipality.name(request.contact_language) if lead else None,
    }


def _wish(request: Request) -> dict[str, Any]:
    wish, spoken = wishes.of(request), request.contact_language
    return {
        "language": wish.language,
        "mode": wish.mode.value,
        "venue": wish.venue,
        "times": [{"starts_at": instant(starts), "ends_at": instant(ends)} for starts, ends in wish.windows],
        "wished_weeks": wish.wished_weeks,
        "duration_minutes": wish.duration_minutes,
        "group_size": wish.group_size,
        "audiences": list(wish.audiences),
        "audience_other": wish.audience_other,
        "starting_level": wish.starting_level,
        "themes": [str(theme.name.into(spoken)) for theme in queries.themes_of(request)],
        "themes_in_own_words": wish.themes_in_own_words,
        "methods": list(wish.methods),
        "goal": wish.goal,
        "wished_tutors": wish.wished_tutors,
        "access_needs": wish.access_needs,
        "together": wish.is_joint,
        "together_with": [one.name(spoken) for one in queries.partners(request)],
    }


def _change(row: RequestChange) -> dict[str, Any]:
    return {
        "at": instant(row.at),
        "by": "staff" if row.by_id else "municipality-or-service",
        "what": row.what,
        "from_state": row.from_state,
        "to_state": row.to_state,
        "reason": row.reason,
    }


def _own_mails(request: Request) -> list[Message]:
    keys = [posting.about(one) for one in sharing(request)]
    keys += [about_call(call)] if (call := own_call(request)) else []
    found = [message for key in keys for message in messages.about(key)]
    theirs = addresses(request)
    return [one for one in found if folded(one.recipient) in theirs and not _asks_another_mailbox(one)]


def _asks_another_mailbox(message: Message) -> bool:
    """Whether it holds the link by which a new address is confirmed: that is read in the new mailbox only."""
    return message.occasion == address_notices.CONFIRM and message.dedupe_key is not None


def _answers(voter: Voter) -> dict[str, Any]:
    votes = select(Vote, PollWindow).join(PollWindow, PollWindow.id == Vote.window_id).where(Vote.voter_id == voter.id)
    return {
        "answered_at": instant(voter.answered_at),
        "note": voter.note,
        "times": [
            {
                "starts_at": instant(window.starts_at),
                "ends_at": instant(window.ends_at),
                "suits": vote.suits.value,
                "wished_start": instant(vote.starts_at),
            }
            for vote, window in db.session.execute(votes.order_by(PollWindow.starts_at))
        ],
    }


def _entry(guest: MeetingGuest) -> dict[str, Any]:
    meeting = guest.meeting
    return {
        "uid": calendar_entries.uid(meeting),
        "starts_at": instant(meeting.starts_at),
        "ends_at": instant(meeting.ends_at),
        "sequence": meeting.sequence,
        "cancelled_at": instant(guest.removed_at),
    }


def _feedback(request: Request) -> dict[str, Any] | None:
    meeting = queries.latest_meeting_of(request)
    given = queries.feedback_of(meeting) if meeting else None
    if given is None:
        return None
    names = ("usefulness", "arrangements", "takes_into_use", "comment")
    return {name: getattr(given, name) for name in names} | {"given_at": instant(given.given_at)}


def _call(row: CallRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    kept = {"name": row.contact_name, "email": row.contact_email, "phone": row.contact_phone, "note": row.note}
    return kept | {"next_step": row.next_step, "invited_at": instant(row.invited_at)}
