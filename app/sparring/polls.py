"""Date polls: a request's team proposes windows, tutors and if wanted the municipality say which of them suit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from app import clock
from app.database import db
from app.errors import Refused
from app.events.models import new_uuid
from app.messages.addresses import folded
from app.people.models import User
from app.sparring import links, locked, namings, poll_notices, poll_queries, queries, states, tutor_away
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request, RequestState
from app.sparring.poll_models import Poll, PollStatus, PollWindow, Side, Voter
from app.sparring.tutor_models import Naming

FEWEST, MOST = 2, 8
Window = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the team proposes: windows of aware instants, each at least as long as the meeting.

    `despite_away` says that it knows of the days on which tutors are away.
    """

    windows: Sequence[Window]
    minutes: int
    answer_by: datetime
    asks_participants: bool = False
    despite_away: bool = False


def open_for(request_id: int, plan: Plan, *, by: User) -> Poll:
    """Open a poll and write to its voters. Begins the write; does not commit.

    Of a meeting that has to move too: its time stands until another is agreed. Raises Refused when a poll is open
    already, no tutor has accepted, the meeting has begun, or the plan does not hold (see `must_hold`); Away for a
    window on a day on which one of the tutors takes no meeting.
    """
    must_hold(plan)
    request = locked.request(request_id)
    if poll_queries.current(request):
        raise Refused(_("A poll is open already. Close it before you open another."))
    tutors = poll_queries.accepted(request)
    if not tutors:
        raise Refused(_("No tutor has accepted yet, so there is nobody to ask."))
    for window in () if plan.despite_away else plan.windows:
        tutor_away.must_be_there([naming.profile.user_id for naming in tutors], *window)
    _wait_for_answers(request, plan, by)
    poll = _made(request, plan, by)
    voters_of_it = [*(_tutor(poll, naming) for naming in tutors), *_municipality(poll, request, tutors)]
    db.session.add_all(voters_of_it)
    db.session.flush()
    for voter in voters_of_it:
        poll_notices.asked(voter)
    return poll


def may_be_opened(request: Request) -> bool:
    """Whether a time can be looked for: once the tutors are named, and for a meeting that has to move."""
    meeting = queries.agreed_meeting_of(request)
    return request.joined_to_id is None and (
        request.state in (RequestState.TUTORS_NAMED, RequestState.TIME_PROPOSED)
        or (meeting is not None and meeting.starts_at > clock.now())
    )


def must_be_movable(meeting: Meeting) -> None:
    """Raises Refused once a meeting has begun."""
    if meeting.starts_at <= clock.now():
        raise Refused(_("The meeting has begun, so no other time can be agreed for it."))


def must_hold(plan: Plan) -> None:
    """Raises Refused with what is wrong about a plan, in words."""
    if not FEWEST <= len(plan.windows) <= MOST:
        raise Refused(_("Propose from %(fewest)s to %(most)s times.", fewest=FEWEST, most=MOST))
    now, length = clock.now(), timedelta(minutes=plan.minutes)
    windows = sorted(plan.windows)
    if any(ends - starts < length for starts, ends in windows):
        raise Refused(_("Each time must be at least as long as the meeting."))
    if any(later[0] < earlier[1] for earlier, later in pairwise(windows)):
        raise Refused(_("Two of the times overlap. Join them into one, or move one."))
    if windows[0][0] <= now:
        raise Refused(_("One of the times has already passed."))
    if not now < plan.answer_by < windows[0][0]:
        raise Refused(_("Answers must be due before the first of the times, and later than now."))


def close(poll_id: int, *, by: User) -> None:
    """Give a poll up; others can then be asked about other times. Begins the write; does not commit."""
    poll = locked.poll(poll_id)
    if poll.status is not PollStatus.OPEN:
        raise Refused(_("This poll is closed already."))
    poll.status = PollStatus.CLOSED
    states.log(poll.request, "poll-closed", by=by)
    if poll.request.state is RequestState.TIME_PROPOSED:
        named = namings.all_accepted(poll.request)
        states.change(poll.request, RequestState.TUTORS_NAMED if named else RequestState.PREPARING, by=by)
    elif meeting := queries.agreed_meeting_of(poll.request):
        states.comes_next(poll.request, meeting.starts_at)


def add_tutor(naming: Naming) -> bool:
    """Let an open poll ask one who accepts now too; False when none is open. Its request is locked; does not commit.

    Somebody who was asked as one of the municipality keeps the link and the answers, and counts as a tutor from now on.
    """
    poll = poll_queries.current(naming.request)
    if poll is None:
        return False
    user = naming.profile.user
    known = next((one for one in poll_queries.voters(poll) if one.email_key == user.email_key), None)
    voter = known or _tutor(poll, naming)
    voter.side, voter.user, voter.is_required = Side.TUTOR, user, naming.is_required or voter.is_required
    # Another version of the poll, so that no page agrees a time without having shown who has come to be asked.
    flag_modified(poll, "answer_by")
    if known is None:
        db.session.add(voter)
        if poll.answer_by > clock.now():
            poll.team_told_at = None
        db.session.flush()
        poll_notices.asked(voter)
    return True


def give_up(request: Request) -> None:
    """Close what is open, because the request is called off or put off. Its row is locked; does not commit."""
    if poll := poll_queries.current(request):
        poll.status = PollStatus.CLOSED


def _wait_for_answers(request: Request, plan: Plan, by: User) -> None:
    answer_day = clock.helsinki(plan.answer_by).date()
    if meeting := queries.agreed_meeting_of(request):
        must_be_movable(meeting)
        states.log(request, "poll-opened", by=by)
    elif request.state is not RequestState.TIME_PROPOSED:
        states.change(request, RequestState.TIME_PROPOSED, by=by)
    request.due_on = answer_day


def _made(request: Request, plan: Plan, by: User) -> Poll:
    poll = Poll(
        request=request,
        duration_minutes=plan.minutes,
        answer_by=plan.answer_by,
        asks_participants=plan.asks_participants,
        created_by_id=by.id,
    )
    db.session.add(poll)
    db.session.flush()
    db.session.add_all(PollWindow(poll_id=poll.id, starts_at=starts, ends_at=ends) for starts, ends in plan.windows)
    return poll


def _tutor(poll: Poll, naming: Naming) -> Voter:
    user = naming.profile.user
    return _voter(poll, Side.TUTOR, user.name, user.email, user.language, user=user, required=naming.is_required)


def _municipality(poll: Poll, request: Request, tutors: Iterable[Naming]) -> Iterator[Voter]:
    """The contact, without whom there is no meeting, and the colleagues; who is a tutor already is not asked twice."""
    if not poll.asks_participants:
        return
    asked = {naming.profile.user.email_key for naming in tutors}
    people = [(request.contact_name, request.contact_email, request.contact_language)]
    people += [(one.name, one.email, one.language) for one in queries.colleagues(request)]
    for number, (name, email, language) in enumerate(people):
        if folded(email) not in asked:
            asked.add(folded(email))
            yield _voter(poll, Side.MUNICIPALITY, name, email, language, required=number == 0)


def _voter(
    poll: Poll, side: Side, name: str, email: str, language: str, *, required: bool, user: User | None = None
) -> Voter:
    uuid = new_uuid()
    return Voter(
        uuid=uuid,
        poll=poll,
        side=side,
        user=user,
        name=name,
        email=email,
        email_key=folded(email),
        language=language,
        is_required=required,
        link_hash=links.digest(links.voter_token(uuid)),
    )
