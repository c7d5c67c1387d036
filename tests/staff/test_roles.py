"""What each role meets: the pages behind every gate, with events that are theirs and events that are not."""

import pytest
from sqlalchemy import select

from app.database import db
from app.events.models import Event
from app.people.models import AccessLogEntry, Role
from app.registrations.models import Registration
from app.translated import Translated
from tests import builders
from tests.page_client import PageClient


@pytest.fixture
def event(client: PageClient) -> Event:
    made = builders.event(hosts=[builders.ESPOO])
    builders.registration_row(made, family_name="Näkyvä")
    return made


def registration_of(event: Event) -> Registration:
    return db.session.scalars(select(Registration).where(Registration.event_id == event.id)).one()


def addresses(event: Event) -> list[str]:
    """All that shows or takes names of an event."""
    of_the_event, of_one = f"/staff/events/{event.id}", f"/staff/registrations/{registration_of(event).id}"
    lists = [f"{of_the_event}/{page}" for page in ("registrations", "municipalities", "municipalities.csv")]
    return [*lists, f"{of_the_event}/municipalities.xlsx", of_one, f"{of_one}/correct"]


@pytest.mark.parametrize(("role", "answer"), [(Role.TUTOR, 404), (Role.VIEWER, 403)])
def test_for_tutors_of_other_municipalities_and_viewers_an_events_people_are_out_of_reach(
    client: PageClient, event: Event, role: Role, answer: int
) -> None:
    builders.signed_in(client, builders.user(role, municipality_code=builders.VANTAA))
    for address in addresses(event):
        assert client.get(address).status_code == answer, address
    token = _token(client)
    one = f"/staff/registrations/{registration_of(event).id}"
    for address in (f"{one}/check", f"{one}/correct", f"/staff/events/{event.id}/registrations/search"):
        assert client.post(address, data={"csrf_token": token, "checked": "yes"}).status_code == answer, address
    assert registration_of(event).checked_at is None
    assert db.session.scalars(select(AccessLogEntry)).all() == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANISER, Role.TUTOR])
def test_administrators_organisers_and_the_hosts_tutors_see_an_events_people(
    client: PageClient, event: Event, role: Role
) -> None:
    builders.signed_in(client, role)
    for address in addresses(event):
        assert client.get(address).status_code == 200, address


def test_a_tutor_named_in_an_event_that_another_municipality_hosts_sees_its_people(client: PageClient) -> None:
    tutor = builders.user(Role.TUTOR, municipality_code=builders.VANTAA)
    event = builders.event(hosts=[builders.ESPOO], tutors=[tutor])
    builders.registration_row(event)
    builders.signed_in(client, tutor)
    assert {client.get(address).status_code for address in addresses(event)} == {200}


def test_a_tutor_corrects_and_checks_but_is_offered_nothing_else(client: PageClient, event: Event) -> None:
    builders.signed_in(client, Role.TUTOR)
    registration = registration_of(event)
    page = client.get(f"/staff/registrations/{registration.id}")
    assert "Mail about this registration" not in page.words
    assert "Withdraw" not in page.words
    client.submit(page, "Mark as checked")
    client.submit(client.get(f"/staff/registrations/{registration.id}/correct"), municipality=builders.RAASEPORI)
    assert (registration.checked_at is not None, registration.municipality_code) == (True, builders.RAASEPORI)
    assert "Add a person" not in client.get(f"/staff/events/{event.id}/registrations").words
    token = _token(client)
    for action in ("withdraw", "promote", "messages/1/again"):
        answer = client.post(f"/staff/registrations/{registration.id}/{action}", data={"csrf_token": token})
        assert answer.status_code == 403, action
    assert registration.is_confirmed


def test_a_viewer_sees_figures_and_no_names(client: PageClient, event: Event) -> None:
    builders.signed_in(client, Role.VIEWER)
    page = client.get("/staff/")
    assert "1 place taken" in page.words
    assert "Näkyvä" not in page.text
    assert f"/staff/events/{event.id}" not in page.text


def test_home_shows_a_tutor_the_own_events_only(client: PageClient, event: Event) -> None:
    builders.event(hosts=[builders.VANTAA], title=Translated(fi="Vantaan ilta"))
    builders.signed_in(client, Role.TUTOR)
    page = client.get("/staff/")
    assert "Kuntatutoreiden syysseminaari" in page.words
    assert "Vantaan ilta" not in page.words


@pytest.mark.parametrize(
    ("role", "bar"),
    [
        (Role.ADMINISTRATOR, ["Home", "Events", "Sparring", "Users", "Mail domains", "Access log"]),
        (Role.ORGANISER, ["Home", "Events", "Sparring"]),
        (Role.TUTOR, ["Home", "Events", "Sparring"]),
        (Role.VIEWER, ["Home", "Events", "Sparring"]),
    ],
)
def test_the_bar_leads_to_what_a_role_may_open(client: PageClient, role: Role, bar: list[str]) -> None:
    builders.signed_in(client, role)
    page = client.get("/staff/")
    navigation = page.document.find(".//nav[@class='k-staff-nav']")
    links = navigation.findall(".//ul//a")
    assert ["".join(link.itertext()) for link in links] == bar
    assert [link.get("href") for link in links if link.get("aria-current")] == ["/staff/"]
    assert {client.get(link.get("href")).status_code for link in links} == {200}


def test_one_chooses_the_language_of_ones_pages(client: PageClient) -> None:
    builders.signed_in(client, builders.user(Role.TUTOR, language="en"))
    page = client.submit(client.get("/staff/account"), "Save", language="sv")
    assert page.document.get("lang") == "sv"


def test_who_is_not_signed_in_is_asked_to_and_comes_back_to_the_page(client: PageClient, event: Event) -> None:
    answer = client.get(f"/staff/events/{event.id}/registrations")
    assert answer.status_code == 302
    assert f"next=/staff/events/{event.id}/registrations" in answer.headers["Location"].replace("%2F", "/")


def _token(client: PageClient) -> str:
    page = client.get("/staff/account")
    return next(one.get("value") for one in page.document.iter("input") if one.get("name") == "csrf_token")
