"""Agreeing one exact time: one transaction in which the poll ends, the tutors' time is taken and all are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app import clock, wording
from app.errors import Refused, Stale
from app.events.models import Attendance, new_uuid
from app.people.models import User
from app.sparring import (
    best_time,
    guests,
    locked,
    meeting_notices,
    meetings,
    namings,
    poll_notices,
    poll_queries,
    polls,
    queries,
    seasons,
    states,
    tutor_away,
    tutor_time,
)
from app.sparring.best_time import Results
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request, RequestState
from app.sparring.poll_models import Poll, PollStatus, PollWindow, Suits, Voter


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What the team decides from the answers; `version` is the poll's as the page showed it.

    `reason` is needed where something speaks against it, see `objections`.
    """

    poll_id: int
    version: int
    starts_at: datetime
    attendance: Attendance
    tutor_ids: frozenset[int]
    reason: str = ""


class Objected(Refused):
    """It can be done, but not without a reason."""


def confirm(agreement: Agreement, *, by: User) -> Meeting:
    """Agree the time: the poll ends, the meeting is there, its people have it in their calendars. Does not commit.

    A meeting that was agreed before moves: the same calendar entry, updated once. Begins the write. Raises Stale when
    somebody else was first or answers came in since the page was shown, Taken for a tutor who is somewhere else then,
    Objected for what needs a reason, Refused for a time that cannot be.
    """
    poll = locked.poll(agreement.poll_id, version=agreement.version)
    must_be_open(poll)
    must_be_possible(agreement, poll)
    meeting = queries.agreed_meeting_of(poll.request)
    if meeting:
        polls.must_be_movable(meeting)
    found = best_time.results(poll)
    against = [
        *awaited(poll.request),
        *away(found, agreement.starts_at, agreement.tutor_ids),
        *objections(found, agreement.starts_at, agreement.tutor_ids),
    ]
    if against and not agreement.reason:
        raise Objected(" ".join(against))
    told = {guest.email_key for guest in guests.of(meeting)} if meeting else set()
    meeting = _moved(meeting, agreement, poll, by) if meeting else _new(agreement, poll, by)
    states.comes_next(poll.request, meeting.starts_at)
    seasons.hold(meeting)
    _tell_the_others(found, meeting, told)
    return meeting


def must_be_open(poll: Poll) -> None:
    if poll.status is not PollStatus.OPEN:
        raise Stale(_("The time has been agreed already, or the poll was closed. Nothing was changed."))


def must_be_possible(agreement: Agreement, poll: Poll) -> None:
    """Raises Refused for a time that has passed, and for a meeting without one of the tutors who have accepted."""
    if agreement.starts_at <= clock.now():
        raise Refused(_("This time has already passed."))
    willing = {naming.profile.user_id for naming in poll_queries.accepted(poll.request)}
    if not agreement.tutor_ids or not agreement.tutor_ids <= willing:
        raise Refused(_("Choose the tutors among those who have accepted, one at least."))


def awaited(request: Request) -> list[str]:
    """That a tutor who was asked while the poll was open has said neither yes nor no."""
    names = [user.name for user in namings.awaited(request)]
    sentence = ngettext(
        "%(names)s was asked to be a tutor and has not answered. Say why it is agreed all the same.",
        "%(names)s were asked to be tutors and have not answered. Say why it is agreed all the same.",
        len(names),
        names=wording.list_of(names, str(get_locale())),
    )
    return [sentence] if names else []


def away(found: Results, starts_at: datetime, tutor_ids: Iterable[int]) -> list[str]:
    """That the day is marked as away by tutors who have not answered all the same that the time suits them."""
    window = window_of(found, starts_at)
    row = next((row for row in found.rows if row.window is window), None)
    can_come = {voter.user_id for voter in found.voters if row and row.says(voter) in (Suits.YES, Suits.IF_NEED_BE)}
    ends_at = starts_at + timedelta(minutes=found.poll.duration_minutes)
    users = tutor_away.on(set(tutor_ids) - can_come, starts_at, ends_at)
    return [" ".join((tutor_away.in_words(users, starts_at), _("Say why it is agreed all the same.")))] if users else []


def objections(found: Results, starts_at: datetime, tutor_ids: Iterable[int]) -> list[str]:
    """What speaks against a time and these tutors, each as a sentence; nothing, when it was asked and said so."""
    window = window_of(found, starts_at)
    if window is None:
        return [_("This is another time than those that were asked about. Say why, such as that you agreed by phone.")]
    row = next(row for row in found.rows if row.window.id == window.id)
    coming = set(tutor_ids)
    required = [voter for voter in found.voters if voter.is_required]
    left_out = [voter for voter in required if voter.user_id and voter.user_id not in coming]
    there = [voter for voter in required if voter not in left_out]
    no = [voter for voter in there if row.says(voter) is Suits.NO]
    silent = [voter for voter in there if row.says(voter) is None]
    found_against = [
        (no, ngettext("%(names)s is required and cannot come then. Say why it is agreed all the same.",
                      "%(names)s are required and cannot come then. Say why it is agreed all the same.",
                      len(no), names=_names(no))),
        (silent, ngettext("%(names)s is required and has not answered. Say why it is agreed all the same.",
                          "%(names)s are required and have not answered. Say why it is agreed all the same.",
                          len(silent), names=_names(silent))),
        (left_out, ngettext("%(names)s is required and was left out. Say why it is agreed all the same.",
                            "%(names)s are required and were left out. Say why it is agreed all the same.",
                            len(left_out), names=_names(left_out))),
    ]  # fmt: skip
    return [sentence for voters, sentence in found_against if voters]


def window_of(found: Results, starts_at: datetime) -> PollWindow | None:
    """The window inside which a meeting that starts then lies."""
    ends_at = starts_at + timedelta(minutes=found.poll.duration_minutes)
    windows = (row.window for row in found.rows)
    return next((one for one in windows if one.starts_at <= starts_at and ends_at <= one.ends_at), None)


def _names(voters: list[Voter]) -> str:
    return wording.list_of([voter.name for voter in voters], str(get_locale()))


def _moved(meeting: Meeting, agreement: Agreement, poll: Poll, by: User) -> Meeting:
    ends_at = agreement.starts_at + timedelta(minutes=poll.duration_minutes)
    poll.status = PollStatus.CONFIRMED  # so that it does not follow the tutors
    meetings.rearrange(
        meeting, agreement.tutor_ids, agreement.starts_at, ends_at, by=by, attendance=agreement.attendance
    )
    states.log(poll.request, "meeting-time", by=by, reason=agreement.reason, starts_at=agreement.starts_at.isoformat())
    return meeting


def _new(agreement: Agreement, poll: Poll, by: User) -> Meeting:
    meeting = _meeting_of(poll.request, agreement)
    ends_at = agreement.starts_at + timedelta(minutes=poll.duration_minutes)
    tutor_time.take(meeting, agreement.tutor_ids, agreement.starts_at, ends_at)
    poll.status = PollStatus.CONFIRMED
    states.change(poll.request, RequestState.AGREED, by=by, reason=agreement.reason)
    people = [*map(guests.tutor, tutor_time.tutors_of(meeting)), *guests.municipality(meeting.request)]
    for guest in guests.add(meeting, people):
        meeting_notices.invited(guest)
    return meeting


def _meeting_of(request: Request, agreement: Agreement) -> Meeting:
    """A new one; or the one that was called off, with a new UID, since calendars remember the dead ones."""
    meeting = queries.latest_meeting_of(request)
    if meeting is None:
        return Meeting(request=request, attendance=agreement.attendance, access_needs=request.access_needs,
                       directions="", venue=request.venue[:200])  # fmt: skip
    meeting.uuid, meeting.sequence, meeting.called_off_at = new_uuid(), 0, None
    meeting.created_at = meeting.revised_at = clock.now()
    meeting.attendance = agreement.attendance
    return meeting


def _tell_the_others(found: Results, meeting: Meeting, told: set[str]) -> None:
    """Who answered, and whom no calendar has told: `told` are those who had the meeting before, by folded address."""
    told = told | {guest.email_key for guest in guests.of(meeting)}
    for voter in found.voters:
        if voter.answered_at and voter.email_key not in told:
            poll_notices.result(voter, meeting)
