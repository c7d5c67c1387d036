"""Registering through the form: what is asked, what a second try does, what the done page says."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock
from app.database import db
from app.events.models import Attendance, Event, EventStatus, Mode
from app.messages.models import Message
from app.registrations import hand_over
from app.registrations.hand_over_notices import Receiver
from app.registrations.models import Attempt, Registration, Status
from tests import builders, html_checks
from tests.conftest import MakeApp, Queries
from tests.page_client import PageClient

MARIA = {"given_name": "Maria", "family_name": "Åkerlund", "email": "maria@espoo.fi"}
STATEMENTS_AT_MOST = 25


def form_of(client: PageClient, event: Event) -> TestResponse:
    return client.get(f"/en/events/{event.slug}/register")


def send(client: PageClient, event: Event, **fields: str) -> TestResponse:
    return client.submit(form_of(client, event), **MARIA | fields)


def registrations() -> list[Registration]:
    return list(db.session.scalars(select(Registration).order_by(Registration.id)))


def mails() -> list[str]:
    return list(db.session.scalars(select(Message.occasion).order_by(Message.id)))


def test_a_minute_is_enough(client: PageClient) -> None:
    event = builders.event(spoken_languages=["fi"])
    page = send(client, event)
    assert page.h1 == "You have a place"
    assert "maria@espoo.fi" in page.words
    assert "30 minutes before the start" in page.words
    assert f"/events/{event.slug}.ics?lang=en" in page.text
    (made,) = registrations()
    assert (made.status, made.municipality_code, made.language) == (Status.CONFIRMED, builders.ESPOO, "en")
    (mail,) = db.session.scalars(select(Message))
    assert mail.occasion == "confirmed"
    assert "Municipality: Espoo" in (mail.text or "")


def test_the_personal_link_is_only_in_the_mail(client: PageClient) -> None:
    page = send(client, builders.event())
    text = db.session.scalars(select(Message.text)).one()
    (link,) = set(re.findall(r"/r/[\w-]{43}", text or ""))
    assert "/r/" not in page.text
    assert client.get(link).h1 == "You have a place"


def test_the_municipality_follows_from_the_address(client: PageClient) -> None:
    page = send(client, builders.event(), email="Maria@EDU.Espoo.fi")
    assert "Espoo, filled in from your email address" in page.words


def test_a_form_that_leaves_the_optional_questions_out_is_taken(client: PageClient) -> None:
    event = builders.event()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form_of(client, event).text)
    assert token
    answer = client.post(f"/en/events/{event.slug}/register", data=MARIA | {"csrf_token": token[1]})
    assert answer.status_code == 303
    assert registrations()[0].municipality_code == builders.ESPOO


def test_a_filled_in_municipality_can_be_corrected_on_the_done_page(client: PageClient) -> None:
    page = client.click(send(client, builders.event()), "Change municipality")
    page = client.submit(page, municipality=builders.VANTAA)
    assert page.h1 == "You have a place"
    assert "filled in" not in page.words
    assert registrations()[0].municipality_code == builders.VANTAA


def test_correcting_to_another_organisation_asks_for_its_name(client: PageClient) -> None:
    form = client.click(send(client, builders.event()), "Change municipality")
    refused = client.submit(form, municipality="other")
    assert refused.errors == ["Enter the name of your organisation"]
    client.submit(refused, municipality="other", organisation="Kansalaisopisto")
    (made,) = registrations()
    assert (made.municipality_code, made.organisation) == (None, "Kansalaisopisto")


def test_a_correction_by_whom_the_address_does_not_belong_to_changes_nothing(client: PageClient) -> None:
    event = builders.event()
    builders.registration(event, email="maria@espoo.fi", municipality_code=builders.ESPOO)
    page = client.click(send(client, event), "Change municipality")
    page = client.submit(page, municipality=builders.VANTAA)
    assert "Vantaa" in page.words
    assert registrations()[0].municipality_code == builders.ESPOO


@pytest.mark.parametrize("is_registered", [False, True])
def test_a_correction_opens_no_way_round_the_places_of_a_municipality(client: PageClient, is_registered: bool) -> None:
    event = builders.event(municipality_limit=1)
    builders.registration(event, municipality_code=builders.VANTAA)
    if is_registered:  # the page must not tell
        builders.registration(event, email="maria@espoo.fi", municipality_code=None, organisation="Yhdistys ry")
    form = client.click(send(client, event), "Change municipality")
    page = client.submit(form, municipality=builders.VANTAA)
    assert page.errors == ["All places reserved for Vantaa are taken. More may be released later."]
    client.submit(page, municipality=builders.TAMPERE)
    assert [one.municipality_code for one in registrations()][1] == (None if is_registered else builders.TAMPERE)


def test_a_correction_lets_in_who_waited_for_a_place_of_the_municipality(client: PageClient) -> None:
    event = builders.event(municipality_limit=1)
    form = client.click(send(client, event), "Change municipality")
    builders.registration(event)
    client.submit(form, municipality=builders.VANTAA)
    assert [one.status for one in registrations()] == [Status.CONFIRMED, Status.CONFIRMED]


def test_who_has_handed_the_place_over_corrects_it_no_more(client: PageClient) -> None:
    form = client.click(send(client, builders.event()), "Change municipality")
    (made,) = registrations()
    hand_over.ask(made, Receiver(given_name="Outi", family_name="Niemi", email="outi@espoo.fi", language="fi"))
    db.session.commit()
    (link,) = re.findall(r"/r/hand-over/[\w-]{43}", " ".join(filter(None, db.session.scalars(select(Message.text)))))
    client.submit(client.get(f"{link}?lang=en"))
    client.submit(form, municipality=builders.VANTAA)
    assert registrations()[0].municipality_code == builders.ESPOO


def test_an_unknown_domain_asks_for_the_municipality_and_keeps_what_was_typed(client: PageClient) -> None:
    page = send(client, builders.event(), email="maria@gmail.example", role="Librarian")
    assert page.errors == ["The address does not tell your municipality. Choose it or another organisation"]
    assert page.title.startswith("Error: ")
    assert 'value="Librarian"' in page.text
    page = client.submit(page, municipality=builders.TAMPERE)
    assert page.h1 == "You have a place"
    assert registrations()[0].municipality_code == builders.TAMPERE


def test_another_organisation_needs_its_name(client: PageClient) -> None:
    page = send(client, builders.event(), municipality="other")
    assert page.errors == ["Enter the name of your organisation"]
    client.submit(page, organisation="Yhdistys ry")
    (made,) = registrations()
    assert (made.municipality_code, made.organisation) == (None, "Yhdistys ry")


def test_an_empty_form_names_each_answer_that_is_missing(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID)
    page = client.submit(form_of(client, event))
    assert page.errors == [
        "Enter your given name",
        "Enter your family name",
        "Enter your work email address",
        "Choose how you take part",
    ]


def test_the_regions_municipalities_come_first(client: PageClient) -> None:
    page = form_of(client, builders.event())
    groups = [group.get("label") for group in page.document.iter("optgroup")]
    values = [option.get("value") for option in page.document.iter("option")]
    assert groups == ["Uusimaa", "Other municipalities"]
    assert values[:2] == ["", builders.ASKOLA]
    assert values[-1] == "other"
    assert len(values) == 308 + 2


def test_taking_part_is_asked_only_where_there_is_a_choice(client: PageClient) -> None:
    assert 'name="mode"' not in form_of(client, builders.event(attendance=Attendance.ONLINE)).text
    hybrid = builders.event(attendance=Attendance.HYBRID, places_on_site=1)
    builders.registration(hybrid, mode=Mode.ON_SITE)
    page = form_of(client, hybrid)
    assert "Full, you can join the waiting list" in page.words
    assert client.submit(page, **MARIA, mode="online").h1 == "You have a place"
    assert registrations()[-1].mode is Mode.ONLINE


def test_a_full_event_puts_on_the_waiting_list_and_tells_the_number_and_the_rule(client: PageClient) -> None:
    event = builders.event(places_online=1)
    builders.registration(event)
    builders.registration(event)
    page = send(client, event)
    assert page.h1 == "You are on the waiting list"
    assert "You are number 2 in the queue of" in page.words
    assert "A freed place goes to the person who has waited longest." in page.words
    assert ".ics" not in page.text


def test_the_same_form_sent_twice_is_one_registration_and_one_mail(client: PageClient) -> None:
    event = builders.event()
    form = form_of(client, event)
    first = client.submit(form, **MARIA)
    again = client.submit(form, **MARIA)
    assert first.request.path == again.request.path
    assert first.text == again.text
    assert len(registrations()) == 1
    assert mails() == ["confirmed"]


def test_a_nonce_that_the_service_did_not_make_is_replaced(client: PageClient) -> None:
    event = builders.event()
    page = client.submit(form_of(client, event), **MARIA, nonce="short")
    assert re.search(r"/registered/[\w-]{22}$", page.request.path)


def test_reloading_the_done_page_does_nothing(client: PageClient) -> None:
    page = send(client, builders.event())
    assert page.history[0].status_code == 303
    client.get(page.request.path)
    assert len(registrations()) == 1


@pytest.mark.parametrize("places", [None, 1])
def test_an_address_that_has_registered_sees_what_a_new_one_sees(
    client: PageClient, app: object, places: int | None
) -> None:
    event = builders.event(places_online=places)
    builders.registration(event)
    builders.registration(event, email="maria@espoo.fi")
    known = send(client, event)
    stranger = send(client.application.test_client(), event, email="outi@espoo.fi")
    assert _masked(known) == _masked(stranger).replace("outi@", "maria@")
    assert len(registrations()) == 3
    assert mails()[-2] == "registered-already"


def _masked(page: TestResponse) -> str:
    return re.sub(r"registered/[\w-]{22}", "registered/…", page.text)


def test_an_address_is_reminded_three_times_a_day_at_most(client: PageClient) -> None:
    event = builders.event()
    builders.registration(event, email="maria@espoo.fi")
    for _ in range(5):
        assert send(client, event).h1 == "You have a place"
    assert mails().count("registered-already") == 3


def test_a_done_page_opens_only_in_the_browser_that_sent_the_form(client: PageClient) -> None:
    page = send(client, builders.event())
    assert client.application.test_client().get(page.request.path).status_code == 404


def at_field(page: TestResponse, name: str) -> str:
    """The sentence that a field points to as its error."""
    return next(html_checks.text_of(part) for part in page.document.iter() if part.get("id") == f"{name}-error")


def test_what_others_have_taken_meanwhile_is_said_at_its_field_too(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=1, places_online=9, waiting_list=False)
    form = form_of(client, event)
    builders.registration(event, mode=Mode.ON_SITE)
    page = client.submit(form, **MARIA | {"mode": "on-site"})
    assert page.errors == ["The places on site are taken. There may be room online."]
    assert "The places on site are taken." in at_field(page, "mode")


def test_a_municipality_whose_places_have_gone_meanwhile_is_said_at_its_field(client: PageClient) -> None:
    event = builders.event(municipality_limit=1, waiting_list=False)
    form = form_of(client, event)
    builders.registration(event)
    page = client.submit(form, **MARIA | {"municipality": "049"})
    assert page.errors == ["All places reserved for Espoo are taken. More may be released later."]
    assert "All places reserved for Espoo" in at_field(page, "municipality")


def test_a_form_that_was_open_when_the_last_place_went_says_so_and_keeps_the_answers(client: PageClient) -> None:
    event = builders.event(places_online=1, waiting_list=False)
    form = form_of(client, event)
    builders.registration(event)
    page = client.submit(form, **MARIA)
    assert page.errors == ["The event is full, and it has no waiting list."]
    assert 'value="Åkerlund"' in page.text


@pytest.mark.parametrize(
    "given",
    [
        {"status": EventStatus.CALLED_OFF},
        {"registration_opens_at": clock.now() + timedelta(days=1)},
        {"registration_closes_at": clock.now() - timedelta(days=1)},
        {"places_online": 0, "waiting_list": False},
    ],
)
def test_a_form_that_cannot_be_sent_is_not_offered(client: PageClient, given: dict[str, object]) -> None:
    event = builders.event(**given)
    answer = form_of(client, event)
    assert answer.status_code == 302
    assert answer.location == f"/en/events/{event.slug}"


def test_a_draft_takes_no_registrations(client: PageClient) -> None:
    assert form_of(client, builders.event(status=EventStatus.DRAFT)).status_code == 404


def test_too_many_forms_from_one_network_are_asked_to_wait_with_their_answers_kept(make_app: MakeApp) -> None:
    app = make_app(ratelimit_enabled=True, ratelimit_form_posts="1 per hour")
    with app.app_context():
        event = builders.event()
        client: PageClient = app.test_client()
        form = form_of(client, event)
        client.submit(form)
        page = client.submit(form, **MARIA)
        assert page.status_code == 429
        assert "Retry-After" in page.headers
        assert page.errors[0].startswith("Many forms have come from your network")
        assert 'value="Åkerlund"' in page.text
        assert form_of(client, event).status_code == 200


def test_a_registration_costs_few_statements(
    client: PageClient, count_queries: Callable[[], AbstractContextManager[Queries]]
) -> None:
    event = builders.event(hosts=[builders.ESPOO])
    send(client, event)
    form = form_of(client, event)
    with count_queries() as queries:
        client.submit(form, given_name="Outi", family_name="Niemi", email="outi@vantaa.fi")
    of_the_post = queries.statements[: _first_of_the_done_page(queries.statements)]
    assert len(of_the_post) <= STATEMENTS_AT_MOST, "\n".join(of_the_post)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 2


def _first_of_the_done_page(statements: list[str]) -> int:
    """The done page begins after the last row is written."""
    return max(at for at, statement in enumerate(statements) if statement.startswith("INSERT")) + 1
