"""A day on which a tutor is away is chosen for a meeting only knowingly."""

from datetime import datetime

import pytest
from sqlalchemy import select

from app import clock, wording
from app.database import db
from app.people.models import User
from app.sparring import poll_queries
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request
from app.sparring.poll_models import Suits
from app.sparring.tutor_models import TutorAway, TutorProfile
from tests import builders, meeting_builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def away(user: User, day: datetime) -> str:
    """Make a tutor be away on a day; how the pages say so."""
    profile = db.session.scalars(select(TutorProfile).where(TutorProfile.user_id == user.id)).one()
    local = clock.helsinki(day).date()
    db.session.add(TutorAway(profile_id=profile.id, starts_on=local, ends_on=local))
    db.session.commit()
    return f"{user.name} is away on {wording.date(day, 'en')}."


@pytest.fixture
def aino(client: PageClient) -> User:
    builders.signed_in(client)
    return meeting_builders.tutor(name="Aino")


def test_a_window_on_such_a_day_is_proposed_only_when_the_team_says_so(client: PageClient, aino: User) -> None:
    wish = meeting_builders.request()
    meeting_builders.named(wish, aino)
    sentence = away(aino, builders.in_days(15))
    fields = {}
    for number, days in enumerate((14, 15)):
        day = clock.helsinki(builders.in_days(days)).date().isoformat()
        fields |= {f"windows-{number}-date": day, f"windows-{number}-starts": "9.00", f"windows-{number}-ends": "13.00"}
    page = client.get(f"/staff/sparring/requests/{wish.id}/poll/new")
    assert "Propose these times all the same" not in page.words
    page = client.submit(page, **fields)
    assert page.errors == [sentence]
    assert page.document.find(".//p[@id='windows-1-date-error']") is not None
    assert poll_queries.latest(wish) is None
    assert client.submit(page, despite_away=True).h1 == "Date poll"


def polled(aino: User, suits: Suits | None) -> tuple[Request, str]:
    """A poll with Aino away on its first day; the page that agrees on it."""
    wish = meeting_builders.request()
    meeting_builders.named(wish, aino)
    poll = meeting_builders.poll(wish)
    if suits:
        meeting_builders.votes(poll, suits)
    window = poll_queries.windows(poll)[0]
    return wish, f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm?window={window.id}"


def test_a_time_is_agreed_on_such_a_day_only_with_a_reason(client: PageClient, aino: User) -> None:
    _wish, confirm = polled(aino, None)
    sentence = away(aino, builders.in_days(14))
    page = client.submit(client.get(confirm), tutors=[str(aino.id)])
    assert page.errors[0].startswith(f"{sentence} Say why it is agreed all the same.")
    assert db.session.scalars(select(Meeting)).all() == []
    assert client.submit(page, reason="Aino ehtii sittenkin").h1 == "Digital support sparring, Karkkila"


def test_who_answered_that_the_time_suits_all_the_same_is_not_asked_about_again(client: PageClient, aino: User) -> None:
    _wish, confirm = polled(aino, Suits.YES)
    away(aino, builders.in_days(14))
    assert client.submit(client.get(confirm)).h1 == "Digital support sparring, Karkkila"


def test_a_meeting_is_moved_there_and_a_tutor_called_in_only_when_the_team_says_so(
    client: PageClient, aino: User
) -> None:
    meeting, nina = meeting_builders.meeting(tutors=[aino]), meeting_builders.tutor(name="Nina")
    path = f"/staff/sparring/meetings/{meeting.id}"
    sentence = away(aino, builders.in_days(20))
    day = clock.helsinki(builders.in_days(20)).date().isoformat()
    page = client.submit(client.get(f"{path}/time"), date=day)
    assert page.errors == [sentence]
    page = client.submit(client.submit(page, despite_away=True), "Save and tell them")
    assert "Saved. Those whom it concerns are told by mail." in page.get_data(as_text=True)
    assert meeting.starts_at == builders.in_days(20)

    sentence = away(nina, builders.in_days(20))
    page = client.submit(client.get(f"{path}/tutors"), tutors=[str(aino.id), str(nina.id)])
    assert page.errors == [sentence]
    client.submit(client.submit(page, despite_away=True), "Save and tell them")
    assert len(meeting_builders.calendars(meeting)[nina.email]) == 1


def test_a_day_marked_between_the_question_and_the_answer_is_said_too(client: PageClient, aino: User) -> None:
    meeting = meeting_builders.meeting(tutors=[aino])
    day = clock.helsinki(builders.in_days(20)).date().isoformat()
    preview = client.submit(client.get(f"/staff/sparring/meetings/{meeting.id}/time"), date=day)
    assert preview.h1 == "Save this change?"
    sentence = away(aino, builders.in_days(20))
    assert client.submit(preview, "Save and tell them").errors == [sentence]
