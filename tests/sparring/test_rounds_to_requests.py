"""An invited municipality finds in the form what is known of it, and its call is marked as a request."""

from urllib.parse import urlsplit

from sqlalchemy import select

from app.database import begin_write, db
from app.sparring import links
from app.sparring.models import Request, Source
from app.sparring.round_models import CallRow, CallStatus, Round
from app.translated import Translated
from tests import builders
from tests.page_client import PageClient


def called() -> CallRow:
    """Askola, in a round that is open, as the caller knows it."""
    today = builders.in_days(0).date()
    of = Round(season=builders.season(), name=Translated(fi="Kierros"), opens_on=today, closes_on=today)
    row = CallRow(round=of, municipality_code=builders.ASKOLA, contact_name="Outi Niemi", contact_language="en",
                  contact_email="outi@askola.example", status=CallStatus.INTERESTED)  # fmt: skip
    begin_write()
    db.session.add(row)
    db.session.flush()
    row.link_hash = links.digest(links.call_token(row.uuid))
    db.session.commit()
    return row


def test_the_link_of_an_invitation_leads_into_the_form_with_what_is_known(client: PageClient) -> None:
    row = called()
    page = client.submit(client.get(urlsplit(links.call_url(row)).path))
    assert page.h1 == "Who is asking?"
    page = client.submit(client.submit(page), themes_in_own_words="Kirjasto")
    page = client.submit(page, mode="any", wished_weeks="viikko 7")
    client.submit(page, "Send the request")
    made = db.session.scalars(select(Request)).one()
    assert (made.municipality_code, made.contact_name) == (builders.ASKOLA, "Outi Niemi")
    assert (made.call_id, made.round_id, made.source) == (row.id, row.round_id, Source.CALL)
    db.session.expire_all()
    assert row.status is CallStatus.REQUESTED


def test_a_request_of_its_own_accord_is_tied_to_the_open_round_too(client: PageClient) -> None:
    row = called()
    page = client.submit(
        client.get("/en/sparring/request/who"), contact_name="Kaj", contact_email="kaj@askola.example",
        municipality_code=builders.ASKOLA,
    )  # fmt: skip
    page = client.submit(client.submit(page, themes_in_own_words="x"), mode="any", wished_weeks="viikko 7")
    client.submit(page, "Send the request")
    made = db.session.scalars(select(Request)).one()
    assert (made.call_id, made.source) == (row.id, Source.WEB)
