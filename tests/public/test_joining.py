"""The personal join page: the only way to a meeting whose address no page shows."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import func, select

from app.database import db
from app.events import queries as events
from app.events.models import Attendance, Event, EventStatus, Mode
from app.registrations import links
from app.registrations.models import JoinClick, Registration, Status
from tests import builders
from tests.page_client import PageClient

MEETING = "https://meeting.example/abc"


def invited(event: Event, **given: object) -> str:
    made = builders.registration(event, **{"language": "en"} | given)
    return urlsplit(links.join_url(made)).path


def clicks() -> int:
    return db.session.scalars(select(func.count()).select_from(JoinClick)).one()


def test_it_says_whom_it_is_for_and_when_the_button_comes(client: PageClient) -> None:
    link = invited(builders.event(meeting_url=MEETING))
    page = client.get(link)
    assert "Joining as Maria Åkerlund. Not you? Register yourself" in page.words
    assert "30 minutes before the start" in page.words
    assert "Join the meeting" not in page.words
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("minutes", [-30, 0, 359])
def test_from_half_an_hour_before_to_the_end_one_button_leads_to_the_meeting(client: PageClient, minutes: int) -> None:
    event = builders.event(meeting_url=MEETING)
    link = invited(event)
    with time_machine.travel(event.starts_at + timedelta(minutes=minutes), tick=False):
        page = client.get(link)
        assert "meeting.example" not in page.text
        assert "form-action 'self' https:" in page.headers["Content-Security-Policy"]
        form = page.document.find(".//main//form")
        token = next(field.get("value") for field in form.iter("input"))
        answer = client.post(link, data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, MEETING)
    assert clicks() == 1


def test_a_button_pressed_too_early_leads_back(client: PageClient) -> None:
    event = builders.event(meeting_url=MEETING)
    link = invited(event)
    with time_machine.travel(event.starts_at, tick=False):
        page = client.get(link)
    assert client.submit(page).request.path == link
    assert clicks() == 0


def test_each_day_has_its_own_window(client: PageClient) -> None:
    event = builders.event(days=2, meeting_url=MEETING)
    link = invited(event)
    first, second = events.days_of(event)
    with time_machine.travel(first.ends_at + timedelta(minutes=1), tick=False):
        assert "Join the meeting" not in client.get(link).words
    with time_machine.travel(second.starts_at - timedelta(minutes=29), tick=False):
        assert "Join the meeting" in client.get(link).words


def test_after_the_end_it_says_thank_you(client: PageClient) -> None:
    event = builders.event(meeting_url=MEETING)
    link = invited(event)
    with time_machine.travel(event.ends_at, tick=False):
        assert "Thank you for taking part!" in client.get(link).words


def test_a_meeting_without_an_address_says_that_it_will_come(client: PageClient) -> None:
    event = builders.event()
    link = invited(event)
    with time_machine.travel(event.starts_at, tick=False):
        assert "The organiser adds the meeting here" in client.get(link).words


def test_one_who_comes_on_site_sees_the_address(client: PageClient) -> None:
    link = invited(builders.event(attendance=Attendance.HYBRID, meeting_url=MEETING), mode=Mode.ON_SITE)
    assert "Hyvinkään pääkirjasto, Torikatu 5, Hyvinkää" in client.get(link).words


def test_one_who_waits_is_not_let_in(client: PageClient) -> None:
    event = builders.event(places_online=1, meeting_url=MEETING)
    builders.registration(event)
    link = invited(event)
    with time_machine.travel(event.starts_at, tick=False):
        assert "You are on the waiting list." in client.get(link).words


def test_a_withdrawn_registration_and_a_called_off_event_say_so(client: PageClient) -> None:
    event = builders.event(meeting_url=MEETING)
    link = invited(event)
    made = db.session.scalars(select(Registration)).one()
    made.status = Status.WITHDRAWN
    db.session.commit()
    assert "has been withdrawn" in client.get(link).words
    event.status = EventStatus.CALLED_OFF
    db.session.commit()
    assert "The event has been called off." in client.get(link).words


def test_a_dead_link_helps(client: PageClient) -> None:
    assert client.get("/j/nothing").h1 == "This link no longer works"


def test_an_event_without_a_date_tells_that_it_comes(client: PageClient) -> None:
    event = builders.event(days=0)
    made = builders.registration_row(event, language="en")
    assert "The date will be told later." in client.get(urlsplit(links.join_url(made)).path).words


def test_whoever_comes_to_the_venue_reads_the_way_there_and_nothing_of_microphones(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=5)
    page = client.get(invited(event, mode=Mode.ON_SITE))
    assert "Welcome to this address: Hyvinkään pääkirjasto, Torikatu 5, Hyvinkää" in page.words
    assert "microphone" not in page.words
    assert client.click(page, "Programme and directions").h1 == str(event.title.into("en"))
