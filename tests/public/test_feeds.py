"""Calendars to subscribe to: the public one, and the own one of those who sign in."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from app import clock
from app.database import begin_write, db
from app.events.feeds import Subscription
from app.events.models import Attendance, Event, EventStatus
from app.people.models import Role, User
from app.translated import Translated
from tests import builders, calendar_checks
from tests.html_checks import text_of
from tests.page_client import PageClient

FEED = "/events.ics?lang=fi"


def uids(answer: TestResponse) -> list[str]:
    return [line.removeprefix("UID:") for line in unfolded(answer).split("\r\n") if line.startswith("UID:")]


def unfolded(answer: TestResponse) -> str:
    return answer.text.replace("\r\n ", "")


def rename(event: Event, title: str) -> None:
    begin_write()
    db.session.get_one(Event, event.id).title = Translated(fi=title)
    db.session.commit()


def own_feed(client: PageClient) -> str:
    """Makes an address on the account page, and reads it there as a person would."""
    page = client.submit(client.get("/staff/account"), "Make an address for your calendar")
    return address_on(page)


def address_on(page: TestResponse) -> str:
    (address,) = [text_of(part) for part in page.document.iter("code")]
    return address.removeprefix("http://localhost:8000")


def test_the_public_feed_holds_every_public_day_with_the_uids_of_the_files(client: PageClient) -> None:
    shown = [builders.event(days=2), builders.event(attendance=Attendance.HYBRID), builders.event(days=0)]
    builders.event(status=EventStatus.DRAFT)
    feed = client.get(FEED)
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert calendar_checks.libical_errors(feed.data) == []
    assert calendar_checks.byte_errors(feed.data) == []
    files = [uid for event in shown[:2] for uid in uids(client.get(f"/events/{event.slug}.ics"))]
    assert sorted(uids(feed)) == sorted(files)
    assert len(files) == 3
    assert {"NAME:Kuntailmo", "X-PUBLISHED-TTL:PT1H"} <= set(unfolded(feed).split("\r\n"))


def test_its_window_reaches_from_90_days_ago_to_400_ahead_and_keeps_what_was_called_off(client: PageClient) -> None:
    for days in (-92, -89, 399, 401):
        builders.event(slug=f"day{days}", starts_at=builders.in_days(days))
    builders.event(slug="called-off", status=EventStatus.CALLED_OFF, called_off_at=clock.now() - timedelta(days=40))
    feed = unfolded(client.get(FEED))
    assert [name for name in ("day-92", "day-89", "day399", "day401", "called-off") if f"/{name}\r\n" in feed] == [
        "day-89",
        "day399",
        "called-off",
    ]
    assert feed.count("STATUS:CANCELLED") == 1


def test_nobody_and_no_way_into_a_meeting_stands_in_it(client: PageClient) -> None:
    builders.registration(builders.event(meeting_url="https://meeting.example/secret", contact_name="Kaisa"))
    feed = unfolded(client.get(FEED))
    assert not any(word in feed for word in ("Maria", "ATTENDEE", "meeting.example", "Kaisa", "/j/", "/r/"))


def test_it_speaks_the_language_asked_for_or_the_browsers(client: PageClient) -> None:
    builders.event()
    assert "Kommuntutorernas" in client.get("/events.ics?lang=sv").text
    assert "Kommuntutorernas" in client.get("/events.ics", headers={"Accept-Language": "sv"}).text


@pytest.mark.parametrize("own", [False, True])
def test_it_is_sent_again_only_when_something_has_changed(client: PageClient, own: bool) -> None:
    event = builders.event()
    if own:
        builders.signed_in(client)
    address = own_feed(client) if own else FEED
    program = client.application.test_client()
    first = program.get(address)
    assert first.headers["Cache-Control"] == f"{'private' if own else 'public'}, max-age=900"
    assert not first.headers["ETag"].startswith("W/")
    again = program.get(address)
    assert (again.headers["ETag"], again.data) == (first.headers["ETag"], first.data)
    known = {"If-None-Match": first.headers["ETag"]}
    seen = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert [program.get(address, headers=one).status_code for one in (known, seen)] == [304, 304]
    head = program.head(address)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        rename(event, "Uusi otsikko")
    assert [program.get(address, headers=one).status_code for one in (known, seen)] == [200, 200]


def test_an_event_taken_back_is_news_too(client: PageClient) -> None:
    builders.event()
    taken_back = builders.event()
    first = client.get(FEED)
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        begin_write()
        db.session.get_one(Event, taken_back.id).status = EventStatus.DRAFT
        db.session.commit()
    answer = client.get(FEED, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (answer.status_code, len(uids(answer))) == (200, 1)


def test_the_list_of_events_says_how_to_subscribe_and_that_mails_are_still_needed(client: PageClient) -> None:
    page = client.get("/sv/events/")
    assert 'href="webcal://localhost:8000/events.ics?lang=sv"' in page.text
    assert "http://localhost:8000/events.ics?lang=sv" in page.words
    assert "ersätter därför inte mejlet" in page.words


def test_the_forms_of_an_address() -> None:
    subscription = Subscription("https://tapahtumat.example/cal/abc.ics")
    assert subscription.webcal == "webcal://tapahtumat.example/cal/abc.ics"
    assert subscription.google == (
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Ftapahtumat.example%2Fcal%2Fabc.ics"
    )


def test_a_tutors_own_feed_holds_the_own_events_and_the_way_to_their_lists(client: PageClient) -> None:
    tutor = builders.user(Role.TUTOR, language="sv")
    hosted, named = builders.event(hosts=[builders.ESPOO]), builders.event(tutors=[tutor])
    builders.event(hosts=[builders.ESPOO], status=EventStatus.DRAFT)
    builders.event(hosts=[builders.VANTAA])
    builders.registration(hosted)
    builders.signed_in(client, tutor)
    page = client.submit(client.get("/staff/account?lang=en"), "Make an address for your calendar")
    answer = client.application.test_client().get(address_on(page))
    files = [uid for event in (hosted, named) for uid in uids(client.get(f"/events/{event.slug}.ics"))]
    assert sorted(uids(answer)) == sorted(files)
    assert calendar_checks.libical_errors(answer.data) == []
    assert f"/staff/events/{hosted.id}/registrations" in unfolded(answer)
    assert "NAME:Kuntailmo: egna evenemang" in unfolded(answer)
    assert "Åkerlund" not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_an_organisers_own_feed_holds_all_events_but_drafts(client: PageClient) -> None:
    for status in EventStatus:
        builders.event(status=status)
    builders.signed_in(client, Role.ORGANISER)
    assert len(uids(client.get(own_feed(client)))) == len(EventStatus) - 1


def test_a_new_address_ends_the_old_one_and_switching_off_ends_it_too(client: PageClient) -> None:
    builders.signed_in(client)
    first = own_feed(client)
    assert address_on(client.get("/staff/account")) == first
    second = address_on(client.submit(client.get("/staff/account"), "Make a new address"))
    assert [client.get(address).status_code for address in (first, second)] == [404, 200]
    page = client.submit(client.get("/staff/account"), "Switch the address off")
    assert "The address is switched off." in page.text
    assert client.get(second).status_code == 404


def test_the_address_dies_with_the_right_to_sign_in(client: PageClient) -> None:
    who = builders.signed_in(client)
    address = own_feed(client)
    db.session.get_one(User, who.id).active = False
    db.session.commit()
    assert client.get(address).status_code == 404


def test_a_user_with_a_new_mailbox_needs_a_new_address(client: PageClient) -> None:
    who = builders.user(Role.TUTOR)
    tutor: PageClient = client.application.test_client()
    builders.signed_in(tutor, who)
    address = own_feed(tutor)
    builders.signed_in(client, Role.ADMINISTRATOR)
    client.submit(client.get(f"/staff/users/{who.id}"), "Save", email="successor@espoo.example")
    assert client.get(address).status_code == 404


def test_no_log_repeats_the_address(app: Flask, client: PageClient, capsys: pytest.CaptureFixture[str]) -> None:
    builders.signed_in(client)
    address = own_feed(client)
    client.get(address)
    written = capsys.readouterr().out
    assert json.loads(written.splitlines()[-1])["route"] == "/cal/<token>.ics"
    assert address.removeprefix("/cal/").removesuffix(".ics") not in written
