"""A place that is offered is held for one who waits, until answered or until its time in office hours is over."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock, worker
from app.database import db
from app.errors import Refused
from app.events.models import Event, Promotion
from app.messages.models import Message
from app.registrations import approval, doctor, event_changes, links, offers, own_changes, queue_moves, waitlist
from app.registrations.models import Registration, Status
from app.registrations.queue_moves import Place
from app.translated import Translated
from tests import builders
from tests.builders import ESPOO, VANTAA
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def statuses(*registrations: Registration) -> list[Status]:
    db.session.rollback()
    return [registration.status for registration in registrations]


def with_offer() -> tuple[Event, Registration, Registration]:
    """An event whose only place is offered to the first of two who wait."""
    event = builders.event(starts_at=builders.in_days(60), places_online=1, promotion=Promotion.OFFER)
    holder, first, second = (builders.registration(event) for _ in range(3))
    own_changes.withdraw(holder)
    db.session.commit()
    return event, first, second


def occasions(registration: Registration) -> list[str]:
    mails = select(Message.occasion).where(Message.recipient == registration.email).order_by(Message.id)
    return list(db.session.scalars(mails))


def test_an_offer_holds_the_place_and_is_mailed_without_a_calendar_entry() -> None:
    event, first, second = with_offer()
    assert statuses(first, second) == [Status.OFFERED, Status.WAITING]
    assert occasions(first) == ["waiting", "offered"]
    assert builders.attempt(event).status is Status.WAITING
    assert first.offer_expires_at
    assert first.offer_expires_at >= clock.now() + timedelta(hours=24)
    assert doctor.examine() == []


def test_accepting_confirms_and_accepting_again_says_already() -> None:
    _event, first, second = with_offer()
    assert offers.accept(first)
    db.session.commit()
    assert not offers.accept(first)
    db.session.commit()
    assert statuses(first, second) == [Status.CONFIRMED, Status.WAITING]
    assert occasions(first) == ["waiting", "offered", "confirmed"]


def test_declining_offers_the_place_to_the_next_at_once() -> None:
    _event, first, second = with_offer()
    assert offers.decline(first)
    db.session.commit()
    assert not offers.decline(first)
    db.session.commit()
    assert statuses(first, second) == [Status.WITHDRAWN, Status.OFFERED]


def test_an_offer_lapses_by_the_clock_whoever_comes_first_and_the_next_has_it() -> None:
    _event, first, second = with_offer()
    with time_machine.travel(first.offer_expires_at or clock.now()):
        with pytest.raises(Refused):
            offers.accept(first)
        db.session.commit()
        assert statuses(first, second) == [Status.WITHDRAWN, Status.OFFERED]
        assert occasions(first) == ["waiting", "offered", "offer-lapsed"]


def test_the_worker_makes_the_lapse_prompt_and_one_button_leads_to_the_end_of_the_queue() -> None:
    event, first, second = with_offer()
    last = builders.registration(event)
    with time_machine.travel(first.offer_expires_at or clock.now()):
        assert worker.settle() == 1
        assert statuses(first, second) == [Status.WITHDRAWN, Status.OFFERED]
        assert offers.wait_again(first)
        db.session.commit()
        assert waitlist.queue_numbers(event) == {last.id: 1, first.id: 2}
        assert not offers.wait_again(first)
        db.session.commit()


def test_too_near_to_the_event_a_place_is_given_instead_of_offered() -> None:
    event = builders.event(starts_at=clock.now() + timedelta(hours=3), places_online=1, promotion=Promotion.OFFER)
    holder, first = (builders.registration(event) for _ in range(2))
    own_changes.withdraw(holder)
    db.session.commit()
    assert statuses(first) == [Status.CONFIRMED]


def test_the_fair_queue_serves_a_municipality_without_a_place_before_the_others() -> None:
    event = builders.event(places_online=3, queue_order="fair")
    holders = [builders.registration(event) for _ in range(3)]
    espoo, vantaa, other = (builders.registration(event, municipality_code=code) for code in (ESPOO, VANTAA, None))
    assert waitlist.queue_numbers(event) == {vantaa.id: 1, other.id: 2, espoo.id: 3}
    for holder in holders[:2]:
        own_changes.withdraw(holder)
        db.session.commit()
    assert statuses(espoo, vantaa, other) == [Status.WAITING, Status.CONFIRMED, Status.CONFIRMED]
    assert builders.attempt(event, municipality_code=None).queue_number == 2


def test_an_organisers_move_comes_before_the_rule_and_stands_in_the_history() -> None:
    event = builders.event(places_online=1)
    holder, first, second, third = (builders.registration(event) for _ in range(4))
    by = builders.user().id
    for one, to, reason in ((third, Place.FRONT, "puhuja sairastui"), (first, Place.END, "pyysi itse")):
        queue_moves.move(one, to, reason, by=by)
        db.session.commit()
    assert waitlist.queue_numbers(event) == {third.id: 1, second.id: 2, first.id: 3}
    own_changes.withdraw(holder)
    db.session.commit()
    assert statuses(third) == [Status.CONFIRMED]


def test_approval_gives_a_place_or_a_turn_by_the_time_of_registering() -> None:
    event = builders.event(places_online=1, approval=True)
    answers = [builders.attempt(event) for _ in range(4)]
    early, late, refused, untouched = (answer.registration for answer in answers)
    assert early
    assert late
    assert refused
    assert untouched
    assert {answer.status for answer in answers} == {Status.AWAITING_APPROVAL}
    by = builders.user().id
    for registration in (late, early):
        assert approval.approve(registration, by=by)
        db.session.commit()
    assert approval.refuse(refused, "Tilaisuus on kuntien työntekijöille.", by=by)
    db.session.commit()
    assert not approval.approve(refused, by=by)
    db.session.commit()
    assert statuses(late, early, refused, untouched) == [
        Status.CONFIRMED,
        Status.WAITING,
        Status.REFUSED,
        Status.AWAITING_APPROVAL,
    ]
    assert occasions(refused) == ["awaiting-approval", "refused"]
    assert doctor.examine() == []


def test_an_offer_of_an_event_that_is_called_off_gives_nothing_and_lapses_without_a_word(client: PageClient) -> None:
    event, first, _second = with_offer()
    event_changes.call_off(event.id, Translated(fi="Peruttu"), by=builders.user())
    db.session.commit()
    page = client.get(f"/r/{links.token(links.Purpose.MANAGE, first)}/offer?lang=en")
    assert "Accept the place" not in page.words
    for answer in (offers.accept, offers.decline, lambda one: offers.offer_by_hand(one, by=1)):
        with pytest.raises(Refused, match=r"called off|peruttu"):
            answer(first)
        db.session.rollback()
    with time_machine.travel(first.offer_expires_at or clock.now()):
        assert worker.settle() == 0
        waitlist.enter(event.id)
        db.session.commit()
        while worker.announce():
            pass
        assert occasions(first) == ["waiting", "offered", "event-called-off"]


def test_an_offer_ends_before_an_event_that_moves_nearer_and_the_person_is_told_anew() -> None:
    event, first, second = with_offer()
    starts_at = (first.offer_expires_at or clock.now()) - timedelta(minutes=30)
    move(event, starts_at)
    assert first.offer_expires_at == starts_at - timedelta(hours=2)
    assert occasions(first) == ["waiting", "offered", "offered"]
    move(event, clock.now() + timedelta(hours=3))
    assert statuses(first, second) == [Status.CONFIRMED, Status.WAITING]
    assert occasions(first) == ["waiting", "offered", "offered", "promoted"]
    assert doctor.examine() == []


def move(event: Event, starts_at: datetime) -> None:
    locked = waitlist.enter(event.id)
    schedule = event_changes.schedule_of(locked.event, locked.days)
    days = ((starts_at, starts_at + timedelta(hours=6)),)
    event_changes.reschedule(locked, replace(schedule, days=days), by=builders.user())
    db.session.commit()
