"""What the clock and organisers settle while others act: two workers at once, a cut of places, an offer that ends."""

import os
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock, worker
from app.database import db
from app.errors import Refused
from app.events.models import Event, Promotion
from app.messages.models import Message
from app.registrations import capacity, doctor, limits, offers, own_changes, waitlist
from app.registrations.limits import Limits
from app.registrations.models import Registration, Status
from tests import builders
from tests.conftest import LiveServer
from tests.races.test_last_place import different_people, registrations, send_at_once, statuses
from tests.visitor import at_once

ROUNDS = 10 if os.environ.get("PROVE") == "1" else 2
PLACES = 3


def in_contexts(app: Flask, *deeds: Callable[[], object]) -> list[object]:
    """Each deed in a thread with a database connection of its own, all at the same moment."""

    def act(deed: Callable[[], object]) -> object:
        with app.app_context():
            return deed()

    return at_once([partial(act, deed) for deed in deeds])


def released() -> Event:
    """An event whose municipal limit has just come to its end, with more people waiting than there are places."""
    event = builders.event(places_online=PLACES + 1, municipality_limit=1)
    for _ in range(2 * PLACES):
        builders.registration(event)
    event.municipality_limit_until = clock.now()
    db.session.commit()
    return event


def test_two_workers_release_a_limit_to_the_queue_once(app: Flask) -> None:
    for _ in range(ROUNDS):
        event = released()
        in_contexts(app, worker.settle, worker.settle, worker.settle)
        assert statuses(event) == {Status.CONFIRMED: PLACES + 1, Status.WAITING: PLACES - 1}
        promoted = select(func.count()).where(Message.occasion == "promoted")
        assert db.session.scalars(promoted.where(Message.about.in_(_abouts(event)))).one() == PLACES
    assert doctor.examine() == []


def test_control_two_workers_that_count_before_the_lock_give_places_away_twice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    locking = capacity.lock

    def count_then_lock(event_id: int) -> capacity.LockedEvent:
        counted = capacity.places_of([db.session.get_one(Event, event_id)])[event_id]
        db.session.rollback()
        time.sleep(0.1)
        locked = locking(event_id)
        locked.taken, locked.waiting = Counter(counted.taken), Counter(counted.waiting)
        return locked

    event = released()
    monkeypatch.setattr(capacity, "lock", count_then_lock)
    in_contexts(app, *[partial(_settled, event.id)] * 3)
    assert statuses(event)[Status.CONFIRMED] > PLACES + 1


def test_places_that_are_cut_while_people_register_are_never_given_beyond_what_held_at_the_time(
    app: Flask, live_server: LiveServer
) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = builders.event(places_online=8)
        event_id = event.id
        forms = registrations(event, different_people()[:16])
        in_contexts(app, partial(send_at_once, server, forms), partial(_cut, event_id, 4))
        found = statuses(event)
        assert found.total() == 16
        assert 4 <= found[Status.CONFIRMED] <= 8
        assert [finding for finding in doctor.examine() if not finding.note] == []


def test_control_without_the_lock_a_cut_does_not_hold(app: Flask, live_server: LiveServer) -> None:
    server = live_server(processes=2, application="tests.races.unlocked:app")
    event = builders.event(places_online=8)
    forms = registrations(event, different_people()[:16])
    in_contexts(app, partial(send_at_once, server, forms), partial(_cut, event.id, 4))
    assert statuses(event)[Status.CONFIRMED] > 8


def offered() -> tuple[Event, int]:
    """An event whose only place is offered to the first of two who wait, for another moment."""
    event = builders.event(starts_at=builders.in_days(60), places_online=1, promotion=Promotion.OFFER)
    holder, first, _second = (builders.registration(event) for _ in range(3))
    own_changes.withdraw(holder)
    first.offer_expires_at = clock.now() + timedelta(milliseconds=150)
    db.session.commit()
    return event, first.id


def test_an_offer_that_ends_while_it_is_accepted_is_one_of_both_and_the_place_is_held_once(app: Flask) -> None:
    for _ in range(ROUNDS):
        event, first_id = offered()
        event_id = event.id
        db.session.rollback()
        time.sleep(0.1)
        in_contexts(app, partial(_accept, first_id), partial(_settled, event_id), partial(_settled, event_id))
        time.sleep(0.1)
        _settled(event_id)
        found = statuses(event)
        assert found[Status.CONFIRMED] + found[Status.OFFERED] == 1
        first = db.session.get_one(Registration, first_id)
        mails = select(Message.occasion).where(Message.about == f"registration:{first.uuid}").order_by(Message.id)
        told = db.session.scalars(mails).all()
        assert told[-1] == ("confirmed" if first.is_confirmed else "offer-lapsed")
        assert doctor.examine() == []


def test_control_a_door_that_settles_nothing_lets_an_ended_offer_be_accepted(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _event, first_id = offered()
    monkeypatch.setattr(waitlist, "settle", lambda _locked: None)
    time.sleep(0.2)
    assert _accept(first_id)


def _settled(event_id: int) -> None:
    waitlist.enter(event_id)
    db.session.commit()


def _cut(event_id: int, places: int) -> None:
    time.sleep(0.05)
    locked = waitlist.enter(event_id)
    limits.set_limits(locked, Limits(on_site=None, online=places, waiting_list=True))
    db.session.commit()


def _accept(registration_id: int) -> bool:
    try:
        offers.accept(db.session.get_one(Registration, registration_id))
    except Refused:
        db.session.commit()  # the door has settled what was due, and that stands
        return False
    db.session.commit()
    return True


def _abouts(event: Event) -> list[str]:
    uuids = db.session.scalars(select(Registration.uuid).where(Registration.event_id == event.id))
    return [f"registration:{uuid}" for uuid in uuids]
