"""Two callers save the same row of the call list at the same moment, through two server processes."""

import os
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import select

from app import access
from app.database import db
from app.people import sign_in
from app.sparring.round_models import CallChange, CallRow
from tests import builders, round_builders
from tests.conftest import LiveServer
from tests.page_client import PageClient
from tests.visitor import Answer, Visitor, at_once

pytestmark = pytest.mark.usefixtures("app")

ROUNDS = 10 if os.environ.get("PROVE") == "1" else 3
NOTES = ("Kirjasto kiinnostuu", "Opisto kiinnostuu")


@dataclass
class Outcome:
    answers: list[Answer]
    row: CallRow
    changes: int


def both_save(client: PageClient, server: str) -> Outcome:
    """Each opens the row in a browser of their own, and then both save at once, each with another note."""
    row = round_builders.call_row(round_builders.round_of_calls())
    callers = [caller(client, server) for _ in NOTES]
    path = f"/staff/sparring/calls/{row.id}"
    for one in callers:
        assert one.open(path).status == 200
    fields = {"status": "interested", "contact_language": "fi"}
    answers = at_once([partial(one.send, path, note=note, **fields) for one, note in zip(callers, NOTES, strict=True)])
    for one in callers:
        one.close()
    db.session.rollback()
    changes = db.session.scalars(select(CallChange.id).where(CallChange.call_id == row.id)).all()
    return Outcome(answers, db.session.get_one(CallRow, row.id), len(changes))


def caller(client: PageClient, server: str) -> Visitor:
    """Someone of the team, signed in: the cookie is made by our own application, whose secret the server shares."""
    visitor = Visitor(server)
    token = sign_in.redeem_link(sign_in.link(builders.user()))
    db.session.commit()
    with client.session_transaction() as session:
        session[access.SESSION_KEY] = token
    cookie = client.get_cookie("kuntailmo")
    assert cookie
    visitor.cookies[cookie.key] = cookie.value
    return visitor


def test_of_two_callers_one_wins_and_the_other_is_told_with_all_that_was_typed(
    client: PageClient, live_server: LiveServer
) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        done = both_save(client, server)
        assert sorted(answer.status for answer in done.answers) == [303, 409]
        (told,) = (answer for answer in done.answers if answer.status == 409)
        assert all(note in told.body for note in NOTES)
        assert done.row.note in NOTES
        assert done.changes == 1


def test_control_without_the_version_the_first_caller_is_overwritten(
    client: PageClient, live_server: LiveServer
) -> None:
    done = both_save(client, live_server(processes=2, application="tests.races.unversioned:app"))
    assert [answer.status for answer in done.answers] == [303, 303]
    assert done.changes == 2
