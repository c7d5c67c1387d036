"""A meeting that has to move: the agreed time stands while a poll asks, then one update for the calendars."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.database import db
from app.messages.models import Message
from app.people.models import User
from app.sparring import links, poll_queries
from app.sparring.meeting_models import Meeting
from app.sparring.models import RequestState
from app.sparring.poll_models import Poll, PollStatus, Suits
from tests import builders, meeting_builders
from tests.meeting_builders import calendars
from tests.page_client import Page, PageClient

pytestmark = pytest.mark.usefixtures("app")


def looked_for(client: PageClient, meeting: Meeting) -> Page:
    """The page of a new poll of the days in three weeks, from nine on, which asks the municipality too."""
    page = client.click(client.get(f"/staff/sparring/meetings/{meeting.id}"), "Look for another time")
    assert "That stands until another time is agreed." in page.words
    fields = {"asks_participants": True}
    for number, days in enumerate((21, 22)):
        day = clock.helsinki(builders.in_days(days)).date().isoformat()
        fields |= {f"windows-{number}-{name}": value for name, value in
                   (("date", day), ("starts", "9.00"), ("ends", "13.00"))}  # fmt: skip
    return client.submit(page, **fields)


def poll_of(meeting: Meeting) -> Poll:
    db.session.rollback()
    return poll_queries.current(meeting.request)


def agreed(client: PageClient, poll: Poll) -> Page:
    return client.submit(client.get(f"/staff/sparring/requests/{poll.request_id}/poll/{poll.id}/confirm"))


def two_tutors() -> tuple[User, User]:
    return meeting_builders.tutor(name="Aino"), meeting_builders.tutor(name="Kaj")


def test_the_agreed_time_stands_until_another_is_agreed_and_then_the_calendars_get_one_update(
    client: PageClient,
) -> None:
    builders.signed_in(client)
    aino, kaj = two_tutors()
    meeting = meeting_builders.meeting(tutors=[aino, kaj])
    everyone, old = {aino.email, kaj.email, meeting.request.contact_email}, meeting.starts_at
    meeting.request.state = RequestState.PROGRAMME_READY
    db.session.commit()
    assert "That stands until another time is agreed." in looked_for(client, meeting).words
    assert calendars(meeting) == {one: [("REQUEST", 0)] for one in everyone}
    assert (meeting.request.state, meeting.starts_at) == (RequestState.PROGRAMME_READY, old)
    asked = db.session.scalars(select(Message).where(Message.occasion == "sparring-poll").order_by(Message.id)).all()[
        -3:
    ]
    assert {mail.recipient for mail in asked} == everyone
    assert all(
        "That stands until another time is agreed." in (mail.text or "") for mail in asked if mail.language == "en"
    )
    own = client.get(f"/s/{links.request_token(meeting.request)}").words
    assert "We are looking for another time." in own

    poll = poll_of(meeting)
    meeting_builders.votes(poll)
    assert agreed(client, poll).h1 == "Digital support sparring, Karkkila"
    assert calendars(meeting) == {one: [("REQUEST", 0), ("REQUEST", 1)] for one in everyone}
    assert meeting.starts_at == builders.in_days(21)
    assert meeting.request.state is RequestState.PROGRAMME_READY
    assert meeting.request.due_on == clock.helsinki(meeting.starts_at).date()
    assert "We are looking for another time." not in client.get(f"/s/{links.request_token(meeting.request)}").words


def test_a_tutor_who_cannot_come_then_gets_a_cancel_and_one_asked_meanwhile_an_invitation(client: PageClient) -> None:
    builders.signed_in(client)
    aino, kaj = two_tutors()
    nina = meeting_builders.tutor(name="Nina")
    meeting = meeting_builders.meeting(tutors=[aino, kaj])
    looked_for(client, meeting)
    client.submit(client.get(f"/staff/sparring/requests/{meeting.request_id}"), "Ask Nina")
    asked = db.session.scalars(select(Message).where(Message.occasion == "sparring-naming")).one()
    link = next(word for word in (asked.text or "").split() if "/s/tutor/" in word)
    client.submit(client.get(link[link.index("/s/") :]), "I accept")
    poll = poll_of(meeting)
    meeting_builders.votes(poll)
    page = client.get(f"/staff/sparring/requests/{meeting.request_id}/poll/{poll.id}/confirm")
    client.submit(page, tutors=[str(aino.id), str(nina.id)], reason="Kaj on lomalla")
    got = calendars(meeting)
    assert got[aino.email] == got[meeting.request.contact_email] == [("REQUEST", 0), ("REQUEST", 1)]
    assert got[kaj.email] == [("REQUEST", 0), ("CANCEL", 1)]
    assert got[nina.email] == [("REQUEST", 1)]
    last = select(Message.occasion).where(Message.recipient == kaj.email).order_by(Message.id.desc())
    assert db.session.scalars(last).first() == "meeting-removed"
    assert "Kaj" in client.get(f"/staff/sparring/requests/{meeting.request_id}/poll").words


def test_a_poll_closed_without_agreeing_leaves_the_meeting_where_it_was(client: PageClient) -> None:
    builders.signed_in(client)
    aino, _kaj = two_tutors()
    meeting = meeting_builders.meeting(tutors=[aino])
    due_on = meeting.request.due_on
    looked_for(client, meeting)
    poll = poll_of(meeting)
    link = meeting_builders.voter_path(poll, aino)
    page = client.submit(client.get(f"/staff/sparring/requests/{meeting.request_id}/poll"), "Close without agreeing")
    assert "The meeting is held as agreed before:" in page.words
    assert "The meeting is held as agreed before:" in client.get(link).words
    assert set(calendars(meeting)[aino.email]) == {("REQUEST", 0)}
    assert (meeting.request.state, meeting.request.due_on) == (RequestState.AGREED, due_on)


def test_a_tutor_swapped_while_the_poll_is_open_is_asked_by_it_no_more_and_the_new_one_is(client: PageClient) -> None:
    builders.signed_in(client)
    aino, kaj = two_tutors()
    meeting = meeting_builders.meeting(tutors=[aino])
    looked_for(client, meeting)
    page = client.submit(client.get(f"/staff/sparring/meetings/{meeting.id}/tutors"), tutors=[str(kaj.id)])
    client.submit(page, "Save and tell them")
    assert {voter.user_id for voter in poll_queries.voters(poll_of(meeting))} == {kaj.id, None}


def test_a_meeting_that_has_begun_is_not_moved_and_one_that_was_held_ends_its_poll(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.signed_in(client)
    meeting = meeting_builders.meeting()
    looked_for(client, meeting)
    poll = poll_of(meeting)
    meeting_builders.votes(poll, Suits.YES)
    now = meeting.ends_at + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: now)
    builders.signed_in(client)
    assert agreed(client, poll).errors == ["The meeting has begun, so no other time can be agreed for it."]
    client.submit(client.get(f"/staff/sparring/requests/{meeting.request_id}/state/held"))
    db.session.rollback()
    assert meeting.request.state is RequestState.HELD
    assert poll.status is PollStatus.CLOSED
    assert "Look for another time" not in client.get(f"/staff/sparring/requests/{meeting.request_id}").words
