"""Materials and recordings: for those who took part, when it is over; for anyone only where the organiser says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import time_machine
from sqlalchemy import select

from app.database import db
from app.events.models import Event, EventStatus
from app.registrations import links, own_changes
from app.translated import Translated
from tests import builders
from tests.page_client import PageClient

WORDS = "Materials and recordings Slides here"
GIVEN = Translated(en="Slides [here](https://materials.example/slides)")


@contextmanager
def afterwards(event: Event) -> Iterator[None]:
    with time_machine.travel(event.ends_at + timedelta(minutes=1), tick=False):
        yield


def pages(event: Event) -> list[str]:
    """The join page and the personal page of someone with a place, and the page for anyone."""
    made = builders.registration(event, language="en")
    own = [urlsplit(link).path for link in (links.join_url(made), links.manage_url(made))]
    return [*own, f"/en/events/{event.slug}"]


def test_participants_get_them_when_it_is_over_and_nobody_before(client: PageClient) -> None:
    event = builders.event(materials=GIVEN)
    addresses = pages(event)
    assert [WORDS in client.get(address).words for address in addresses] == [False, False, False]
    with afterwards(event):
        assert [WORDS in client.get(address).words for address in addresses] == [True, True, False]


def test_the_organiser_can_show_them_to_anyone(client: PageClient) -> None:
    event = builders.event(materials=GIVEN, materials_public=True)
    addresses = pages(event)
    assert WORDS not in client.get(addresses[-1]).words
    with afterwards(event):
        assert [WORDS in client.get(address).words for address in addresses] == [True, True, True]


def test_whoever_withdrew_or_never_got_a_place_does_not_get_them(client: PageClient) -> None:
    event = builders.event(materials=GIVEN, places_online=1)
    holder, waiting = (builders.registration(event, language="en") for _ in range(2))
    own_changes.withdraw(waiting)
    db.session.commit()
    with afterwards(event):
        words = [client.get(urlsplit(links.manage_url(one)).path).words for one in (holder, waiting)]
    assert [WORDS in page for page in words] == [True, False]


def test_an_event_that_was_called_off_has_none(client: PageClient) -> None:
    event = builders.event(materials=GIVEN, materials_public=True)
    addresses = pages(event)
    event.status = EventStatus.CALLED_OFF
    db.session.commit()
    with afterwards(event):
        assert [WORDS in client.get(address).words for address in addresses] == [False, False, False]


def test_the_organiser_adds_them_after_the_event_and_a_copy_does_not_take_them_along(client: PageClient) -> None:
    event = builders.event(starts_at=builders.in_days(-2))
    builders.signed_in(client)
    form = client.get(f"/staff/events/{event.id}/edit")
    client.submit(form, "Save", **{"materials-sv": "Bilder [här](https://materials.example)", "materials_public": True})
    db.session.refresh(event)
    assert (event.materials.sv, event.materials_public) == ("Bilder [här](https://materials.example)", True)
    assert client.get(f"/sv/events/{event.slug}").words.count("Bilder här") == 1
    client.submit(client.get(f"/staff/events/{event.id}/copy"), "Make a copy", first_day="2027-06-01")
    copy = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert copy is not None
    assert (copy.materials, copy.materials_public) == (Translated(), False)
