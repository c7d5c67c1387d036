"""Date polls, meetings and what came of them, for the requests of the demo season that have come so far."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from app import clock
from app.database import db
from app.demo import calendar
from app.demo.sparring_plan import SparringPlan, Summary
from app.events.models import Attendance, ItemForm, new_uuid
from app.sparring import links
from app.sparring.meeting_models import (
    Meeting,
    MeetingFeedback,
    MeetingGuest,
    MeetingItem,
    MeetingTutor,
    NextStep,
)
from app.sparring.models import Request, RequestState, WishedMode
from app.sparring.poll_models import Poll, PollWindow, Side, Suits, Vote, Voter
from app.sparring.tutor_models import Naming

BEGINS, WINDOW = time(13), (time(12), time(16))
ANSWERS = (Suits.YES, Suits.NO, Suits.IF_NEED_BE, Suits.YES)
PROGRAMME = {
    "fi": ("Tervetuloa ja odotukset", "Tutorien kokemuksia", "Työskentely", "Mitä teemme seuraavaksi"),
    "sv": ("Välkommen och förväntningar", "Tutorernas erfarenheter", "Arbete i grupp", "Vad vi gör härnäst"),
}
FORMS = (ItemForm.DISCUSSION, ItemForm.LECTURE, ItemForm.WORKSHOP, ItemForm.DISCUSSION)
WITH_A_PROGRAMME = {
    RequestState.PROGRAMME_READY,
    RequestState.HELD,
    RequestState.SUMMED_UP,
    RequestState.CLOSED,
}


def sow(plan: SparringPlan, request: Request, named: Sequence[Naming]) -> None:
    """What a request's state implies: an open poll, or a meeting and its sequel."""
    if plan.state is RequestState.TIME_PROPOSED:
        _poll(request, named)
    elif plan.days is not None:
        meeting = _meeting(plan, request, _day(plan.days), named)
        if plan.state in WITH_A_PROGRAMME:
            _programme(meeting, plan)
        if plan.summary:
            _sum_up(meeting, plan.summary)


def _poll(request: Request, named: Sequence[Naming]) -> None:
    answer_by = clock.helsinki_to_utc(_day(6), time(16))
    request.due_on = clock.helsinki(answer_by).date()
    poll = Poll(request=request, duration_minutes=request.duration_minutes, answer_by=answer_by)
    windows = []
    for days in (15, 16, 23, 24):
        starts, ends = (clock.helsinki_to_utc(_day(days), wall) for wall in WINDOW)
        windows.append(PollWindow(starts_at=starts, ends_at=ends))
    db.session.add(poll)
    db.session.flush()
    for window in windows:
        window.poll_id = poll.id
    voters = [_voter(poll, naming) for naming in named]
    db.session.add_all([*windows, *voters])
    voters[0].answered_at = clock.now() - timedelta(hours=20)
    db.session.flush()
    db.session.add_all(
        Vote(voter=voters[0], window_id=window.id, suits=suits) for window, suits in zip(windows, ANSWERS, strict=True)
    )


def _voter(poll: Poll, naming: Naming) -> Voter:
    user, uuid = naming.profile.user, new_uuid()
    return Voter(
        uuid=uuid,
        poll=poll,
        side=Side.TUTOR,
        user=user,
        name=user.name,
        email=user.email,
        email_key=user.email_key,
        language=user.language,
        is_required=True,
        link_hash=links.digest(links.voter_token(uuid)),
    )


def _meeting(plan: SparringPlan, request: Request, day: date, named: Sequence[Naming]) -> Meeting:
    starts = clock.helsinki_to_utc(day, BEGINS)
    online = plan.mode in (WishedMode.ONLINE, WishedMode.ANY)
    hall, address = ("Kaupungintalo", "Keskuskatu 1") if plan.language == "fi" else ("Stadshuset", "Centralgatan 1")
    meeting = Meeting(
        request=request,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=plan.minutes),
        attendance=Attendance.ONLINE if online else Attendance(plan.mode.value),
        venue="" if online else f"{hall}, {request.municipality.name(plan.language)}",
        address=address if plan.mode is WishedMode.ON_SITE else "",
        meeting_url=None if plan.mode is WishedMode.ON_SITE else "https://meeting.example/sparraus",
        participants=plan.size,
    )
    db.session.add(meeting)
    db.session.flush()
    for naming in named:
        user = naming.profile.user
        db.session.add(MeetingTutor(meeting_id=meeting.id, user_id=user.id))
        db.session.add(_guest(meeting, Side.TUTOR, user.name, user.email, user.language, user.id))
    contact = (request.contact_name, request.contact_email, request.contact_language)
    db.session.add(_guest(meeting, Side.MUNICIPALITY, *contact, None))
    if plan.state in (RequestState.AGREED, RequestState.PROGRAMME_READY):
        request.due_on = day - timedelta(days=7) if plan.state is RequestState.AGREED else day
    return meeting


def _guest(meeting: Meeting, side: Side, name: str, email: str, language: str, user_id: int | None) -> MeetingGuest:
    uuid = new_uuid()
    return MeetingGuest(
        uuid=uuid,
        meeting=meeting,
        side=side,
        user_id=user_id,
        name=name,
        email=email,
        email_key=email,
        language=language,
        link_hash=links.digest(links.guest_token(uuid)),
    )


def _programme(meeting: Meeting, plan: SparringPlan) -> None:
    quarter = plan.minutes // 4
    for position, (topic, form) in enumerate(zip(PROGRAMME[plan.language], FORMS, strict=True)):
        db.session.add(MeetingItem(meeting_id=meeting.id, position=position, minutes=quarter, form=form, topic=topic))


def _sum_up(meeting: Meeting, summary: Summary) -> None:
    told_at: datetime = meeting.ends_at + timedelta(days=2)
    meeting.attended = summary.attended
    meeting.discussed, meeting.ideas, meeting.story = summary.discussed, summary.ideas, summary.story
    meeting.shared_at = told_at
    meeting.follow_up_on = clock.helsinki(told_at).date() + timedelta(days=90)
    db.session.add_all(
        NextStep(meeting_id=meeting.id, what=what, owner=owner, due_on=meeting.follow_up_on)
        for what, owner in summary.steps
    )
    if summary.usefulness:
        db.session.add(
            MeetingFeedback(
                meeting_id=meeting.id,
                usefulness=summary.usefulness,
                arrangements=5,
                takes_into_use=summary.steps[0][0],
                comment=summary.comment,
                given_at=told_at + timedelta(days=3),
            )
        )


def _day(days: int) -> date:
    """A Tuesday or Wednesday about so many days from today."""
    about = clock.helsinki(clock.now()).date() + timedelta(days=days)
    if days < 0:
        while about.weekday() > 4:
            about -= timedelta(days=1)
        return about
    return calendar.event_day(about, calendar.TUESDAY if days % 2 else calendar.WEDNESDAY)
