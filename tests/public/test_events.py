"""What anyone sees of the events: lists, filters, one event in each state, its calendar file."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from app import clock
from app.database import db
from app.events import queries as events
from app.events.models import Attendance, EventStatus, ItemForm, Kind, Mode, ProgrammeItem
from app.translated import Translated
from tests import builders, calendar_checks
from tests.conftest import Queries
from tests.page_client import PageClient


def test_the_front_page_shows_what_is_coming_with_its_places(client: PageClient) -> None:
    event = builders.event(hosts=[builders.ESPOO], places_online=120, kind=Kind.WEBINAR)
    for _ in range(2):
        builders.registration_row(event)
    page = client.get("/en/")
    assert page.h1 == "Learning digital support together"
    assert "118 places left of 120" in page.words
    assert "Espoo" in page.words
    assert "Webinar" in page.words


def test_a_full_event_tells_how_many_wait(client: PageClient) -> None:
    event = builders.event(places_online=1)
    for _ in range(3):
        builders.registration(event)
    assert "Full you can join the waiting list, 2 waiting" in client.get("/en/events/").words


def test_a_hybrid_event_that_is_full_on_site_says_that_online_has_room(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=1, places_online=5)
    builders.registration(event, mode=Mode.ON_SITE)
    assert "Full on site there is room online" in client.get("/en/events/").words


def test_drafts_are_shown_to_nobody(client: PageClient) -> None:
    event = builders.event(status=EventStatus.DRAFT)
    assert event.slug not in client.get("/en/events/").text
    for address in (f"/en/events/{event.slug}", f"/events/{event.slug}.ics"):
        assert client.get(address).status_code == 404


def test_the_list_narrows_by_mode_and_spoken_language_and_counts(client: PageClient) -> None:
    builders.event(slug="suomeksi", spoken_languages=["fi"])
    builders.event(slug="pa-svenska", spoken_languages=["sv"], attendance=Attendance.ON_SITE)
    builders.event(slug="hybridi", spoken_languages=["fi", "sv"], attendance=Attendance.HYBRID)
    page = client.get("/en/events/")
    assert "All (3) On site (2) Online (2)" in page.words
    page = client.click(page, "In Swedish (2)")
    assert "All (2) On site (2) Online (1)" in page.words
    page = client.click(page, "Online (1)")
    assert "hybridi" in page.text
    assert "suomeksi" not in page.text
    assert "pa-svenska" not in page.text


def test_a_list_without_events_says_what_one_can_do(client: PageClient) -> None:
    assert "No upcoming events here at the moment" in client.get("/en/events/").words


def test_past_events_stand_below_and_the_older_ones_are_a_click_away(client: PageClient) -> None:
    for number in range(8):
        builders.event(slug=f"past-{number}", starts_at=builders.in_days(-10 * (number + 1)))
    page = client.get("/en/")
    assert "past-5" in page.text
    assert "past-6" not in page.text
    assert "past-7" in client.get("/en/events/?past=all").text


def test_a_list_costs_the_same_whatever_its_length(
    client: PageClient, count_queries: Callable[[], AbstractContextManager[Queries]]
) -> None:
    builders.event(hosts=[builders.ESPOO])
    with count_queries() as few:
        client.get("/en/events/")
    for _ in range(6):
        builders.event(hosts=[builders.ESPOO, builders.VANTAA])
        builders.event(hosts=[builders.VANTAA], starts_at=builders.in_days(-9))
    with count_queries() as many:
        client.get("/en/events/")
    assert few.count == many.count


def test_an_event_says_what_when_where_and_for_whom(client: PageClient) -> None:
    event = builders.event(
        attendance=Attendance.HYBRID,
        hosts=[builders.RAASEPORI],
        description=Translated(en="We learn **together**."),
        audience=Translated(en="For librarians."),
        directions=Translated(en="Five minutes from the station."),
        venue_accessibility=Translated(en="Step-free entrance."),
        spoken_languages=["fi", "sv"],
        material_languages=["fi"],
        captions=Translated(en="Captions in Finnish."),
        contact_name="Tiina Tutor",
        contact_email="tiina@hyvinkaa.example",
        places_on_site=10,
    )
    page = client.get(f"/en/events/{event.slug}")
    for words in (
        "Torikatu 5, Hyvinkää",
        "On site: 10 places left, of 10",
        "Online: there is room, places are not limited",
        "Spoken: Finnish and Swedish",
        "Slides and materials: Finnish",
        "Captions in Finnish.",
        "Raasepori",
        "For librarians.",
        "Five minutes from the station.",
        "Step-free entrance.",
        "Tiina Tutor",
    ):
        assert words in page.words
    assert "<strong>together</strong>" in page.text


def test_the_programme_stands_by_day(client: PageClient) -> None:
    event = builders.event(days=2)
    for day in events.days_of(event):
        end = day.starts_at + timedelta(hours=1)
        for title, form in (("Avaus", ItemForm.LECTURE), ("Työpaja", ItemForm.WORKSHOP), ("Lounas", ItemForm.BREAK)):
            item = ProgrammeItem(day_id=day.id, starts_at=day.starts_at, ends_at=end, form=form, room="Sali")
            item.title = Translated(fi=title)
            db.session.add(item)
    db.session.commit()
    page = client.get(f"/en/events/{event.slug}")
    assert page.words.count("Avaus") == 2
    assert "Sali · workshop" in page.words
    assert re.search(r'lang="fi">\s*<strong>Avaus', page.text)


def test_a_text_in_another_language_says_so_and_is_marked(client: PageClient) -> None:
    event = builders.event(title=Translated(fi="Syysseminaari"), description=Translated(sv="Välkommen!"))
    page = client.get(f"/en/events/{event.slug}")
    assert "This part is only in Finnish." in page.words
    assert "This part is only in Swedish." in page.words
    assert '<h1 lang="fi">' in page.text
    assert re.search(r'<div class="k-prose" lang="sv"><p>Välkommen!', page.text)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Registration closes"),
        ({"status": EventStatus.CALLED_OFF, "called_off_message": Translated(en="The speaker is ill.")},
         "The event has been called off The speaker is ill."),
        ({"registration_opens_at": clock.now() + timedelta(days=1)}, "Registration has not opened yet It opens"),
        ({"registration_closes_at": clock.now() - timedelta(days=1)}, "Registration has closed"),
        ({"starts_at": builders.in_days(-2)}, "The event is over"),
        ({"places_online": 0}, "The event is full. A freed place goes to the person who has waited longest."),
        ({"places_online": 0, "waiting_list": False}, "There is no waiting list."),
    ],
)  # fmt: skip
def test_an_event_says_where_it_stands_and_what_one_can_do(
    client: PageClient, given: dict[str, object], words: str
) -> None:
    event = builders.event(**given)
    page = client.get(f"/en/events/{event.slug}")
    assert words in page.words
    offers = f"/en/events/{event.slug}/register" in page.text
    assert offers is (
        words in ("Registration closes", "The event is full. A freed place goes to the person who has waited longest.")
    )
    listed = client.get("/en/events/").text
    assert event.slug in listed


def test_what_will_not_be_held_is_not_offered_for_calendars(client: PageClient) -> None:
    event = builders.event(status=EventStatus.CALLED_OFF, called_off_at=clock.now())
    assert "Add to calendar" not in client.get(f"/en/events/{event.slug}").words


def test_a_date_to_come_is_told(client: PageClient) -> None:
    event = builders.event(days=0)
    assert "The date will be told later" in client.get(f"/en/events/{event.slug}").words


def test_other_languages_and_a_title_are_there_for_those_who_share_the_page(client: PageClient) -> None:
    page = client.get(f"/sv/events/{builders.event(slug='seminaari').slug}")
    assert '<link rel="alternate" hreflang="fi" href="http://localhost:8000/fi/events/seminaari">' in page.text
    assert '<meta property="og:title" content="Kommuntutorernas höstseminarium">' in page.text
    assert 'name="robots" content="index, follow"' in page.text


def test_the_calendar_file_holds_each_day_and_nothing_personal(client: PageClient) -> None:
    event = builders.event(days=2, meeting_url="https://meeting.example/secret")
    answer = client.get(f"/events/{event.slug}.ics?lang=sv")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert calendar_checks.libical_errors(answer.data) == []
    assert calendar_checks.byte_errors(answer.data) == []
    days = [day.uuid for day in events.days_of(event)]
    assert all(f"UID:event-{event.uuid}-d{day}" in _unfolded(answer.text) for day in days)
    assert "Kommuntutorernas" in answer.text
    assert f"http://localhost:8000/sv/events/{event.slug}" in _unfolded(answer.text)
    assert "meeting.example" not in answer.text
    assert "ATTENDEE" not in answer.text


def test_an_unchanged_calendar_file_is_not_sent_again(client: PageClient) -> None:
    address = f"/events/{builders.event(attendance=Attendance.ON_SITE).slug}.ics"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_calendar_file_of_a_called_off_event_cancels_it(client: PageClient) -> None:
    event = builders.event(status=EventStatus.CALLED_OFF, called_off_at=clock.now())
    assert "STATUS:CANCELLED" in client.get(f"/events/{event.slug}.ics").text


def _unfolded(text: str) -> str:
    return text.replace("\r\n ", "")
