"""The participants' list: only who agreed, only for who has a place, and off it at once."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.database import db
from app.events.models import Event
from app.registrations import consents, links
from app.registrations.answer_models import Consent
from app.registrations.models import Registration
from tests import builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")
AGREED = {consents.PARTICIPANTS_LIST: "May be shown"}
PERSON = {"given_name": "Outi", "family_name": "Öhman", "email": "outi@espoo.fi", "municipality": builders.ESPOO}


def own(registration: Registration, part: str = "") -> str:
    return urlsplit(links.manage_url(registration)).path + part


@pytest.fixture
def event() -> Event:
    return builders.event(participants_list=True, places_online=4)


def test_those_who_agreed_are_shown_to_those_who_have_a_place_and_the_others_counted(
    client: PageClient, event: Event
) -> None:
    builders.registration(event, given_name="Kaj", family_name="Öhman", consents=AGREED)
    builders.registration(
        event, family_name="Wahl", municipality_code=None, organisation="Yhdistys ry", consents=AGREED, role="Pomo"
    )
    mine = builders.registration(event, language="en", family_name="Salainen")
    builders.registration(event)
    waiting = builders.registration(event, family_name="Jonottaja", consents=AGREED)
    page = client.click(client.get(own(mine)), "Who else is coming")
    assert "Maria Wahl, Yhdistys ry Kaj Öhman, Espoo and 2 others" in page.words
    for hidden in ("Salainen", "Jonottaja", "Pomo", "@"):
        assert hidden not in page.words
    assert client.get(own(waiting, "/participants")).status_code == 404


def test_it_is_there_only_when_the_organiser_wants_it(client: PageClient) -> None:
    event = builders.event()
    mine = builders.registration(event, language="en")
    assert client.get(own(mine, "/participants")).status_code == 404
    assert "Who else is coming" not in client.get(own(mine)).words
    assert "participants_list" not in client.get(f"/en/events/{event.slug}/register").text
    assert "I agree" not in client.get(own(mine, "/consents")).words


@pytest.mark.parametrize("ticked", [True, False])
def test_the_tick_in_the_form_is_kept_with_its_words(client: PageClient, event: Event, ticked: bool) -> None:
    client.submit(client.get(f"/en/events/{event.slug}/register"), participants_list=ticked, **PERSON)
    given = db.session.scalars(select(Consent)).all()
    words = "My name and municipality or organisation may be shown to the other participants of the event."
    assert [(one.matter, one.wording) for one in given] == ([("participants-list", words)] if ticked else [])


def test_the_consent_is_given_withdrawn_and_given_again_on_the_own_page(client: PageClient, event: Event) -> None:
    mine = builders.registration(event, language="en")
    page = client.submit(client.get(own(mine, "/consents")), "I agree")
    shown = client.get(own(mine, "/participants"))
    assert "Maria Åkerlund, Espoo" in shown.words
    withdrawn = client.submit(page, "Withdraw: take my name off the list")
    assert "Your consent is withdrawn." in withdrawn.words
    assert "Maria Åkerlund" not in client.get(own(mine, "/participants")).words
    assert "already been withdrawn" in client.submit(page, "Withdraw: take my name off the list").words
    client.submit(withdrawn, "I agree")
    assert "Maria Åkerlund" in client.get(own(mine, "/participants")).words
    assert "Agreed: name on the participants’ list" in client.get(own(mine)).words


def test_nobody_withdraws_the_consent_of_another(client: PageClient, event: Event) -> None:
    theirs = builders.registration(event, consents=AGREED)
    mine = builders.registration(event, language="en")
    page = client.get(own(mine, "/consents"))
    consent = db.session.scalars(select(Consent).where(Consent.registration_id == theirs.id)).one()
    token = client.get(own(mine, "/consents")).document.find(".//input[@name='csrf_token']").get("value")
    answer = client.post(own(mine, f"/consents/{consent.id}/withdraw"), data={"csrf_token": token})
    assert (page.status_code, answer.status_code) == (200, 404)
