"""The addresses of polls and meetings, in each state that looks different."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from app import clock
from app.database import db
from app.events.models import Attendance, ItemForm
from app.people.models import User
from app.sparring import guests, links
from app.sparring.meeting_models import Meeting, MeetingFeedback, MeetingItem
from app.sparring.models import RequestState
from app.sparring.poll_models import Poll, PollStatus, Suits, Voter
from tests import builders, meeting_builders

TEAMS = "https://teams.microsoft.com/l/meetup-join/abc"


def of_guests() -> list[str]:
    """What a voter and a guest can open: a poll open and over, a meeting to come, open, over and called off."""
    tutor = meeting_builders.tutor()
    builders.event(starts_at=builders.in_days(14), tutors=[tutor])
    over = _poll(tutor)
    over.status = PollStatus.CLOSED
    to_come = _meeting(builders.in_days(30), attendance=Attendance.HYBRID, venue="Kirjasto", directions="Ovi **B**")
    db.session.add(MeetingItem(meeting_id=to_come.id, position=1, minutes=30, form=ItemForm.LECTURE, topic="Alku"))
    now = _meeting(builders.in_days(31))
    now.starts_at, now.ends_at = clock.now() - timedelta(minutes=5), clock.now() + timedelta(hours=1)
    ended, off = _meeting(builders.in_days(32)), _meeting(builders.in_days(33))
    _end(ended)
    off.called_off_at = clock.now()
    db.session.commit()
    voters = [_voter_path(poll) for poll in (_poll(tutor), over)]
    return voters + [_join_path(meeting) for meeting in (to_come, now, ended, off)]


def of_the_team() -> list[str]:
    """What the team can open of a poll, of a meeting to come, and of one that has been held."""
    poll = _poll(meeting_builders.tutor())
    meeting_builders.votes(poll, Suits.IF_NEED_BE)
    wish = meeting_builders.request()
    meeting_builders.named(wish, meeting_builders.tutor())
    to_come, held = _meeting(builders.in_days(30)), _meeting(builders.in_days(31))
    item = MeetingItem(meeting_id=to_come.id, position=1, minutes=30, form=ItemForm.LECTURE, topic="Alku", who="Aino")
    db.session.add(item)
    _end(held)
    held.request.state, held.discussed = RequestState.HELD, "Ajanvarauksesta."
    held.follow_up_on = clock.helsinki(clock.now()).date()
    db.session.add(MeetingFeedback(meeting_id=held.id, usefulness=5, arrangements=4))
    ended = _meeting(builders.in_days(32))
    _end(ended)
    db.session.commit()
    parts = ("", "/details", "/time", "/tutors", "/call-off", "/participants", "/programme", f"/programme/{item.id}")
    asked = f"/staff/sparring/requests/{poll.request_id}/poll"
    return [
        *(asked, f"{asked}/{poll.id}/confirm", f"/staff/sparring/requests/{wish.id}/poll/new"),
        *(f"/staff/sparring/meetings/{to_come.id}{part}" for part in parts),
        *(f"/staff/sparring/meetings/{one.id}/afterwards" for one in (held, ended)),
        *(f"/staff/sparring/requests/{one}" for one in (poll.request_id, held.request_id)),
    ]


def _poll(tutor: User) -> Poll:
    wish = meeting_builders.request()
    meeting_builders.named(wish, tutor)
    return meeting_builders.poll(wish)


def _meeting(starts_at: datetime, **given: Any) -> Meeting:
    made = meeting_builders.meeting(starts_at)
    made.meeting_url, made.materials = TEAMS, "[Kortit](https://kortit.example)"
    for name, value in given.items():
        setattr(made, name, value)
    db.session.commit()
    return made


def _end(meeting: Meeting) -> None:
    meeting.starts_at, meeting.ends_at = builders.in_days(-3), builders.in_days(-3) + timedelta(hours=2)
    db.session.flush()


def _voter_path(poll: Poll) -> str:
    voter = db.session.scalars(select(Voter).where(Voter.poll_id == poll.id)).first()
    assert voter
    return urlsplit(links.voter_url(voter)).path


def _join_path(meeting: Meeting) -> str:
    return urlsplit(links.guest_url(guests.of(meeting)[0])).path
