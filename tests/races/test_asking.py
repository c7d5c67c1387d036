"""Two clicks on "Send the request" at the same moment make one request."""

from sqlalchemy import func, select

from app.database import db
from app.messages.models import Message
from app.sparring.models import Request, RequestDraft
from tests import builders
from tests.conftest import LiveServer
from tests.visitor import Visitor, at_once

CLICKS = 6
FORM = "/en/sparring/request"


def test_many_clicks_at_once_make_one_request_and_its_mails(live_server: LiveServer, app: object) -> None:
    builders.season()
    visitor = Visitor(live_server())
    visitor.open(f"{FORM}/who")
    visitor.send(
        f"{FORM}/who", contact_name="Maria", contact_email="maria@espoo.fi", contact_language="en", is_joint="no"
    )
    visitor.send(f"{FORM}/what", themes_in_own_words="Kirjasto", starting_level="unsure")
    visitor.send(f"{FORM}/when", mode="any", language="fi", wished_weeks="viikko 7", duration_minutes="90")
    visitor.open(f"{FORM}/check")
    assert "nonce" in visitor.hidden
    hands = [Visitor(visitor.server, dict(visitor.cookies), dict(visitor.hidden)) for _ in range(CLICKS)]
    answers = at_once([lambda hand=hand: hand.send(f"{FORM}/check") for hand in hands])
    for one in (visitor, *hands):
        one.close()
    assert {(answer.status, answer.location) for answer in answers} == {(303, "/en/sparring/sent")}
    counts = [db.session.scalar(select(func.count()).select_from(kind)) for kind in (Request, Message, RequestDraft)]
    assert counts == [1, 2, 0]
