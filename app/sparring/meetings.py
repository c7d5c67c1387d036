"""Changes of an agreed meeting. Each tells exactly those whom it concerns, by mail and in their calendars."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import Attendance
from app.people.models import User
from app.sparring import (
    calendar_entries,
    guests,
    locked,
    meeting_notices,
    polls,
    queries,
    seasons,
    standing,
    states,
    tutor_away,
    tutor_time,
    voters,
)
from app.sparring.guests import Person
from app.sparring.meeting_models import Meeting, MeetingGuest, MeetingTutor
from app.sparring.models import WITH_A_TIME, Request, RequestState
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile


@dataclass(frozen=True, kw_only=True)
class Details:
    """Where and for whom. Of these, calendars hold the way of taking part, the venue and the address."""

    attendance: Attendance
    venue: str
    address: str
    directions: str
    meeting_url: str | None
    participants: int | None
    access_needs: str
    materials: str


def by_id(meeting_id: int) -> Meeting | None:
    return db.session.get(Meeting, meeting_id)


def reach_calendars(meeting: Meeting, details: Details) -> bool:
    """Whether guests are told when these details are saved."""
    old = (meeting.attendance, meeting.venue, meeting.address)
    return old != (details.attendance, details.venue, details.address)


def save_details(meeting_id: int, details: Details, *, version: int, by: User) -> Meeting:
    """Begins the write; does not commit. Raises Stale, or Refused for what calendars hold of a meeting
    that is called off or held; the rest, such as materials, can be changed then too."""
    meeting = locked.meeting(meeting_id, version=version)
    reaches = reach_calendars(meeting, details)
    if reaches:
        must_be_to_come(meeting)
    with _told(meeting, if_=reaches):
        changed = [name for name, value in vars(details).items() if getattr(meeting, name) != value]
        for name in changed:
            setattr(meeting, name, getattr(details, name))
    if changed:
        states.log(meeting.request, "meeting-details", by=by, fields=", ".join(changed))
    return meeting


def change_time(
    meeting_id: int, starts_at: datetime, ends_at: datetime, *, version: int, by: User, despite_away: bool = False
) -> Meeting:
    """Move a meeting. Begins the write; does not commit. Raises Stale, Taken, Refused, or Away unless told so."""
    meeting = _living(meeting_id, version)
    if starts_at <= clock.now() or ends_at <= starts_at:
        raise Refused(_("Choose a time that is still to come, and an end after its start."))
    tutors = [user.id for user in tutor_time.tutors_of(meeting)]
    if not despite_away:
        tutor_away.must_be_there(tutors, starts_at, ends_at)
    with _told(meeting):
        tutor_time.take(meeting, tutors, starts_at, ends_at)
    seasons.hold(meeting)
    states.log(meeting.request, "meeting-time", by=by, starts_at=starts_at.isoformat())
    if meeting.request.state is RequestState.PROGRAMME_READY:
        meeting.request.due_on = clock.helsinki(starts_at).date()
    return meeting


def change_tutors(
    meeting_id: int, user_ids: Collection[int], *, version: int, by: User, despite_away: bool = False
) -> Meeting:
    """Let exactly these tutors hold the meeting. Begins the write; does not commit. Raises as `change_time` does.

    Their namings follow, and so does a poll that looks for another time.
    """
    meeting = _living(meeting_id, version)
    candidates = {profile.user_id for profile in candidates_for(meeting)}
    if not user_ids or not set(user_ids) <= candidates:
        raise Refused(_("Choose one tutor at least."))
    if not despite_away:
        coming = set(user_ids) - {user.id for user in tutor_time.tutors_of(meeting)}
        tutor_away.must_be_there(coming, meeting.starts_at, meeting.ends_at)
    rearrange(meeting, user_ids, meeting.starts_at, meeting.ends_at, by=by)
    return meeting


def rearrange(
    meeting: Meeting,
    user_ids: Collection[int],
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: User,
    attendance: Attendance | None = None,
) -> None:
    """Give a meeting these tutors, this time and this way of taking part, in one update of the calendars.

    Who leaves gets a CANCEL, who comes an invitation, the others a REQUEST, all of the same SEQUENCE; the tutors'
    namings follow. Its request is locked; does not commit. Raises Taken or Refused.
    """
    before, there = standing.of(meeting), guests.of(meeting)
    leaving = [guest for guest in there if guest.user_id and guest.user_id not in user_ids]
    tutor_time.take(meeting, user_ids, starts_at, ends_at)
    meeting.attendance = attendance or meeting.attendance
    coming = guests.add(meeting, map(guests.tutor, tutor_time.tutors_of(meeting)))
    if leaving or coming:
        _namings_follow(meeting, user_ids, by)
        states.log(meeting.request, "meeting-tutors", by=by, came=len(coming), left=len(leaving))
    elif standing.of(meeting) == before:
        return
    calendar_entries.revise(meeting)
    for guest in leaving:
        guests.remove(guest)
        meeting_notices.removed(guest)
    for guest in coming:
        meeting_notices.invited(guest)
    for guest in there:
        if guest not in leaving:
            meeting_notices.changed(guest, before)


def candidates_for(meeting: Meeting) -> list[TutorProfile]:
    """The season's tutors, by name: when one falls ill another comes, as agreed by phone. Who has left may stay.

    So may a tutor of the season before, who has accepted a meeting that moved on to this one.
    """
    there = select(MeetingTutor.user_id).where(MeetingTutor.meeting_id == meeting.id)
    accepted = Naming.status == NamingStatus.ACCEPTED
    named = select(Naming.profile_id).where(Naming.request_id == meeting.request_id, accepted)
    of_it = (TutorProfile.season_id == meeting.request.season_id) | TutorProfile.id.in_(named)
    able = select(TutorProfile).join(TutorProfile.user).where(of_it, User.active | User.id.in_(there))
    return list(db.session.scalars(able.options(contains_eager(TutorProfile.user)).order_by(User.name, User.id)))


def invite(meeting_id: int, person: Person, *, by: User) -> MeetingGuest | None:
    """One more participant by name; None when they are there already. Begins the write; does not commit."""
    meeting = _living(meeting_id)
    added = guests.add(meeting, [person])
    for guest in added:
        meeting_notices.invited(guest)
        states.log(meeting.request, "guest-added", by=by)
    return added[0] if added else None


def uninvite(meeting_id: int, guest_id: int, *, by: User) -> None:
    """One participant less: only this one is told. Begins the write; does not commit."""
    meeting = _living(meeting_id)
    guest = next((one for one in guests.of(meeting) if one.id == guest_id and one.user_id is None), None)
    if guest is None:
        return
    _part_with(meeting, [guest])
    states.log(meeting.request, "guest-removed", by=by)


def leave(request: Request) -> None:
    """The people of a request that shares another's meeting are not expected there any more. Does not commit.

    The caller has locked it, and by that the other (see `locked.row`).
    """
    if lead := queries.leading(request):
        let_go(lead, {person.key for person in guests.municipality(request)})


def let_go(request: Request, addresses: Collection[str]) -> bool:
    """Take the folded addresses, unless they are tutors', out of the meeting of a request that is still to come.

    Returns whether anybody was told so, by calendar. The caller has locked the request; does not commit.
    """
    meeting = queries.meeting_of(request)
    if meeting is None or request.state not in WITH_A_TIME:
        return False
    leaving = [guest for guest in guests.of(meeting) if guest.user_id is None and guest.email_key in addresses]
    if leaving:
        _part_with(meeting, leaving)
    return bool(leaving)


def _part_with(meeting: Meeting, leaving: Collection[MeetingGuest]) -> None:
    calendar_entries.revise(meeting)
    for guest in leaving:
        guests.remove(guest)
        meeting_notices.removed(guest)


def call_off(meeting: Meeting, *, reason: str, is_put_off: bool = False) -> None:
    """Take a meeting out of all calendars. Its request is locked and gets its state by the caller; does not commit."""
    if meeting.called_off_at is not None:
        return
    there = guests.of(meeting)
    calendar_entries.revise(meeting)
    meeting.called_off_at = meeting.revised_at
    for guest in there:
        meeting_notices.called_off(guest, reason, is_put_off=is_put_off)
        guests.remove(guest)


@contextmanager
def _told(meeting: Meeting, *, if_: bool = True) -> Iterator[None]:
    """What changes inside is told to all guests, as an update of their calendars."""
    before = standing.of(meeting)
    yield
    if if_ and standing.of(meeting) != before:
        calendar_entries.revise(meeting)
        for guest in guests.of(meeting):
            meeting_notices.changed(guest, before)


def _living(meeting_id: int, version: int | None = None) -> Meeting:
    meeting = locked.meeting(meeting_id, version=version)
    must_be_to_come(meeting)
    return meeting


def must_be_to_come(meeting: Meeting) -> None:
    """Raises Refused once a meeting is called off or held: calendars hear no more of it."""
    if meeting.called_off_at is not None:
        raise Refused(_("The meeting is called off."))
    if meeting.request.state not in WITH_A_TIME:
        raise Refused(_("The meeting has been held: what calendars hold of it cannot be changed any more."))


def _namings_follow(meeting: Meeting, user_ids: Collection[int], by: User) -> None:
    rows = select(Naming).where(Naming.request_id == meeting.request_id).order_by(Naming.id)
    known = {naming.profile.user_id: naming for naming in db.session.scalars(rows)}
    for profile in candidates_for(meeting):
        naming = known.get(profile.user_id)
        if profile.user_id in user_ids and (naming is None or naming.status is not NamingStatus.ACCEPTED):
            naming = naming or Naming(request=meeting.request, profile=profile, asked_by_id=by.id)
            naming.status, naming.answered_at = NamingStatus.ACCEPTED, naming.answered_at or clock.now()
            db.session.add(naming)
            polls.add_tutor(naming)
    for user_id, naming in known.items():
        if user_id not in user_ids and naming.status is NamingStatus.ACCEPTED:
            naming.status = NamingStatus.RELEASED
            voters.release(meeting.request, user_id)
