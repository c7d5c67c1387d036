"""Nothing is done for a form that another site has sent, whoever is signed in."""

from app.database import db
from app.people.models import Role
from tests import builders
from tests.page_client import PageClient


def test_every_address_that_takes_a_form_takes_only_our_own(client: PageClient) -> None:
    builders.signed_in(client, Role.ADMINISTRATOR)
    event = builders.event()
    registration = builders.registration(event)
    values = {"language": "en", "slug": event.slug, "token": "x", "nonce": "x", "domain": "espoo.fi", "mode": "online"}
    values |= {"event_id": event.id, "registration_id": registration.id, "user_id": 1, "season_id": event.season_id}
    values |= {"day_id": 1, "item_id": 1, "message_id": 1, "invitation_id": 1, "rule_id": 1, "key": "x"}
    values |= {"announcement_id": 1, "occasion": "confirmed", "consent_id": 1, "question_id": 1, "kind": "text"}
    values |= {"name": "photo", "from_id": event.id, "step": "who", "state": "called-off", "uuid": "x"}
    values |= dict.fromkeys(("request_id", "other_id", "profile_id", "naming_id", "theme_id", "round_id", "call_id"), 1)
    values |= dict.fromkeys(("poll_id", "meeting_id", "guest_id"), 1)
    adapter = client.application.url_map.bind("localhost")
    tried = [rule for rule in client.application.url_map.iter_rules() if "POST" in (rule.methods or ())]
    for rule in tried:
        address = adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, "POST")
        for body in ({}, {"csrf_token": "forged"}):
            assert client.post(address, data=body, check_html=False).status_code == 400, rule.rule
    assert len(tried) > 30
    db.session.refresh(registration)
    assert registration.is_confirmed
