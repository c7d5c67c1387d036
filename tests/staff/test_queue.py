"""The waiting list on the organisers' pages: its order, moves with a reason, offers and extra places by hand."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app import clock, wording, worker
from app.database import db
from app.events import queries as events
from app.events.models import Attendance, Event, Mode, Promotion, QueueOrder
from app.messages.models import Message
from app.registrations import doctor, event_changes, history, links, organiser_changes, own_changes, waitlist
from app.registrations.limits import Limits
from app.registrations.links import Purpose
from app.registrations.models import Registration, Status
from tests import builders
from tests.builders import ASKOLA, ESPOO, VANTAA
from tests.page_client import Page, PageClient


def queued(*names: str, **given: object) -> Event:
    """An event whose only place is taken from Espoo, and who waits."""
    event = builders.event(slug="paiva", places_online=1, **given)
    builders.registration(event, family_name="Holder")
    for name in names:
        builders.registration(
            event, family_name=name, municipality_code={"Aho": ESPOO, "Niemi": VANTAA}.get(name, ASKOLA)
        )
    return event


def called(name: str) -> Registration:
    return db.session.scalars(select(Registration).where(Registration.family_name == name)).one()


def queue(organiser: PageClient, event: Event) -> list[str]:
    page = organiser.get(f"/staff/events/{event.id}/queue")
    names = ("Aho", "Niemi", "Zitting")
    return sorted((name for name in names if f"{name}, Maria" in page.words), key=page.words.index)


def turn(organiser: PageClient, name: str) -> Page:
    return organiser.get(f"/staff/registrations/{called(name).id}/turn")


@pytest.mark.parametrize(
    ("order", "expected"),
    [(QueueOrder.FIRST_COME, ["Aho", "Niemi", "Zitting"]), (QueueOrder.FAIR, ["Niemi", "Zitting", "Aho"])],
)
def test_the_queue_stands_in_the_order_of_the_rule_which_is_told_in_words(
    organiser: PageClient, order: QueueOrder, expected: list[str]
) -> None:
    event = queued("Aho", "Niemi", "Zitting", queue_order=order)
    assert queue(organiser, event) == expected
    is_fair = "to a municipality that has no place yet" in organiser.get("/en/events/paiva").words
    assert is_fair is (order is QueueOrder.FAIR)


def test_a_move_needs_a_reason_which_stays_in_the_history(organiser: PageClient) -> None:
    event = queued("Aho", "Niemi", "Zitting")
    page = organiser.submit(turn(organiser, "Zitting"), "Move", to="front")
    assert page.errors == ["Enter the reason"]
    organiser.submit(page, "Move", reason="Speaks for the region")
    assert queue(organiser, event) == ["Zitting", "Aho", "Niemi"]
    change, *_earlier = history.of(called("Zitting"))
    assert (change.what, change.details) == ("moved-in-queue", {"to": "front", "reason": "Speaks for the region"})


def test_an_extra_place_raises_the_limit_by_one_for_this_person(organiser: PageClient) -> None:
    event = queued("Aho", "Niemi")
    done = organiser.submit(turn(organiser, "Niemi"), "Give an extra place", extra_reason="Interpreter")
    assert "The person has an extra place now" in done.words
    assert (called("Niemi").status, called("Aho").status) == (Status.CONFIRMED, Status.WAITING)
    assert db.session.get_one(Event, event.id, populate_existing=True).places_online == 2


def test_an_extra_place_for_one_of_a_whole_group_is_one_for_each_who_waits_as_told_before(
    organiser: PageClient,
) -> None:
    event = builders.event(places_online=2, largest_group=2)
    for name in ("Holder", "Holder", "Holm"):
        builders.registration(event, family_name=name)
    builders.group(event, "Aho", "Niemi")
    page = turn(organiser, "Niemi")
    assert "given to each of the 2 who wait" in page.words
    own_changes.withdraw(called("Aho"))
    db.session.commit()
    told = organiser.submit(page, "Give 2 extra places", extra_reason="Interpreters")
    assert "The group has changed meanwhile." in told.words
    assert called("Niemi").status is Status.WAITING
    builders.group(event, "Kivi", "Laine")
    done = organiser.submit(turn(organiser, "Laine"), "Give 2 extra places", extra_reason="Interpreters")
    assert "The group has 2 extra places now, and each is told by mail." in done.words
    assert {called(name).status for name in ("Kivi", "Laine")} == {Status.CONFIRMED}
    assert {called(name).status for name in ("Holm", "Niemi")} == {Status.WAITING}
    assert [history.of(called(name))[0].details for name in ("Kivi", "Laine")] == [{"reason": "Interpreters"}] * 2
    assert db.session.get_one(Event, event.id, populate_existing=True).places_online == 4
    assert doctor.examine() == []


def test_without_a_reason_there_is_no_extra_place(organiser: PageClient) -> None:
    queued("Aho")
    page = organiser.submit(turn(organiser, "Aho"), "Give an extra place")
    assert page.errors == ["Enter the reason"]
    assert called("Aho").status is Status.WAITING


def test_an_offer_by_hand_is_bound_by_the_limits(organiser: PageClient) -> None:
    queued("Aho")
    page = organiser.submit(turn(organiser, "Aho"), "Offer a place")
    assert "No place is free." in page.words
    assert called("Aho").status is Status.WAITING


def test_a_closed_queue_gives_nobody_a_place_and_lets_an_organiser_offer_one(organiser: PageClient) -> None:
    event = queued("Aho", "Niemi")
    page = organiser.submit(organiser.get(f"/staff/events/{event.id}/queue"), "Close the waiting list now")
    assert "The waiting list is closed" in page.words
    organiser.submit(organiser.get(f"/staff/registrations/{called('Holder').id}/withdraw"), "Withdraw")
    assert called("Aho").status is Status.WAITING
    page = organiser.submit(turn(organiser, "Niemi"), "Offer a place")
    assert "Places on offer" in page.words
    assert called("Niemi").status is Status.OFFERED


def test_an_offer_is_accepted_on_its_page_and_once_more_says_already(client: PageClient) -> None:
    person, path = offered()
    page = client.get(path)
    assert "A place is offered to you" in page.h1
    assert called("Aho").status is Status.OFFERED
    assert "The place is yours." in client.submit(page, "Accept the place").words
    assert "accepted the place already" in client.submit(page, "Accept the place").words
    assert person.status is Status.CONFIRMED


def test_whoever_answers_an_offer_sees_of_what_it_is_and_what_is_lost_by_withdrawing(client: PageClient) -> None:
    person, path = offered()
    when = wording.days([(day.starts_at, day.ends_at) for day in events.days_of(person.event)], "en")
    assert f"When {when}" in client.get(path).words
    withdrawing = client.get(path.replace("/offer", "/withdraw"))
    assert "The place that is kept for you goes to the next person at once." in withdrawing.words
    assert "queue" not in withdrawing.words


def test_a_declined_offer_goes_to_the_next_and_leads_back_to_the_end_of_the_queue(client: PageClient) -> None:
    _person, path = offered("Niemi")
    page = client.get(path)
    declined = client.submit(page, "Decline it")
    assert (called("Aho").status, called("Niemi").status) == (Status.WITHDRAWN, Status.OFFERED)
    assert "ended already" in client.submit(page, "Decline it").words
    assert "number 1 in the queue" in client.submit(declined, "Go back to the waiting list").words
    assert called("Aho").status is Status.WAITING


def test_a_lapsed_offer_says_so_though_nobody_has_settled_it_yet(client: PageClient) -> None:
    person, path = offered("Niemi")
    page = client.get(path)
    person.offer_expires_at = clock.now()
    db.session.commit()
    assert client.get(path).h1 == "The offer has ended"
    assert "The time to accept the place is over." in client.submit(page, "Accept the place").words
    assert (called("Aho").status, called("Niemi").status) == (Status.OFFERED, Status.WAITING)
    assert "number 1 in the queue" in client.submit(client.get(path), "Go back to the waiting list").words
    assert (called("Aho").status, called("Niemi").status) == (Status.WAITING, Status.OFFERED)


def offered(*others: str) -> tuple[Registration, str]:
    """A place offered to Aho, and the address of the page that answers it."""
    queued("Aho", *others, promotion=Promotion.OFFER, starts_at=builders.in_days(60))
    organiser_changes.withdraw(called("Holder"), by=builders.user().id)
    db.session.commit()
    return called("Aho"), f"/r/{links.token(Purpose.MANAGE, called('Aho'))}/offer?lang=en"


@pytest.mark.parametrize(
    ("is_told_first", "methods"), [(True, ["REQUEST", "CANCEL", "REQUEST"]), (False, ["REQUEST"] * 2)]
)
def test_whom_a_change_of_attendance_put_into_a_closed_queue_still_gets_a_place_that_becomes_free(
    organiser: PageClient, *, is_told_first: bool, methods: list[str]
) -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=2, places_online=1)
    builders.registration(event, family_name="Aho", mode=Mode.ON_SITE)
    moved = builders.registration(event, family_name="Niemi", mode=Mode.ON_SITE, language="en")
    holder = builders.registration(event, mode=Mode.ONLINE)
    waited = builders.registration(event, family_name="Zitting", mode=Mode.ONLINE, language="en")
    organiser.submit(organiser.get(f"/staff/events/{event.id}/queue"), "Close the waiting list now")
    locked = waitlist.enter(event.id)
    online = replace(event_changes.schedule_of(locked.event, locked.days), attendance=Attendance.ONLINE)
    event_changes.reschedule(locked, online, Limits(None, 2, waiting_list=True), by=builders.user())
    db.session.commit()
    assert [called(name).status for name in ("Aho", "Niemi", "Zitting")] == [
        Status.CONFIRMED, Status.WAITING, Status.WAITING,
    ]  # fmt: skip
    assert queue(organiser, event) == ["Niemi", "Zitting"], "though Zitting has waited as long"
    own = organiser.get(f"/r/{links.token(Purpose.MANAGE, waited)}")
    assert "If the organiser can give you a place after all" in own.words
    assert "you get it automatically" in organiser.get(f"/r/{links.token(Purpose.MANAGE, moved)}").words
    assert not is_told_first or worker.announce() >= 1
    for given_up in (holder, called("Aho")):
        own_changes.withdraw(given_up)
        db.session.commit()
    assert (called("Niemi").status, called("Zitting").status) == (Status.CONFIRMED, Status.WAITING)
    mails = db.session.scalars(select(Message).where(Message.recipient == moved.email).order_by(Message.id)).all()
    assert [mail.calendar_method for mail in mails] == methods
    assert doctor.examine() == []
    shown = organiser.get(f"/en/events/{event.slug}")
    assert "Register" in shown.words, "the place that fits nobody served goes to whoever comes"
