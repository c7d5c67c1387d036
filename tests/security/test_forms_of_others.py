"""What one browser has sent is no other browser's to see or to change, even when its address has leaked."""

from sqlalchemy import select

from app.database import db
from app.registrations.models import Registration
from tests import builders
from tests.page_client import PageClient

MARIA = {"given_name": "Maria", "family_name": "Åkerlund", "email": "maria@espoo.fi"}
EVE = {"given_name": "Eve", "family_name": "Evil", "email": "eve@vantaa.fi"}


def test_the_nonce_in_anothers_done_page_sent_again_does_not_open_that_page(client: PageClient) -> None:
    event = builders.event()
    path = f"/en/events/{event.slug}/register"
    form = client.get(path)
    done = client.submit(form, **MARIA)
    leaked = [done.request.path.rpartition("/")[2], _nonce_of(form)]
    eve: PageClient = client.application.test_client()
    for nonce in leaked:
        seen = eve.submit(eve.get(path), **EVE, nonce=nonce)
        assert "maria@espoo.fi" not in seen.text
        assert "eve@vantaa.fi" in seen.text
        assert eve.get(done.request.path).status_code == 404
        assert eve.get(f"{done.request.path}/municipality").status_code == 404
    assert db.session.scalars(select(Registration).order_by(Registration.id)).first().municipality_code == "049"


def test_the_nonce_of_one_event_does_not_stand_for_another(client: PageClient) -> None:
    events = [builders.event(), builders.event()]
    form = client.get(f"/en/events/{events[0].slug}/register")
    client.submit(form, **MARIA)
    other = client.get(f"/en/events/{events[1].slug}/register")
    assert client.submit(other, **MARIA, nonce=_nonce_of(form)).h1 == "You have a place"
    assert len(db.session.scalars(select(Registration)).all()) == 2


def _nonce_of(page) -> str:
    (field,) = [one for one in page.document.iter("input") if one.get("name") == "nonce"]
    return str(field.get("value"))
