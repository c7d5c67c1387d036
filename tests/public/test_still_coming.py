"""“Are you still coming?”: asked once, some days before, of those who have a place; one button keeps, one frees."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask, current_app
from sqlalchemy import select

from app import clock, worker
from app.database import begin_write, db
from app.events.models import Event
from app.messages.models import Message
from app.people.models import Role
from app.registrations import links, still_coming
from app.registrations.models import Announcement, Registration, Status
from tests import builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def work() -> None:
    """All that the worker has to announce at this moment."""
    for step in (worker.ask_still_coming, worker.announce):
        with current_app.app_context():
            while step():
                pass
    db.session.rollback()


def asked_by_mail() -> list[str]:
    mails = select(Message.recipient).where(Message.occasion == "still-coming").order_by(Message.id)
    return list(db.session.scalars(mails))


def page_of(registration: Registration) -> str:
    return urlsplit(links.coming_url(registration)).path


@pytest.fixture
def event() -> Event:
    """One place, and the question is asked five days before."""
    return builders.event(places_online=1, still_coming_days=5)


@pytest.fixture
def asked(event: Event) -> Iterator[Registration]:
    """Someone who has been asked, with somebody else waiting; it is five days before the event."""
    mine = builders.registration(event, language="en")
    builders.registration(event, email="waits@vantaa.example")
    with time_machine.travel(builders.in_days(9) + timedelta(minutes=1)):
        work()
        yield mine


def test_it_is_asked_at_nine_of_those_with_a_place_and_only_once(event: Event) -> None:
    mine = builders.registration(event)
    builders.registration(event)
    with time_machine.travel(builders.in_days(9) - timedelta(minutes=1)):
        work()
        assert asked_by_mail() == []
    with time_machine.travel(builders.in_days(9) + timedelta(minutes=1)):
        work()
        assert asked_by_mail() == [mine.email]
        begin_write()
        db.session.get_one(Event, event.id).still_coming_days = 4
        db.session.commit()
        later = builders.registration(builders.event(still_coming_days=None))
    with time_machine.travel(builders.in_days(10) + timedelta(minutes=1)):
        work()
        assert asked_by_mail() == [mine.email]
    assert (mine.still_coming_asked_at is not None, later.still_coming_asked_at) == (True, None)


def test_one_who_registers_after_the_question_is_not_asked() -> None:
    event = builders.event(still_coming_days=5)
    builders.registration(event)
    with time_machine.travel(builders.in_days(9) + timedelta(minutes=1)):
        with current_app.app_context():
            worker.ask_still_coming()
        newcomer = builders.registration(event)
        work()
        assert len(asked_by_mail()) == 1
        assert newcomer.still_coming_asked_at is None


@pytest.mark.parametrize("given", [{"status": "called-off"}, {"still_coming_days": None}])
def test_it_is_not_asked_when_the_event_is_called_off_or_the_organiser_does_not_want_it(
    event: Event, given: dict[str, object]
) -> None:
    builders.registration(event)
    begin_write()
    for name, value in given.items():
        setattr(event, name, value)
    db.session.commit()
    with time_machine.travel(builders.in_days(9) + timedelta(minutes=1)):
        work()
        assert db.session.scalars(select(Announcement)).all() == []


def test_the_hour_follows_helsinki_through_the_change_to_winter_time() -> None:
    starts = clock.helsinki_to_utc(datetime(2027, 11, 1).date(), time(8))
    event = builders.event(starts_at=starts, still_coming_days=2)
    assert still_coming.due_at(event) == clock.helsinki_to_utc(datetime(2027, 10, 30).date(), time(9))


def test_yes_keeps_the_place_and_twice_is_already_said(client: PageClient, asked: Registration) -> None:
    page = client.get(page_of(asked))
    assert page.h1 == "Are you still coming?"
    db.session.refresh(asked)
    assert asked.still_coming_at is None, "looking changes nothing"
    assert "Thank you! Your place is yours." in client.submit(page, "Yes, I am coming").words
    assert "already said" in client.submit(page, "Yes, I am coming").words
    db.session.refresh(asked)
    assert (asked.status, asked.still_coming_at is not None) == (Status.CONFIRMED, True)
    assert "No, give my place" in client.get(page_of(asked)).words


def test_no_frees_the_place_for_the_next_at_once_and_twice_is_already_done(
    client: PageClient, asked: Registration
) -> None:
    page = client.get(page_of(asked))
    done = client.submit(page, "No, give my place to the next")
    assert "Thank you for telling." in done.words
    statuses = dict(db.session.execute(select(Registration.email, Registration.status)).all())
    assert statuses == {asked.email: Status.WITHDRAWN, "waits@vantaa.example": Status.CONFIRMED}
    assert "already been withdrawn" in client.submit(page, "No, give my place to the next").words
    assert "already been withdrawn" not in client.get(page_of(asked), follow_redirects=True).words


def test_the_personal_page_asks_too_until_it_is_answered(client: PageClient, asked: Registration) -> None:
    own = page_of(asked).removesuffix("/coming")
    page = client.click(client.get(own), "Answer yes or no")
    client.submit(page, "Yes, I am coming")
    assert "Answer yes or no" not in client.get(own).words


def test_the_organiser_sees_who_has_not_answered(client: PageClient, asked: Registration) -> None:
    builders.signed_in(client, Role.ORGANISER)
    address = f"/staff/events/{asked.event_id}/registrations"
    page = client.get(address)
    assert "Asked, not answered (1)" in page.words
    silent = client.get(f"{address}?coming=unanswered").words
    assert asked.email in silent
    assert "waits@vantaa.example" not in silent
    assert "not answered" in client.get(f"/staff/registrations/{asked.id}").words
    client.submit(client.get(page_of(asked) + "?lang=en"), "Yes, I am coming")
    assert asked.email not in client.get(f"{address}?coming=unanswered").words
    assert asked.email in client.get(f"{address}?coming=yes").words
    assert "Told that they are still coming" in client.get(f"/staff/registrations/{asked.id}").words


def test_one_who_was_not_asked_is_sent_to_the_personal_page(app: Flask, client: PageClient, event: Event) -> None:
    mine = builders.registration(event, language="en")
    assert client.get(page_of(mine), follow_redirects=True).h1 == "You have a place"
