"""The programme of an event, written day by day."""

import pytest

from app.database import db
from app.events import queries as events
from app.events.models import Event, ItemForm
from app.translated import Translated
from tests import builders
from tests.page_client import Page, PageClient


@pytest.fixture
def event(organiser: PageClient) -> Event:
    """One day, from 9 to 15."""
    return builders.event()


def programme(event: Event) -> str:
    return f"/staff/events/{event.id}/programme"


def add(organiser: PageClient, event: Event, starts: str, ends: str, title: str = "Avaus", **fields: str) -> Page:
    form = organiser.click(organiser.get(programme(event)), "Add an item")
    return organiser.submit(form, "Save", starts=starts, ends=ends, **{"title-fi": title} | fields)


def test_items_stand_in_the_order_of_their_times(organiser: PageClient, event: Event) -> None:
    add(organiser, event, "10.30", "10.45", "Kahvi", form="break")
    page = add(organiser, event, "9.00", "10.30", "Avaus", speakers="Maria Åkerlund", room="Sali A")
    assert "9:00–10:30 Avaus Talk Maria Åkerlund Sali A 10:30–10:45 Kahvi Break" in page.words


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        ("8.30", "9.30", "Keep the item inside the hours of its day"),
        ("14.30", "15.30", "Keep the item inside the hours of its day"),
        ("10.00", "10.00", "An item must end after it starts"),
        ("", "10.00", "Enter when it starts"),
        ("kymmenen", "11.00", "Enter a time such as 9.00"),
    ],
)
def test_an_item_lies_inside_its_day(
    organiser: PageClient, event: Event, starts: str, ends: str, sentence: str
) -> None:
    page = add(organiser, event, starts, ends, "Pitkään mietitty")
    assert page.errors == [sentence]
    assert "Pitkään mietitty" in page.get_data(as_text=True)
    assert events.programme_of(event) == {}


def test_an_item_can_be_changed_and_removed(organiser: PageClient, event: Event) -> None:
    (day,) = events.days_of(event)
    item = builders.programme_item(day, title=Translated(fi="Avaus", sv="Öppning"))
    form = organiser.click(organiser.get(programme(event)), "Avaus")
    organiser.submit(form, "Save", ends="9.15", form="discussion", **{"title-en": "Opening"})
    (item,) = events.programme_of(event)[day.id]
    assert item.title == Translated(fi="Avaus", sv="Öppning", en="Opening")
    assert item.form is ItemForm.DISCUSSION

    organiser.submit(organiser.click(organiser.get(programme(event)), "Opening"), "Remove from the programme")
    db.session.rollback()
    assert events.programme_of(event) == {}


def test_an_item_is_found_in_its_own_event_only(organiser: PageClient, event: Event) -> None:
    (day,) = events.days_of(event)
    item, other = builders.programme_item(day), builders.event()
    assert organiser.get(f"{programme(other)}/{item.id}").status_code == 404
    assert organiser.get(f"{programme(other)}/days/{day.id}/new").status_code == 404


def test_an_item_that_a_shortened_day_leaves_outside_is_marked(organiser: PageClient, event: Event) -> None:
    builders.programme_item(events.days_of(event)[0])
    form = organiser.get(f"/staff/events/{event.id}/edit")
    organiser.submit(organiser.submit(form, "Save", **{"days-0-starts": "9.30"}), "Save the change")
    assert "Outside the day’s hours" in organiser.get(programme(event)).words


def test_an_event_without_a_day_has_no_programme_yet(organiser: PageClient) -> None:
    page = organiser.get(programme(builders.event(days=0)))
    assert "The event has no day yet" in page.words
