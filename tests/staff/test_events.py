"""An organiser's way from a new event to a published one."""

import pytest
from sqlalchemy import select

from app import clock
from app.database import db
from app.events import queries as events
from app.events.models import Event, EventStatus
from tests import builders
from tests.page_client import Page, PageClient

WEBINAR = {
    "title-fi": "Sähköinen asiointi & digituki",
    "days-0-date": "2027-03-10",
    "days-0-starts": "9.00",
    "days-0-ends": "11.30",
    "places_online": "60",
}


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    builders.season()
    builders.signed_in(client)
    return client


def draft(organiser: PageClient, **fields: object) -> Event:
    answer = organiser.submit(organiser.get("/staff/events/new"), **WEBINAR | fields)
    assert answer.status_code == 200, answer.errors
    return db.session.scalars(select(Event).order_by(Event.id.desc())).first()  # type: ignore[return-value]


def test_a_new_event_is_a_draft_with_its_address_made_from_the_finnish_title(organiser: PageClient) -> None:
    event = draft(organiser)
    assert (event.status, event.slug, event.places_online) == (EventStatus.DRAFT, "sahkoinen-asiointi-digituki", 60)
    (day,) = events.days_of(event)
    assert clock.helsinki(day.starts_at).isoformat() == "2027-03-10T09:00:00+02:00"


def test_a_published_event_is_on_its_page(organiser: PageClient) -> None:
    event = draft(organiser)
    page = organiser.submit(organiser.get(f"/staff/events/{event.id}/publish"), "Publish anyway")
    assert "The event is published." in page.words
    assert db.session.get_one(Event, event.id).status is EventStatus.PUBLISHED


def test_every_page_of_an_event_opens(organiser: PageClient) -> None:
    event = draft(organiser)
    for path in ("", "/edit", "/programme", "/publish", "/copy", "/unpublish", "/archive"):
        page = organiser.get(f"/staff/events/{event.id}{path}")
        assert isinstance(page, Page)
        assert page.status_code == 200, path
    assert "Sähköinen" in organiser.get("/staff/events/?part=drafts").words
