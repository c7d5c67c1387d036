"""Places offered to a whole group that is answered for in the moment in which the offer ends and others register."""

import time
from datetime import timedelta
from functools import partial

import pytest

from app import clock
from app.database import db
from app.events.models import Event, Promotion
from app.registrations import doctor, links, own_changes, waitlist
from app.registrations.models import Group, Registration, Status
from tests import builders
from tests.conftest import LiveServer
from tests.races.test_groups_and_hand_overs import of_the_group
from tests.races.test_last_place import PERSON, PROVE, different_people, statuses
from tests.visitor import Answer, Visitor, at_once

pytestmark = pytest.mark.usefixtures("app")

ROUNDS = 12 if PROVE else 3
PLACES = 2


def offered() -> tuple[Event, str]:
    """An event whose places are offered to a group, two more wait: it, and the address of the group's answer."""
    event = builders.event(
        starts_at=builders.in_days(60), places_online=PLACES, promotion=Promotion.OFFER, largest_group=3
    )
    holders = [builders.registration(event) for _ in range(PLACES)]
    (first, *_others) = builders.group(event, "Aho", "Niemi")
    for holder in holders:
        own_changes.withdraw(holder)
        db.session.commit()
    for _ in range(2):
        builders.registration(event)
    assert of_the_group(event) == {Status.OFFERED: PLACES}
    return event, f"/g/{links.token(links.Purpose.GROUP, db.session.get_one(Group, first.group_id))}"


def answer_while_it_ends(server: str, event: Event, page: str, *, ends_in: float) -> list[Answer]:
    """The contact accepts twice, and four register, around the end of the offer."""
    forms = [(page, f"{page}/offer", {"answer": "accept"})] * 2
    register = f"/fi/events/{event.slug}/register"
    forms += [(register, register, PERSON | {"email": address}) for address in different_people()[:4]]
    visitors = [Visitor(server) for _ in forms]
    for visitor, (opened, _path, _fields) in zip(visitors, forms, strict=True):
        assert visitor.open(opened).status == 200
    ends_at = clock.now() + timedelta(seconds=ends_in)
    db.session.query(Registration).filter_by(event_id=event.id, status=Status.OFFERED).update(
        {"offer_expires_at": ends_at}
    )
    db.session.commit()
    sent = [partial(v.send, path, **fields) for v, (_, path, fields) in zip(visitors, forms, strict=True)]
    answers = at_once(sent)
    for visitor in visitors:
        visitor.close()
    return answers


def test_an_offer_to_a_group_that_ends_while_it_is_accepted_is_taken_or_lost_by_all_of_it(
    live_server: LiveServer,
) -> None:
    server = live_server(processes=2)
    for at in range(ROUNDS):
        event, page = offered()
        ends_in = 0.04 * (at % 3)
        answers = answer_while_it_ends(server, event, page, ends_in=ends_in)
        assert {answer.status for answer in answers} == {303}
        time.sleep(ends_in)
        waitlist.enter(event.id)
        db.session.commit()
        assert of_the_group(event) in ({Status.CONFIRMED: PLACES}, {Status.WITHDRAWN: PLACES})
        found = statuses(event)
        assert found[Status.CONFIRMED] + found[Status.OFFERED] == PLACES
        assert [finding.text for finding in doctor.examine()] == []


def test_control_an_offer_looked_at_before_the_lock_gives_the_places_away_twice(live_server: LiveServer) -> None:
    event, page = offered()
    server = live_server(processes=2, application="tests.races.unread:app")
    answer_while_it_ends(server, event, page, ends_in=0)
    found = statuses(event)
    assert found[Status.CONFIRMED] + found[Status.OFFERED] > PLACES
