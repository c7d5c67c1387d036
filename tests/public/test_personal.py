"""The personal page: what the holder of the link sees and can do, and that looking changes nothing."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import select

from app.database import db
from app.events.models import Attendance, Event, EventStatus, Mode
from app.messages.models import Message
from app.registrations import links
from app.registrations.models import CalendarEntry, Registration, Status
from app.translated import Translated
from tests import builders, calendar_checks
from tests.page_client import PageClient


def manage(registration: Registration) -> str:
    return urlsplit(links.manage_url(registration)).path


def registered(event: Event | None = None, **given: object) -> tuple[Registration, str]:
    made = builders.registration(event or builders.event(), **{"language": "en"} | given)
    return made, manage(made)


def mails() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_it_shows_the_registration_and_nothing_of_it_is_stored_or_found(client: PageClient) -> None:
    made, link = registered(role="Librarian")
    page = client.get(link)
    assert page.h1 == "You have a place"
    for words in ("Maria Åkerlund", made.email, "Espoo", "Librarian", "Online"):
        assert words in page.words
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_it_speaks_the_persons_language_unless_another_is_asked_for(client: PageClient) -> None:
    _, link = registered(language="sv")
    assert client.get(link).document.get("lang") == "sv"
    assert client.get(f"{link}?lang=fi").document.get("lang") == "fi"


def test_one_who_waits_sees_the_number_in_the_queue(client: PageClient) -> None:
    event = builders.event(places_online=1)
    builders.registration(event)
    builders.registration(event)
    _, link = registered(event)
    page = client.get(link)
    assert page.h1 == "You are on the waiting list"
    assert "number 2 in the queue" in page.words
    assert client.get(f"{link}/calendar.ics").status_code == 404


def test_own_details_are_changed_and_confirmed_by_mail(client: PageClient) -> None:
    made, link = registered()
    form = client.click(client.get(link), "Change details")
    page = client.submit(form, given_name="Outi", municipality=builders.VANTAA, role="Tutor", language="sv")
    assert "Outi Åkerlund" in page.words
    assert "Vantaa" in page.words or "Vanda" in page.words
    assert page.document.get("lang") == "sv"
    db.session.refresh(made)
    assert (made.role, made.language) == ("Tutor", "sv")
    assert [mail.occasion for mail in mails()] == ["confirmed", "changed"]


def test_changed_details_are_checked_like_new_ones(client: PageClient) -> None:
    _, link = registered()
    page = client.submit(client.get(f"{link}/details"), family_name="", municipality="")
    assert page.errors == ["Enter your family name", "Choose your municipality"]
    page = client.submit(page, family_name="Niemi", municipality="other")
    assert page.errors == ["Enter the name of your organisation"]


def test_switching_gives_the_place_to_the_first_in_the_queue(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=1)
    made, link = registered(event, mode=Mode.ON_SITE)
    waiting = builders.registration(event, mode=Mode.ON_SITE)
    page = client.submit(client.get(link), "Switch to online")
    assert "you now take part in the other way" in page.words
    db.session.expire_all()
    assert (made.mode, waiting.status) == (Mode.ONLINE, Status.CONFIRMED)


def test_switching_where_there_is_no_room_is_refused_even_when_the_page_was_open(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_online=1)
    made, link = registered(event, mode=Mode.ON_SITE)
    page = client.get(link)
    builders.registration(event, mode=Mode.ONLINE)
    page = client.submit(page, "Switch to online")
    assert "There is no room there at the moment" in page.words
    assert "There is no room at the moment. Look again later." in page.words
    db.session.refresh(made)
    assert made.mode is Mode.ON_SITE


def test_an_event_with_one_way_of_taking_part_offers_no_switch(client: PageClient) -> None:
    _, link = registered()
    assert "instead" not in client.get(link).words
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(f"{link}/withdraw").text)
    assert token
    assert client.post(f"{link}/mode/on-site", data={"csrf_token": token[1]}).status_code == 404


def test_withdrawing_takes_one_confirming_step_and_twice_is_already_done(client: PageClient) -> None:
    event = builders.event(places_online=1)
    made, link = registered(event)
    waiting = builders.registration(event)
    ask = client.click(client.get(link), "Withdraw your registration")
    page = client.submit(ask)
    assert page.h1 == "Your registration has been withdrawn"
    db.session.expire_all()
    assert (made.status, waiting.status) == (Status.WITHDRAWN, Status.CONFIRMED)
    again = client.submit(ask)
    assert "had already been withdrawn" in again.words
    assert client.get(f"{link}/withdraw").h1 == "Your registration has already been withdrawn"
    assert [mail.calendar_method for mail in mails() if mail.occasion == "withdrawn"] == ["CANCEL"]


def test_after_the_start_it_can_only_be_read(client: PageClient) -> None:
    event = builders.event()
    _, link = registered(event)
    forms = client.get(f"{link}/details"), client.get(f"{link}/withdraw"), client.get(f"{link}/address")
    with time_machine.travel(event.starts_at + timedelta(minutes=1)):
        page = client.get(link)
        assert "has started" in page.words
        assert "Withdraw" not in page.words
        assert client.get(f"{link}/details").status_code == 302
        assert "can no longer be withdrawn" in client.get(f"{link}/withdraw").h1
        client.submit(forms[0], given_name="Outi")
        assert "has started" in client.submit(forms[1]).words
        assert "has started" in client.submit(forms[2], email="new@vantaa.fi").errors[0]
    assert db.session.scalars(select(Registration)).one().given_name == "Maria"


def test_after_the_event_it_says_thank_you(client: PageClient) -> None:
    event = builders.event()
    _, link = registered(event)
    with time_machine.travel(event.ends_at + timedelta(days=1)):
        assert client.get(link).h1 == "The event is over"


def test_a_called_off_event_says_so(client: PageClient) -> None:
    event = builders.event()
    _, link = registered(event)
    event.status, event.called_off_message = EventStatus.CALLED_OFF, Translated(fi="Kouluttaja on sairas.")
    db.session.commit()
    page = client.get(link)
    assert page.h1 == "The event has been called off"
    assert "Kouluttaja on sairas." in page.words
    assert "Withdraw" not in page.words


def test_the_calendar_download_has_the_uid_of_the_mail_and_no_attendee(client: PageClient) -> None:
    made, link = registered()
    answer = client.get(f"{link}/calendar.ics")
    assert calendar_checks.libical_errors(answer.data) == []
    text = answer.text.replace("\r\n ", "")
    assert "METHOD:PUBLISH" in text
    assert f"UID:{db.session.scalars(select(CalendarEntry.uid)).one()}" in text
    assert links.join_url(made) in text
    assert "ATTENDEE" not in text


@pytest.mark.parametrize("path", ["", "/details", "/withdraw", "/address", "/calendar.ics"])
def test_a_dead_link_helps(client: PageClient, path: str) -> None:
    answer = client.get(f"/r/{'x' * 43}{path}")
    assert answer.status_code == 404
    assert answer.h1 == "This link no longer works"
    assert "register for the same event with the same email address" in answer.words
