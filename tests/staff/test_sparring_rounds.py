"""Rounds and their call list: making one, calling through it, two callers on one row, invitations."""

from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import func, select

from app import clock
from app.database import db
from app.messages.models import Message
from app.people.models import Role
from app.sparring import links
from app.sparring.models import Request
from app.sparring.round_models import CallRow, CallStatus, Round
from tests import builders, round_builders
from tests.page_client import Page, PageClient

ROUNDS = "/staff/sparring/rounds/"


def test_a_round_comes_with_a_row_for_each_municipality_of_the_region(client: PageClient) -> None:
    builders.season()
    builders.signed_in(client)
    page = client.click(client.get(ROUNDS), "New round")
    fields = {"name-fi": "Tammikuun kierros 2027", "opens_on": "2027-01-11", "goal_municipalities": "8"}
    page = client.submit(page, "Save", **fields, closes_on="2027-01-10")
    assert page.errors == ["A round must close after it opens"]
    page = client.submit(page, "Save", closes_on="2027-01-29")
    assert page.h1 == "Tammikuun kierros 2027"
    assert db.session.scalar(select(func.count()).select_from(CallRow)) == 26
    assert "The goal is 8: 8 to go." in page.words
    assert "Not called 26" in page.words


def test_a_caller_writes_a_row_and_the_list_shows_what_is_due(client: PageClient) -> None:
    of = round_builders.round_of_calls()
    caller = builders.signed_in(client)
    page = client.click(client.get(f"{ROUNDS}{of.id}"), "Espoo")
    page = client.submit(page, "Save", status="call-again", contact_name="Hanna Salo", note="Palaa lomalta")
    assert page.errors == ["Enter the day on which to call again"]
    yesterday = clock.helsinki(clock.now()).date() - timedelta(days=1)
    page = client.submit(page, "Save", call_again_on=yesterday.isoformat(), next_step="Soita uudelleen")
    assert "Espoo is saved." in page.words
    page = client.get(f"{ROUNDS}{of.id}?status=due")
    assert "Should have been called" in page.words
    assert all(words in page.words for words in ("Hanna Salo", "Soita uudelleen", "Palaa lomalta", caller.name))
    assert "Askola" not in page.words
    history = client.click(page, "Espoo").words
    assert "Status: Not called → Call again. Call again on:" in history
    assert "Changed: caller, name of the contact, note and next step" in history


def test_the_list_is_narrowed_by_status_and_by_caller(client: PageClient) -> None:
    of = round_builders.round_of_calls()
    outi = builders.user(name="Outi Virtanen")
    round_builders.call_row(of, builders.ESPOO, status=CallStatus.INTERESTED, caller=outi)
    round_builders.call_row(of, builders.VANTAA, status=CallStatus.INTERESTED)
    builders.signed_in(client)
    page = client.get(f"{ROUNDS}{of.id}?status=interested")
    assert "Espoo" in page.words
    assert "Vantaa" in page.words
    page = client.submit(page, "Filter", caller=str(outi.id))
    assert "Espoo" in page.words
    assert "Vantaa" not in page.words


def test_who_saves_a_row_that_another_has_saved_is_told_and_loses_nothing_typed(client: PageClient) -> None:
    of = round_builders.round_of_calls()
    address = f"/staff/sparring/calls/{round_builders.call_row(of).id}"
    other = client.application.test_client()
    builders.signed_in(client)
    builders.signed_in(other)
    mine, theirs = client.get(address), other.get(address)
    other.submit(theirs, "Save", status="interested", note="Kirjasto kiinnostuu")
    page = client.submit(mine, "Save", status="not-reached", note="Ei vastausta")
    assert page.status_code == 409
    assert "Someone else saved this row after you opened it." in page.errors[0]
    assert "Kirjasto kiinnostuu" in page.words
    assert "Ei vastausta" in page.words
    assert round_builders.call_row(of).note == "Kirjasto kiinnostuu"
    client.submit(page, "Save")
    assert round_builders.call_row(of).note == "Ei vastausta"


def test_a_round_that_another_has_saved_is_not_overwritten(client: PageClient) -> None:
    of = round_builders.round_of_calls()
    builders.signed_in(client)
    page = client.get(f"{ROUNDS}{of.id}/edit")
    client.submit(page, "Save", goal_municipalities="6")
    again = client.submit(page, "Save", goal_municipalities="9")
    assert again.status_code == 409
    assert db.session.scalars(select(Round.goal_municipalities)).one() == 6
    assert 'value="9"' in again.get_data(as_text=True)


def test_invitations_go_to_the_chosen_in_their_language_and_only_once(client: PageClient) -> None:
    of = round_builders.round_of_calls()
    round_builders.call_row(of, builders.ESPOO, contact_name="Hanna Salo", contact_email="hanna@espoo.fi")
    raasepori = round_builders.call_row(of, builders.RAASEPORI, contact_email="kaj@raseborg.fi", contact_language="sv")
    round_builders.call_row(of, builders.VANTAA, contact_email="petri@vantaa.fi")
    builders.signed_in(client)
    chosen = [str(row.id) for row in (round_builders.call_row(of), raasepori, round_builders.call_row(of, "018"))]
    check = client.get(f"{ROUNDS}{of.id}/invite", query_string={"row": chosen})
    assert check.h1 == "Invite 2 municipalities by mail?"
    assert "Askola" in check.words
    assert "Vill ni ha sparring?" in check.words
    assert "2 invitations are on their way." in client.submit(check, "Send 2 invitations").words
    again = client.submit(check, "Send 2 invitations")
    assert "Someone changed these rows meanwhile" in again.words
    mails = db.session.scalars(select(Message).where(Message.occasion == "sparring-invitation")).all()
    assert {(mail.recipient, mail.language) for mail in mails} == {("hanna@espoo.fi", "fi"), ("kaj@raseborg.fi", "sv")}
    (swedish,) = (mail for mail in mails if mail.language == "sv")
    assert "Vill ni ha sparring?" in swedish.text
    assert links.call_url(raasepori) in swedish.text
    assert "The invitation was mailed" in client.get(f"/staff/sparring/calls/{raasepori.id}").words


def test_what_is_no_version_is_an_old_one(client: PageClient) -> None:
    of = round_builders.round_of_calls()
    builders.signed_in(client)
    for path in (f"/staff/sparring/calls/{round_builders.call_row(of).id}", f"{ROUNDS}{of.id}/edit"):
        for odd in ("²", "x"):
            assert client.submit(client.get(path), "Save", version=odd).status_code == 409


def test_viewers_and_tutors_see_no_call_list(client: PageClient) -> None:
    of = round_builders.round_of_calls()
    for role in (Role.VIEWER, Role.TUTOR):
        builders.signed_in(client, role)
        assert client.get(f"{ROUNDS}{of.id}").status_code == 403


def test_the_link_of_a_row_leads_to_a_form_that_knows_the_municipality_and_the_row_becomes_requested(
    client: PageClient,
) -> None:
    of = round_builders.round_of_calls()
    hanna = {"contact_name": "Hanna Salo", "contact_email": "hanna@espoo.fi", "contact_phone": "050 123"}
    link = urlsplit(links.call_url(round_builders.call_row(of, **hanna))).path + "?lang=en"
    page = client.submit(client.get(link), "Begin the request")
    assert {"Hanna Salo", "hanna@espoo.fi", "050 123"} <= {one.get("value") for one in page.document.iter("input")}
    sent_from(client, page)
    row = round_builders.call_row(of)
    assert row.status is CallStatus.REQUESTED
    assert db.session.scalars(select(Request.call_id)).all() == [row.id]
    assert "A request of Espoo has been sent already." in client.get(link).words
    builders.signed_in(client)
    assert "1 of 26 municipalities have asked for sparring." in client.get(f"{ROUNDS}{of.id}").words


def test_the_link_of_a_former_contact_does_not_show_the_next_one(client: PageClient) -> None:
    of = round_builders.round_of_calls()
    row = round_builders.call_row(of)
    given_by_phone = urlsplit(links.call_url(row)).path
    builders.signed_in(client)
    client.submit(client.get(f"/staff/sparring/calls/{row.id}"), "Save", contact_email="hanna@espoo.fi")
    assert client.get(given_by_phone).status_code == 200
    client.submit(client.get(f"/staff/sparring/calls/{row.id}"), "Save", contact_email="kaj@espoo.fi")
    assert client.get(given_by_phone).status_code == 404
    assert client.get(urlsplit(links.call_url(round_builders.call_row(of))).path).status_code == 200


def test_a_caller_makes_a_request_of_the_row_and_one_for_another_municipality_marks_that_ones_row(
    client: PageClient,
) -> None:
    of = round_builders.round_of_calls()
    hanna = {"contact_name": "Hanna Salo", "contact_email": "hanna@espoo.fi", "contact_language": "sv"}
    row = round_builders.call_row(of, **hanna)
    builders.signed_in(client)
    page = client.submit(client.get(f"/staff/sparring/calls/{row.id}"), "Make a request of this row")
    sent_from(client, page, municipality_code=builders.VANTAA)
    assert round_builders.call_row(of).status is CallStatus.NOT_CALLED
    assert round_builders.call_row(of, builders.VANTAA).status is CallStatus.REQUESTED
    history = client.get(f"/staff/sparring/calls/{round_builders.call_row(of, builders.VANTAA).id}").words
    assert "Status: Not called → Requested The municipality" in history


def sent_from(client: PageClient, page: Page, **fields: str) -> None:
    """Walk the rest of the request's form from its first step, and send it."""
    page = client.submit(page, **fields)
    page = client.submit(page, themes_in_own_words="Kirjaston digituki")
    page = client.submit(page, wished_weeks="Viikot 5–7", mode="any")
    assert client.submit(page, "Send the request").status_code == 200
