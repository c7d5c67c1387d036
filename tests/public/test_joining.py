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
from app.registrations.models import CalendarEntry, JoinClick, Registration, Status
from app.translated import Translated
from tests import builders, calendar_checks
from tests.page_client import PageClient

MEETING = "https://meeting.example/abc"


def invited(event: Event, **given: object) -> str:
    made = builders.registration(event, **{"language": "en"} | given)
    return urlsplit(links.join_url(made)).path


def clicks() -> int:
    return db.session.scalars(select(func.count()).select_from(JoinClick)).one()


def test_before_the_time_it_tells_how_long_until_and_holds_the_own_calendar(client: PageClient) -> None:
    event = builders.event(meeting_url=MEETING)
    link = invited(event)
    page = client.get(link)
    assert "It starts in 14 days. A button that opens the meeting comes here" in page.words
    assert "Join the meeting" not in page.words
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    answer = client.click(page, "Add to calendar")
    assert calendar_checks.libical_errors(answer.data) == []
    text = answer.text.replace("\r\n ", "")
    assert f"UID:{db.session.scalars(select(CalendarEntry.uid)).one()}" in text
    assert f"{link}\r\n" in text
    assert "/r/" not in text


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (timedelta(days=2, hours=1), "It starts in 2 days."),
        (timedelta(hours=26), "It starts tomorrow."),
        (timedelta(hours=10), "It starts tomorrow."),
        (timedelta(hours=8, minutes=10), "It starts today, in about 8 hours."),
        (timedelta(minutes=119), "It starts in 119 minutes."),
        (timedelta(minutes=1), "It starts in 1 minute."),
    ],
)
def test_how_long_until_is_said_as_people_count(client: PageClient, before: timedelta, sentence: str) -> None:
    event = builders.event(meeting_url=MEETING)
    link = invited(event)
    with time_machine.travel(event.starts_at - before, tick=False):
        assert sentence in client.get(link).words


def test_a_link_that_was_passed_on_says_whose_it_is_and_offers_to_register(client: PageClient) -> None:
    event = builders.event(meeting_url=MEETING)
    page = client.get(invited(event))
    assert "This joining link belongs to Maria Å. If you are somebody else, register yourself." in page.words
    assert "Åkerlund" not in page.text
    assert client.click(page, "register yourself").request.path == f"/en/events/{event.slug}/register"


def test_a_link_that_was_passed_on_too_late_says_that_registration_is_closed(client: PageClient) -> None:
    event = builders.event(meeting_url=MEETING)
    link = invited(event)
    with time_machine.travel(event.starts_at + timedelta(minutes=5), tick=False):
        page = client.get(link)
    assert "belongs to Maria Å." in page.words
    assert "registration is closed" in page.words
    assert "/register" not in page.text


@pytest.mark.parametrize(
    ("meeting", "platform", "advice"),
    [
        ("https://teams.microsoft.com/l/meetup-join/secret", "Microsoft Teams", "Continue on this browser"),
        ("https://kunta.zoom.us/j/secret", "Zoom", "zoom.us/test"),
        ("https://bbb.kunta.example/rooms/secret", "BigBlueButton", "echo test"),
        ("https://meet.jit.si/secret", "Jitsi Meet", "Jitsi Meet app"),
        (MEETING, "", "up-to-date browser"),
    ],
)
def test_the_help_is_of_the_meetings_platform_and_never_its_address(
    client: PageClient, meeting: str, platform: str, advice: str
) -> None:
    page = client.get(invited(builders.event(meeting_url=meeting, contact_email="kaisa@kunta.example")))
    assert ("The meeting is held in" in page.words) is bool(platform)
    assert platform in page.words
    assert advice in page.words
    assert "Write to us: kaisa@kunta.example" in page.words
    assert urlsplit(meeting).path not in page.text


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


def test_each_day_has_its_own_window_and_says_where_it_stands(client: PageClient) -> None:
    event = builders.event(days=3, meeting_url=MEETING)
    link = invited(event)
    first, second, _ = events.days_of(event)
    with time_machine.travel(first.ends_at + timedelta(minutes=1), tick=False):
        page = client.get(link)
    assert "Join the meeting" not in page.words
    assert [word for word in page.words.split() if word in ("Over", "Open", "come")][:3] == ["Over", "come", "come"]
    with time_machine.travel(second.starts_at - timedelta(minutes=29), tick=False):
        page = client.get(link)
    assert "Join the meeting" in page.words
    assert [word for word in page.words.split() if word in ("Over", "Open", "come")][:3] == ["Over", "Open", "come"]


def test_after_the_end_it_says_thank_you_and_where_the_materials_come(client: PageClient) -> None:
    event = builders.event(meeting_url=MEETING)
    link = invited(event)
    with time_machine.travel(event.ends_at, tick=False):
        words = client.get(link).words
    assert "Thank you for taking part!" in words
    assert "If there are materials or a recording, they come to this page." in words


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


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.AWAITING_APPROVAL, "You do not have a place yet."),
        (Status.OFFERED, "You do not have a place yet."),
        (Status.REFUSED, "was not approved"),
    ],
)
def test_without_a_place_nobody_is_let_in(client: PageClient, status: Status, sentence: str) -> None:
    event = builders.event(meeting_url=MEETING)
    link = urlsplit(links.join_url(builders.registration_row(event, status=status, language="en"))).path
    with time_machine.travel(event.starts_at, tick=False):
        page = client.get(link)
    assert sentence in page.words
    assert "Join the meeting" not in page.words
    assert client.get(f"{link}/calendar.ics").status_code == 404


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
    there = Translated(en="Five minutes **from the station**.")
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=5, directions=there)
    page = client.get(invited(event, mode=Mode.ON_SITE))
    assert "How to get there Five minutes from the station." in page.words
    assert "belongs to Maria Å." in page.words
    assert "Welcome to this address: Hyvinkään pääkirjasto, Torikatu 5, Hyvinkää" in page.words
    assert "microphone" not in page.words
    assert client.click(page, "Programme").h1 == str(event.title.into("en"))
