"""Many at once, through HTTP and two server processes: never a place too many, never an error, never two of one."""

import os
from collections import Counter
from functools import partial

import pytest
from sqlalchemy import func, select

from app.database import db
from app.events.models import Event, Mode
from app.messages.models import Message
from app.registrations import doctor, links
from app.registrations.models import Registration, Status
from tests import builders
from tests.conftest import LiveServer
from tests.visitor import Answer, Visitor, at_once

pytestmark = pytest.mark.usefixtures("app")

PROVE = os.environ.get("PROVE") == "1"
ROUNDS = 20 if PROVE else 3
PEOPLE = 32


PERSON = {"given_name": "Åsa", "family_name": "Östberg", "municipality": "049", "mode": "online", "language": "sv"}


def send_at_once(server: str, forms: list[tuple[str, dict[str, str]]]) -> list[Answer]:
    """Open each form in a browser of its own, and then send them all at the same moment."""
    visitors = [Visitor(server) for _ in forms]
    for visitor, (path, _fields) in zip(visitors, forms, strict=True):
        assert visitor.open(path).status == 200
    answers = at_once([partial(v.send, path, **fields) for v, (path, fields) in zip(visitors, forms, strict=True)])
    for visitor in visitors:
        visitor.close()
    return answers


def registrations(event: Event, addresses: list[str]) -> list[tuple[str, dict[str, str]]]:
    return [(f"/fi/events/{event.slug}/register", PERSON | {"email": address}) for address in addresses]


def withdrawal(registration: Registration) -> tuple[str, dict[str, str]]:
    return f"/r/{links.token(links.Purpose.MANAGE, registration)}/withdraw", {}


def statuses(event: Event) -> Counter[Status]:
    db.session.rollback()
    return Counter(db.session.scalars(select(Registration.status).where(Registration.event_id == event.id)))


def different_people() -> list[str]:
    return [f"henkilo.{number}@espoo.fi" for number in range(PEOPLE)]


def test_the_last_place_goes_to_one_of_many_and_the_others_wait(live_server: LiveServer) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = builders.event(places_online=1)
        answers = send_at_once(server, registrations(event, different_people()))
        assert {answer.status for answer in answers} == {303}
        assert statuses(event) == {Status.CONFIRMED: 1, Status.WAITING: PEOPLE - 1}
    assert doctor.examine() == []


def test_control_with_the_count_before_the_lock_the_place_is_given_away_many_times(live_server: LiveServer) -> None:
    event = builders.event(places_online=1)
    server = live_server(processes=2, application="tests.races.unlocked:app")
    send_at_once(server, registrations(event, different_people()))
    assert statuses(event)[Status.CONFIRMED] > 1
    assert doctor.examine() != []


def test_the_same_address_sent_four_times_at_once_is_one_registration(live_server: LiveServer) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = builders.event()
        answers = send_at_once(server, registrations(event, ["asa@espoo.fi"] * 4))
        assert {answer.status for answer in answers} == {303}
        assert statuses(event) == {Status.CONFIRMED: 1}


def test_two_who_withdraw_at_once_let_both_of_the_queue_in_once_each(live_server: LiveServer) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = builders.event(places_online=2)
        holders = [builders.registration(event) for _ in range(2)]
        waiting = [builders.registration(event) for _ in range(2)]
        forms = [withdrawal(holder) for holder in holders]
        db.session.rollback()
        answers = send_at_once(server, forms)
        assert {answer.status for answer in answers} == {303}
        assert statuses(event) == {Status.CONFIRMED: 2, Status.WITHDRAWN: 2}
        told = select(func.count()).where(
            Message.occasion == "promoted", Message.recipient.in_([person.email for person in waiting])
        )
        assert db.session.scalars(told).one() == 2


def test_one_who_withdraws_while_others_register_leaves_no_free_place_beside_a_queue(live_server: LiveServer) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = builders.event(places_online=1)
        leaving = withdrawal(builders.registration(event, mode=Mode.ONLINE))
        db.session.rollback()
        answers = send_at_once(server, [leaving, *registrations(event, different_people()[:7])])
        assert {answer.status for answer in answers} == {303}
        assert statuses(event) == {Status.CONFIRMED: 1, Status.WAITING: 6, Status.WITHDRAWN: 1}
