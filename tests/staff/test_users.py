"""Administrators decide who may sign in, and whose mail domains are known."""

import pytest
from sqlalchemy import select

from app.database import db
from app.people import queries as people
from app.people.models import AccessLogEntry, MailDomain, Role, User
from tests import builders
from tests.page_client import PageClient


@pytest.fixture
def administrator(client: PageClient) -> User:
    return builders.signed_in(client, Role.ADMINISTRATOR)


def test_a_new_user_signs_in_by_the_address_in_whatever_case(client: PageClient, administrator: User) -> None:
    page = client.get("/staff/users/new")
    done = client.submit(
        page, name="Outi Tutor", email="Outi@Espoo.fi", role="tutor", municipality="049", language="sv"
    )
    assert "Outi Tutor" in done.words
    made = people.user_by_email("outi@espoo.fi")
    assert made is not None
    assert (made.role, made.municipality_code, made.language, made.active) == (Role.TUTOR, "049", "sv", True)


def test_a_tutor_without_a_municipality_is_refused_at_the_field(client: PageClient, administrator: User) -> None:
    page = client.get("/staff/users/new")
    refused = client.submit(page, name="Outi", email="outi@espoo.fi", role="tutor")
    assert refused.errors == ["Choose the municipality whose tutor this is"]
    assert 'value="Outi"' in refused.text


def test_a_tutors_page_opens_with_the_municipality_and_saves_as_it_is(client: PageClient, administrator: User) -> None:
    tutor = builders.user(Role.TUTOR, municipality_code=builders.VANTAA, name="Sari Laaksonen")
    page = client.submit(client.get(f"/staff/users/{tutor.id}"), "Save")
    assert page.errors == []
    db.session.rollback()
    assert (tutor.municipality_code, tutor.name) == (builders.VANTAA, "Sari Laaksonen")


def test_two_users_do_not_share_an_address(client: PageClient, administrator: User) -> None:
    page = client.get("/staff/users/new")
    refused = client.submit(page, name="Other", email=administrator.email.upper(), role="viewer")
    assert refused.errors == ["This address belongs to a user already."]


@pytest.mark.parametrize("change", [{"role": "organiser"}, {"active": False}])
def test_the_last_administrator_stays(client: PageClient, administrator: User, change: dict[str, object]) -> None:
    page = client.get(f"/staff/users/{administrator.id}")
    refused = client.submit(page, "Save", **change)
    assert refused.errors == ["This is the last administrator. Make someone else an administrator first."]
    assert (administrator.role, administrator.active) == (Role.ADMINISTRATOR, True)


def test_an_administrator_can_step_down_when_there_is_another(client: PageClient, administrator: User) -> None:
    builders.user(Role.ADMINISTRATOR)
    client.submit(client.get(f"/staff/users/{administrator.id}"), "Save", role="viewer")
    assert administrator.role is Role.VIEWER
    assert client.get("/staff/users/").status_code == 403


def test_who_may_no_longer_sign_in_is_out_at_once(client: PageClient, administrator: User) -> None:
    other = client.application.test_client()
    organiser = builders.signed_in(other, Role.ORGANISER)
    client.submit(client.get(f"/staff/users/{organiser.id}"), "Save", active=False)
    assert other.get("/staff/").status_code == 302


def test_sessions_can_be_revoked(client: PageClient, administrator: User) -> None:
    other = client.application.test_client()
    organiser = builders.signed_in(other, Role.ORGANISER)
    page = client.submit(client.get(f"/staff/users/{organiser.id}"), "Sign out everywhere")
    assert f"{organiser.name} is signed out everywhere." in page.words
    assert other.get("/staff/").status_code == 302
    assert client.get("/staff/").status_code == 200


def test_a_change_of_address_signs_out(client: PageClient, administrator: User) -> None:
    other = client.application.test_client()
    organiser = builders.signed_in(other, Role.ORGANISER)
    client.submit(client.get(f"/staff/users/{organiser.id}"), "Save", email="new@espoo.fi")
    assert other.get("/staff/").status_code == 302


def test_a_domain_is_added_changed_and_removed(client: PageClient, administrator: User) -> None:
    page = client.get("/staff/mail-domains/new")
    client.submit(page, domain="@Uusi.Example", municipality="018", source="web site")
    assert people.municipality_of_address("x@uusi.example") == "018"
    page = client.get("/staff/mail-domains/uusi.example")
    client.submit(page, "Save", domain="uudempi.example", municipality="092")
    assert people.municipality_of_address("x@uusi.example") is None
    assert people.municipality_of_address("x@uudempi.example") == "092"
    client.submit(client.get("/staff/mail-domains/uudempi.example"), "Remove the domain")
    assert people.municipality_of_address("x@uudempi.example") is None


@pytest.mark.parametrize("typed", ["espoo", "x@espoo.fi", "espoo .fi", "-espoo.fi"])
def test_what_is_no_domain_is_refused(client: PageClient, administrator: User, typed: str) -> None:
    page = client.get("/staff/mail-domains/new")
    refused = client.submit(page, domain=typed, municipality="049", source="web site")
    assert refused.errors == ["Enter a domain like municipality.fi"]


def test_a_known_domain_is_not_added_twice(client: PageClient, administrator: User) -> None:
    known = db.session.scalars(select(MailDomain)).first()
    assert known is not None
    page = client.get("/staff/mail-domains/new")
    refused = client.submit(page, domain=known.domain, municipality="837", source="a guess")
    assert refused.errors == ["This domain is in the table already: change it there."]


def test_the_access_log_tells_who_looked_the_latest_first_in_pages(client: PageClient, administrator: User) -> None:
    for number in range(130):
        db.session.add(AccessLogEntry(user_id=administrator.id, action="registrations.view", subject=f"event:{number}"))
    db.session.commit()
    page = client.get("/staff/access-log/")
    assert "event:129" in page.words
    assert "event:29" not in page.words
    assert "event:0" in client.click(page, "Next page").words


def test_the_access_log_speaks_in_words_and_leads_to_what_it_is_about(client: PageClient, administrator: User) -> None:
    event = builders.event()
    registration = builders.registration(event)
    client.get(f"/staff/events/{event.id}/municipalities")
    client.get(f"/staff/registrations/{registration.id}")
    page = client.get("/staff/access-log/")
    assert f"Looked at the registration Registration {registration.id}" in page.words
    assert f"Looked at the list per municipality {event.title.into('en')}" in page.words
    assert client.click(page, str(event.title.into("en"))).h1 == "Registrations"
