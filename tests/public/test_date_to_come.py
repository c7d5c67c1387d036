"""An event that is published before it has a day: shown in words, open once it has a day."""

import pytest
from sqlalchemy import select

from app.database import db
from app.errors import Refused
from app.events.models import Event, EventStatus
from app.registrations.models import Registration
from app.translated import Translated
from tests import builders
from tests.page_client import Page, PageClient

EXPECTED = Translated(fi="Kevät 2027", sv="Våren 2027")


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    builders.signed_in(client)
    return client


def undated(**given: object) -> Event:
    return builders.event(days=0, expected=EXPECTED, slug="kevat", **given)


def the(event_id: int) -> Event:
    return db.session.get_one(Event, event_id, populate_existing=True)


def test_it_is_published_with_words_in_place_of_a_day(organiser: PageClient) -> None:
    builders.season()
    form = organiser.get("/staff/events/new")
    organiser.submit(form, **{"title-fi": "Verkostopäivä", "expected-fi": "Kevät 2027"})
    event = db.session.scalars(select(Event)).one()
    page = organiser.get(f"/staff/events/{event.id}/publish")
    assert "No day is set. The event is shown with “Kevät 2027”" in page.words
    assert "The event is published." in organiser.submit(page).words
    assert "Kevät 2027" in organiser.get("/staff/events/").words


def test_the_lists_and_its_page_say_when_it_is_expected_and_dated_events_stand_first(client: PageClient) -> None:
    undated()
    builders.event(title=Translated(fi="Päivätty"), starts_at=builders.in_days(90))
    listing = client.get("/sv/events/")
    assert "Våren 2027" in listing.words
    assert listing.words.index("Päivätty") < listing.words.index("Våren 2027")
    page = client.get("/fi/events/kevat")
    assert "Kevät 2027" in page.words
    assert "/events/kevat.ics" not in page.get_data(as_text=True)
    assert client.get("/events/kevat.ics").status_code == 404
    assert "/fi/events/kevat" in client.get("/sitemap.xml").get_data(as_text=True)


def test_nobody_can_register_before_there_is_a_day(client: PageClient) -> None:
    event = undated()
    assert "Registration has not opened yet" in client.get("/en/events/kevat/register", follow_redirects=True).words
    with pytest.raises(Refused, match="not opened"):
        builders.attempt(event)


def test_with_a_day_it_is_an_event_like_others(organiser: PageClient) -> None:
    event = undated()
    day = builders.in_days(60).date().isoformat()
    fields = {"days-0-date": day, "days-0-starts": "9.00", "days-0-ends": "12.00"}
    form = organiser.get(f"/staff/events/{event.id}/edit")
    organiser.submit(organiser.submit(form, "Save", **fields), "Save the change")
    page = organiser.get("/fi/events/kevat")
    assert "Kevät 2027" not in page.words
    assert builders.attempt(the(event.id)).status == "confirmed"


def edited(organiser: PageClient, event: Event, **fields: object) -> Page:
    return organiser.submit(organiser.get(f"/staff/events/{event.id}/edit"), "Save", **fields)


def test_it_opens_at_no_time_as_long_as_it_has_no_day(organiser: PageClient) -> None:
    opens = {"registration_opens_at-date": "2027-01-01", "registration_opens_at-time": "9.00"}
    page = edited(organiser, undated(), **opens)
    assert page.errors == ["Give the event a day first: until then registration is not open"]


def test_an_event_whose_people_hold_places_keeps_a_day(organiser: PageClient) -> None:
    event = builders.event(expected=EXPECTED)
    no_day = {"days-0-date": "", "days-0-starts": "", "days-0-ends": ""}
    builders.registration(event)
    assert edited(organiser, event, **no_day).errors == ["People have registered, so the event needs at least one day."]
    db.session.execute(Registration.__table__.update().values(status="withdrawn"))
    db.session.commit()
    organiser.submit(edited(organiser, event, **no_day), "Save the change")
    assert the(event.id).starts_at is None
    assert the(event.id).status is EventStatus.PUBLISHED
