"""A request belongs to the season in which its meeting is to be held, and is forgotten with that one."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app import clock, worker
from app.database import db
from app.events.models import Season
from app.messages.models import Message
from app.people.models import Role, User
from app.sparring import links
from app.sparring.models import Request, RequestState
from app.sparring.tutor_models import Naming, NamingStatus
from app.translated import Translated
from tests import builders, meeting_builders, sparring_builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def later(client: PageClient) -> Season:
    """The season after the one in which all begins."""
    builders.signed_in(client)
    sparring_builders.season()
    return builders.season(name=Translated(fi="Kausi 2027"), starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))


def put_off(client: PageClient, wish: Request, until: str) -> None:
    page = client.get(f"/staff/sparring/requests/{wish.id}/state/postponed")
    client.submit(page, reason="Kirjasto muuttaa", due_on=until)
    db.session.rollback()
    assert wish.state is RequestState.POSTPONED


def test_what_is_put_off_to_the_next_season_is_forgotten_with_that_one(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, later: Season
) -> None:
    meeting = meeting_builders.meeting()
    put_off(client, meeting.request, "1.3.2027")
    here, within = meeting.request, sparring_builders.request(contact_email="toinen@askola.example")
    put_off(client, within, "20.12.2026")
    assert (here.season_id, within.season_id != later.id) == (later.id, True)
    for today, remembered in ((date(2028, 2, 1), True), (date(2029, 2, 1), False)):
        now = datetime(today.year, today.month, today.day, 12, tzinfo=meeting.starts_at.tzinfo)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        worker.forget()
        db.session.rollback()
        assert (here.contact_email != "", within.contact_email) == (remembered, "")
        own = client.get(f"/s/{links.request_token(here)}")
        assert own.status_code == (200 if remembered else 404)


def test_what_is_taken_up_in_a_new_season_goes_on_with_the_tutors_of_that_one(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, later: Season
) -> None:
    aino, kaj, nina = (builders.user(Role.TUTOR, name=name) for name in ("Aino", "Kaj", "Nina"))
    wish = meeting_builders.request()
    for user in (aino, kaj):
        sparring_builders.naming(wish, sparring_builders.tutor(user=user), status=NamingStatus.ACCEPTED)
    for user in (aino, nina):
        sparring_builders.tutor(user=user, season=later)
    put_off(client, wish, "20.12.2026")
    february = datetime(2027, 2, 1, 12, tzinfo=wish.created_at.tzinfo)
    monkeypatch.setattr(clock, "now", lambda: february)
    builders.signed_in(client)
    client.submit(client.get(f"/staff/sparring/requests/{wish.id}/state/preparing"))
    db.session.rollback()
    assert wish.season_id == later.id
    assert told(kaj) == "sparring-released"
    assert told(aino) != "sparring-released"
    namings = {one.profile.user.name: one for one in db.session.scalars(select(Naming))}
    assert (namings["Aino"].status, namings["Aino"].profile.season_id) == (NamingStatus.ACCEPTED, later.id)
    words = client.get(f"/staff/sparring/requests/{wish.id}").words
    assert "Ask Nina" in words
    assert "Ask Kaj" not in words


def told(user: User) -> str:
    """The occasion of the last mail that somebody got."""
    of_them = select(Message.occasion).where(Message.recipient == user.email).order_by(Message.id.desc())
    return str(db.session.scalars(of_them).first())


def test_a_meeting_moved_into_the_next_season_belongs_to_it_and_keeps_its_tutors(
    client: PageClient, later: Season
) -> None:
    aino, kaj = meeting_builders.tutor(name="Aino"), builders.user(Role.TUTOR, name="Kaj")
    meeting = meeting_builders.meeting(tutors=[aino])
    sparring_builders.tutor(user=kaj, season=later)
    path = f"/staff/sparring/meetings/{meeting.id}"
    page = client.submit(client.get(f"{path}/time"), date=(date(2027, 1, 1) + timedelta(days=20)).isoformat())
    client.submit(page, "Save and tell them")
    db.session.rollback()
    assert meeting.request.season_id == later.id
    page = client.get(f"{path}/tutors")
    assert "Aino" in page.words
    client.submit(client.submit(page, tutors=[str(kaj.id)]), "Save and tell them")
    got = meeting_builders.calendars(meeting)
    assert got[aino.email][-1] == ("CANCEL", 2)
    assert got[kaj.email] == [("REQUEST", 2)]
    assert db.session.scalars(select(Naming.status).order_by(Naming.id)).all() == [
        NamingStatus.RELEASED,
        NamingStatus.ACCEPTED,
    ]
