"""A date poll through its pages: opened, answered by personal links, agreed; and what the clock does meanwhile."""

import pytest
from sqlalchemy import select

from app import clock
from app.database import db
from app.messages.models import Message
from app.sparring.meeting_models import Meeting
from app.sparring.models import RequestState
from app.sparring.poll_models import Poll
from tests import builders, meeting_builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def sent(occasion: str) -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


def test_the_team_proposes_times_tutors_answer_and_the_time_is_agreed_for_all(client: PageClient) -> None:
    wish = meeting_builders.request(owner=builders.signed_in(client))
    aino, kaj = meeting_builders.tutor(name="Aino"), meeting_builders.tutor(name="Kaj")
    meeting_builders.named(wish, aino, kaj)
    page = client.get(f"/staff/sparring/requests/{wish.id}/poll", follow_redirects=True)
    days = [clock.helsinki(builders.in_days(number)).date().isoformat() for number in (14, 15)]
    windows = {}
    for number, day in enumerate(days):
        windows |= {
            f"windows-{number}-date": day,
            f"windows-{number}-starts": "9.00",
            f"windows-{number}-ends": "13.00",
        }
    page = client.submit(page, **windows, asks_participants=True)
    assert page.h1 == "Date poll"
    assert "Nobody has answered yet." in page.words
    assert {mail.recipient for mail in sent("sparring-poll")} == {aino.email, kaj.email, wish.contact_email}

    poll = db.session.scalars(select(Poll)).one()
    first, second = (window.id for window in meeting_builders.poll_queries.windows(poll))
    for who, suits in ((aino, ("yes", "if-need-be")), (kaj, ("yes", "no")), (None, ("yes", "yes"))):
        path = meeting_builders.voter_path(poll, who)
        answers = {f"suits_{first}": suits[0], f"suits_{second}": suits[1]}
        page = client.submit(client.get(path), **answers, **{f"starts_{first}": "10.00"} if who is aino else {})
        assert "your answer is saved" in page.words
    assert [mail.recipient for mail in sent("sparring-poll-over")] == [wish.owner.email]

    page = client.get(f"/staff/sparring/requests/{wish.id}/poll")
    assert "It suits all who are required." in page.words
    assert "ruled out" in page.words
    page = client.submit(client.click(page, "Agree the time"))
    assert page.h1 == "Digital support sparring, Karkkila"
    meeting = db.session.scalars(select(Meeting)).one()
    assert clock.helsinki(meeting.starts_at).hour == 10
    assert meeting.request.state is RequestState.AGREED
    invitations = sent("meeting-agreed")
    assert {mail.recipient for mail in invitations} == {aino.email, kaj.email, wish.contact_email}
    assert all(mail.calendar_method == "REQUEST" for mail in invitations)

    late = client.get(meeting_builders.voter_path(poll, kaj))
    assert late.h1 == "The time has been agreed"
    assert "10:00–11:30" in late.words
