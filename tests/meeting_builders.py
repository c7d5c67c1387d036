"""What tests of date polls and meetings stand on: requests with their tutors, polls, agreed meetings. Each commits."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar
from sqlalchemy import select

from app.database import db
from app.events.models import Attendance, Season
from app.messages.models import Message
from app.people.models import Role, User
from app.sparring import agreeing, links, poll_queries, polls
from app.sparring.agreeing import Agreement
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request, RequestState
from app.sparring.poll_models import Poll, Suits, Vote, Voter
from app.sparring.polls import Plan
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile
from tests import builders
from tests.calendar_checks import libical_errors

KARKKILA = "224"


def request(**given: Any) -> Request:
    """A wish of Karkkila, whose contact reads English, in preparation."""
    defaults = {
        "season": given.pop("season", None) or _season(),
        "municipality_code": KARKKILA,
        "contact_name": "Outi Niemi",
        "contact_email": f"outi.{secrets.token_hex(3)}@karkkila.example",
        "contact_language": "en",
        "state": RequestState.PREPARING,
    }
    made = Request(**defaults | given)
    db.session.add(made)
    db.session.flush()
    made.link_hash = links.digest(links.request_token(made))
    db.session.commit()
    return made


def tutor(**given: Any) -> User:
    """A tutor of Espoo with a profile in the season."""
    user = builders.user(Role.TUTOR, **given)
    db.session.add(TutorProfile(season=_season(), user=user, municipality_code=builders.ESPOO))
    db.session.commit()
    return user


def named(request: Request, *tutors: User, required: bool = True) -> None:
    """Tutors who have accepted; with the first of them the request's tutors are named."""
    for user in tutors:
        profile = db.session.scalars(select(TutorProfile).where(TutorProfile.user_id == user.id)).one()
        naming = Naming(request=request, profile=profile, status=NamingStatus.ACCEPTED, is_required=required)
        db.session.add(naming)
    if request.state is RequestState.PREPARING:
        request.state = RequestState.TUTORS_NAMED
    db.session.commit()


def poll(request: Request, *starts: datetime, hours: int = 4, **given: Any) -> Poll:
    """An open poll of windows that begin at these instants; else on two days in two weeks, from nine."""
    begins = starts or (builders.in_days(14), builders.in_days(15))
    windows = [(one, one + timedelta(hours=hours)) for one in begins]
    plan = {"windows": windows, "minutes": 90, "answer_by": builders.in_days(7)} | given
    made = polls.open_for(request.id, Plan(**plan), by=_organiser())
    db.session.commit()
    return made


def votes(poll: Poll, suits: Suits = Suits.YES) -> None:
    """Every voter says the same of every window."""
    for voter in db.session.scalars(select(Voter).where(Voter.poll_id == poll.id)).all():
        for window in _windows(poll):
            db.session.merge(Vote(voter_id=voter.id, window_id=window, suits=suits))
        voter.answered_at = poll.created_at
    db.session.commit()


def meeting(starts_at: datetime | None = None, *, tutors: Sequence[User] = (), **given: Any) -> Meeting:
    """An agreed meeting online, with the tutors given or one of its own; all who are told have their mails."""
    wish = request(**given)
    who = list(tutors) or [tutor()]
    named(wish, *who)
    begins = starts_at or builders.in_days(14)
    asked = poll(wish, begins, begins + timedelta(days=1))
    votes(asked)
    return agreed(asked)


def agreed(poll: Poll) -> Meeting:
    """The meeting of a poll's first time, online, with every tutor who has accepted."""
    agreement = Agreement(
        poll_id=poll.id,
        version=poll.version,
        starts_at=poll_queries.windows(poll)[0].starts_at,
        attendance=Attendance.ONLINE,
        tutor_ids=frozenset(naming.profile.user_id for naming in poll_queries.accepted(poll.request)),
    )
    made = agreeing.confirm(agreement, by=_organiser())
    db.session.commit()
    return made


def calendars(meeting: Meeting) -> dict[str, list[tuple[str, int]]]:
    """What each address has got so far, as (METHOD, SEQUENCE): all sound, of one UID, each naming its reader only."""
    db.session.rollback()
    about = f"sparring:{meeting.request.uuid}"
    found, uids = defaultdict(list), set()
    for mail in db.session.scalars(select(Message).where(Message.about == about).order_by(Message.id)):
        if mail.calendar:
            assert libical_errors(mail.calendar) == []
            entry = Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
            assert str(entry["ATTENDEE"]) == f"mailto:{mail.recipient}"
            uids.add(str(entry["UID"]))
            found[mail.recipient].append((str(mail.calendar_method), int(entry["SEQUENCE"])))
    assert len(uids) == 1
    return dict(found)


def voter_path(poll: Poll, user: User | None = None) -> str:
    """The personal link of a tutor, or of the municipality's contact."""
    of_it = select(Voter).where(Voter.poll_id == poll.id, Voter.user_id == (user.id if user else None))
    return f"/s/poll/{links.voter_token(db.session.scalars(of_it).one().uuid)}"


def _windows(poll: Poll) -> Sequence[int]:
    return [window.id for window in poll_queries.windows(poll)]


def _organiser() -> User:
    return db.session.scalar(select(User).where(User.role == Role.ORGANISER).limit(1)) or builders.user()


def _season() -> Season:
    return db.session.scalar(select(Season).limit(1)) or builders.season()
