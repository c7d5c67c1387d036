"""The municipality follows its request, changes it, lets colleagues in, calls it off, and tells how it was."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database import begin_write, db
from app.events.models import Attendance
from app.messages.models import Message
from app.people.models import Role
from app.sparring import guests, links, requests, states
from app.sparring.meeting_models import Meeting, MeetingFeedback, NextStep
from app.sparring.models import Request, RequestChange, RequestColleague, RequestState, Source, WishedMode
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile
from app.sparring.wishes import Wish
from app.translated import Translated
from tests import builders
from tests.page_client import PageClient

ON_THE_WAY = list(RequestState)[1:]


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    builders.season()


def sent(**given: Any) -> Request:
    """Espoo has asked, in English."""
    wish = {
        "municipality_code": builders.ESPOO, "contact_name": "Maria Åkerlund", "contact_email": "maria@espoo.fi",
        "contact_language": "en", "themes_in_own_words": "Kirjaston digituki", "wished_weeks": "viikot 5–7",
    }  # fmt: skip
    begin_write()
    made = requests.send(Wish(**wish | given), nonce=None, source=Source.WEB)
    db.session.commit()
    return made


def come_to(request: Request, state: RequestState) -> None:
    """Walk the usual way to a state."""
    begin_write()
    for step in ON_THE_WAY[: ON_THE_WAY.index(state) + 1]:
        states.change(request, step, by=None)
    db.session.commit()


def named(request: Request, name: str = "Outi Tutor") -> Naming:
    tutor = builders.user(Role.TUTOR, name=name, municipality_code=builders.VANTAA)
    profile = TutorProfile(season_id=request.season_id, user=tutor, municipality_code=builders.VANTAA)
    naming = Naming(request=request, profile=profile, status=NamingStatus.ACCEPTED)
    db.session.add(naming)
    db.session.commit()
    return naming


def met(request: Request, **given: Any) -> Meeting:
    """The meeting of a request whose time is agreed."""
    times = {"starts_at": builders.in_days(14), "ends_at": builders.in_days(14) + timedelta(hours=2)}
    made = Meeting(**times | {"request": request, "attendance": Attendance.ON_SITE, "venue": "Pääkirjasto"} | given)
    db.session.add(made)
    db.session.commit()
    return made


def path(url: str) -> str:
    return urlsplit(url).path


def page_of(request: Request) -> str:
    return path(links.request_url(request))


def mails(occasion: str) -> Sequence[Message]:
    return db.session.scalars(select(Message).where(Message.occasion == f"sparring-{occasion}")).all()


def test_the_page_tells_where_the_request_stands_and_who_the_tutors_are(client: PageClient) -> None:
    request = sent()
    named(request)
    page = client.get(page_of(request))
    assert page.h1 == "Your request has arrived"
    assert "Finding tutors now" in page.words
    assert "Outi Tutor" not in page.words
    come_to(request, RequestState.TUTORS_NAMED)
    page = client.get(page_of(request))
    assert page.h1 == "You have your tutors"
    assert "Outi Tutor, Vantaa" in page.words
    assert client.get(f"{page_of(request)}?lang=sv").h1 == "Ni har fått era tutorer"


def test_wishes_are_amended_until_a_time_is_agreed(client: PageClient) -> None:
    request = sent()
    form = client.get(f"{page_of(request)}/change/when")
    page = client.submit(form, mode="on-site", venue="Torikatu 5")
    assert "Torikatu 5" in page.words
    db.session.expire_all()
    assert (request.mode, request.wished_weeks) == (WishedMode.ON_SITE, "viikot 5–7")
    change = db.session.scalars(select(RequestChange).where(RequestChange.what == "amended")).one()
    assert change.details == {"fields": "mode, venue"}
    assert [mail.recipient for mail in mails("amended")] == [links.contact()]
    come_to(request, RequestState.AGREED)
    page = client.submit(form, venue="Muualla")
    assert "Muualla" not in page.words
    assert "/change/" not in client.get(page_of(request)).get_data(as_text=True)


def test_the_contacts_details_change_and_the_mail_keeps_its_language(client: PageClient) -> None:
    request = sent()
    page = client.submit(client.get(f"{page_of(request)}/change/who"), contact_phone="040 123", contact_language="sv")
    db.session.expire_all()
    assert (request.contact_phone, request.contact_language, request.contact_email) == (
        "040 123",
        "sv",
        "maria@espoo.fi",
    )
    assert "040 123" in page.words


def test_two_who_change_at_once_lose_nothing_typed(client: PageClient) -> None:
    request = sent()
    first, second = (client.get(f"{page_of(request)}/change/what") for _ in range(2))
    client.submit(first, goal="Verkosto")
    page = client.submit(second, goal="Suunnitelma")
    assert page.status_code == 409
    assert "Suunnitelma" in page.get_data(as_text=True)
    db.session.expire_all()
    assert request.goal == "Verkosto"
    client.submit(page, goal="Suunnitelma")
    db.session.expire_all()
    assert request.goal == "Suunnitelma"


def test_a_request_is_called_off_once_and_everyone_is_told(client: PageClient) -> None:
    request = sent()
    naming = named(request)
    client.submit(client.get(f"{page_of(request)}/colleagues"), name="Kaj Öhman", email="kaj@espoo.fi", language="sv")
    asking = client.get(f"{page_of(request)}/call-off")
    assert client.get(page_of(request)).h1 == "Your request has arrived"
    page = client.submit(asking, reason="Budjetti loppui")
    assert page.h1 == "The request is called off"
    told = {mail.recipient for mail in mails("called-off")}
    assert told == {"maria@espoo.fi", "kaj@espoo.fi", naming.profile.user.email, links.contact()}
    assert "The request had already been called off." in client.submit(asking, reason="x").words
    assert len(mails("called-off")) == 4


def test_calling_off_speaks_of_the_request_in_finnish_and_swedish(client: PageClient) -> None:
    link = f"/s/{links.request_token(sent())}/call-off"
    assert "Pidä pyyntö voimassa" in client.get(f"{link}?lang=fi").words
    assert "Behåll förfrågan" in client.get(f"{link}?lang=sv").words


def test_calling_off_takes_an_agreed_meeting_out_of_all_calendars(client: PageClient) -> None:
    request = sent()
    come_to(request, RequestState.AGREED)
    meeting = met(request)
    begin_write()
    guests.add(meeting, guests.municipality(request))
    db.session.commit()
    client.submit(client.get(f"{page_of(request)}/call-off"), reason="Budjetti loppui")
    db.session.expire_all()
    assert meeting.called_off_at
    to_contact = db.session.scalars(
        select(Message).where(Message.recipient == "maria@espoo.fi").order_by(Message.id)
    ).all()
    assert [mail.calendar_method for mail in to_contact if mail.occasion == "sparring-called-off"] == []
    assert to_contact[-1].calendar_method == "CANCEL"


def test_a_meeting_that_has_begun_is_called_off_no_more(client: PageClient) -> None:
    request = sent()
    come_to(request, RequestState.AGREED)
    met(request, starts_at=clock.now() - timedelta(minutes=5), ends_at=clock.now() + timedelta(hours=1))
    assert client.get(f"{page_of(request)}/call-off").h1 == "The request can no longer be called off here"


def test_a_colleague_follows_and_amends_but_decides_nothing(client: PageClient) -> None:
    request = sent()
    form = client.get(f"{page_of(request)}/colleagues")
    page = client.submit(form, name="Kaj Öhman", email="kaj@espoo.fi", language="sv")
    assert "kaj@espoo.fi" in page.words
    assert client.submit(form, name="Kaj", email="KAJ@espoo.fi").errors == ["This address follows the request already."]
    colleague = db.session.scalars(select(RequestColleague)).one()
    own = path(links.colleague_url(colleague))
    (mail,) = mails("colleague")
    assert (mail.recipient, mail.language) == ("kaj@espoo.fi", "sv")
    assert own in (mail.text or "")
    page = client.get(f"{own}?lang=en")
    assert page.h1 == "Your request has arrived"
    assert "Call off" not in page.words
    for part in ("call-off", "colleagues", "change/who"):
        assert client.get(f"{own}/{part}").status_code == 404
    client.submit(client.get(f"{own}/change/what?lang=en"), goal="Verkosto")
    page = client.submit(client.get(page_of(request)), "Remove Kaj Öhman")
    assert "Kaj" not in page.words.replace("Your colleague", "")
    assert client.get(own).status_code == 404
    assert len(mails("colleague-removed")) == 1


def test_nobody_is_mailed_more_than_five_links_a_day(client: PageClient) -> None:
    request = sent()
    for _ in range(5):
        page = client.submit(client.get(f"{page_of(request)}/colleagues"), name="Kaj", email="kaj@espoo.fi")
        client.submit(page, "Remove Kaj")
    page = client.submit(client.get(f"{page_of(request)}/colleagues"), name="Kaj", email="kaj@espoo.fi")
    assert page.errors == ["This address has been mailed several times today. Try again tomorrow."]


def test_the_meeting_and_later_its_summary_stand_on_the_page(client: PageClient) -> None:
    request = sent()
    come_to(request, RequestState.AGREED)
    meeting = met(request, discussed="Puhuttiin verkostosta.", ideas="Yhteinen päivystys")
    page = client.get(page_of(request))
    assert "Pääkirjasto" in page.words
    assert "Puhuttiin verkostosta." not in page.words
    come_to_held(request, meeting)
    db.session.add(NextStep(meeting_id=meeting.id, what="Soitetaan kirjastoon", owner="kirjasto"))
    meeting.shared_at = clock.now()
    db.session.commit()
    page = client.get(page_of(request))
    for words in ("Puhuttiin verkostosta.", "Yhteinen päivystys", "Soitetaan kirjastoon"):
        assert words in page.words


def come_to_held(request: Request, meeting: Meeting) -> None:
    begin_write()
    states.change(db.session.get_one(Request, request.id), RequestState.HELD, by=None)
    db.session.commit()


def test_feedback_is_given_after_the_meeting_and_replaced_when_given_again(client: PageClient) -> None:
    request = sent()
    come_to(request, RequestState.AGREED)
    meeting = met(request)
    assert client.get(f"{page_of(request)}/feedback").status_code == 302
    come_to_held(request, meeting)
    form = client.get(f"{page_of(request)}/feedback")
    assert client.submit(form, usefulness="5").errors == ["Choose how the arrangements went"]
    client.submit(form, usefulness="5", arrangements="4", takes_into_use="Digituki torstaisin")
    client.submit(client.get(f"{page_of(request)}/feedback"), usefulness="3")
    kept = db.session.scalars(select(MeetingFeedback)).one()
    assert (kept.usefulness, kept.arrangements, kept.takes_into_use) == (3, 4, "Digituki torstaisin")


def test_a_dead_link_gets_a_page_that_helps(client: PageClient) -> None:
    page = client.get("/s/nothing")
    assert page.status_code == 404
    assert page.h1 == "This link no longer works"


def test_the_public_page_shows_the_tutors_who_agreed(client: PageClient) -> None:
    request = sent()
    for name, is_shown in (("Outi Tutor", True), ("Petri Tutor", False)):
        profile = named(request, name).profile
        profile.is_shown, profile.languages = is_shown, ["fi", "sv"]
        profile.presentation = Translated(fi="Kirjastoista **paljon**")
    db.session.commit()
    page = client.get("/en/sparring/")
    assert "Outi Tutor" in page.words
    assert "Petri Tutor" not in page.words
    assert '<div lang="fi">' in page.get_data(as_text=True)
