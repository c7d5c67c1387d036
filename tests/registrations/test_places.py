"""Places and the queue: who gets one, who waits, and who is next when one becomes free."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.clock import now
from app.database import db
from app.errors import Refused
from app.events.models import Attendance, Event, EventStatus, Mode
from app.messages.models import Message
from app.registrations import booking, doctor, limits, own_changes, waitlist
from app.registrations.models import Registration, Status
from tests import builders

pytestmark = pytest.mark.usefixtures("app")


def mails() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Message.occasion, Message.recipient).order_by(Message.id))
    return [(occasion, recipient.split("@")[0]) for occasion, recipient in rows]


def full_event(*waiting: str) -> tuple[Event, Registration]:
    event = builders.event(places_online=1)
    holder = builders.registration(event, email="holder@espoo.example")
    for name in waiting:
        builders.registration(event, email=f"{name}@espoo.example")
    return event, holder


def status_of(name: str) -> Status:
    return db.session.scalars(select(Registration.status).where(Registration.email == f"{name}@espoo.example")).one()


def test_the_last_place_goes_to_the_first_and_the_next_ones_are_told_their_place_in_the_queue() -> None:
    event = builders.event(places_online=1)
    answers = [builders.attempt(event) for _ in range(3)]
    assert [(a.status, a.queue_number) for a in answers] == [
        (Status.CONFIRMED, None),
        (Status.WAITING, 1),
        (Status.WAITING, 2),
    ]


def test_an_event_without_a_limit_has_room_for_everybody() -> None:
    event = builders.event(places_online=None)
    assert {builders.attempt(event).status for _ in range(12)} == {Status.CONFIRMED}


def test_each_mode_has_places_and_a_queue_of_its_own() -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=1, places_online=1)
    modes = [Mode.ON_SITE, Mode.ON_SITE, Mode.ONLINE, Mode.ONLINE]
    answers = [builders.attempt(event, mode=mode) for mode in modes]
    assert [(a.status, a.queue_number) for a in answers] == [
        (Status.CONFIRMED, None),
        (Status.WAITING, 1),
        (Status.CONFIRMED, None),
        (Status.WAITING, 1),
    ]


def test_a_freed_place_goes_to_the_first_in_the_queue_in_the_same_transaction_and_only_they_are_told() -> None:
    _event, holder = full_event("first", "second")
    own_changes.withdraw(holder)
    db.session.commit()
    assert (status_of("first"), status_of("second")) == (Status.CONFIRMED, Status.WAITING)
    assert mails()[3:] == [("withdrawn", "holder"), ("promoted", "first")]


def test_withdrawing_twice_frees_one_place_and_sends_one_mail() -> None:
    _event, holder = full_event("first", "second")
    assert own_changes.withdraw(holder)
    db.session.commit()
    assert not own_changes.withdraw(holder)
    db.session.commit()
    assert status_of("second") is Status.WAITING
    assert mails().count(("withdrawn", "holder")) == 1


def test_leaving_the_queue_moves_those_behind_and_gives_nobody_a_place() -> None:
    event, _holder = full_event("first", "second")
    first = db.session.scalars(select(Registration).where(Registration.email == "first@espoo.example")).one()
    own_changes.withdraw(first)
    db.session.commit()
    assert list(waitlist.queue_numbers(event).values()) == [1]
    assert status_of("second") is Status.WAITING


def test_raising_the_places_gives_them_to_the_queue_in_order() -> None:
    event, _holder = full_event("first", "second", "third")
    locked = waitlist.enter(event.id)
    limits.set_limits(locked, limits.Limits(on_site=None, online=3, waiting_list=True))
    waitlist.promote(locked)
    db.session.commit()
    assert [status_of(name) for name in ("first", "second", "third")] == [
        Status.CONFIRMED,
        Status.CONFIRMED,
        Status.WAITING,
    ]


def test_lowering_the_places_withdraws_nobody_and_lets_nobody_in_until_people_leave() -> None:
    event = builders.event(places_online=3)
    people = [builders.registration(event) for _ in range(3)]
    limits.set_limits(waitlist.enter(event.id), limits.Limits(on_site=None, online=1, waiting_list=True))
    db.session.commit()
    builders.registration(event, email="late@espoo.example")
    for person in people[:2]:
        own_changes.withdraw(person)
        db.session.commit()
        assert status_of("late") is Status.WAITING
    own_changes.withdraw(people[2])
    db.session.commit()
    assert status_of("late") is Status.CONFIRMED


def test_a_newcomer_does_not_pass_those_who_wait_when_places_appear_behind_the_services_back() -> None:
    event, _holder = full_event("first")
    event.places_online = 2
    db.session.commit()
    assert builders.attempt(event).status is Status.WAITING
    assert status_of("first") is Status.CONFIRMED


def test_the_queue_ends_when_the_event_starts() -> None:
    event, _holder = full_event("first")
    event_day = waitlist.enter(event.id).days[0]
    event_day.starts_at = now()
    event.places_online = 5
    db.session.commit()
    waitlist.enter(event.id)
    db.session.commit()
    assert status_of("first") is Status.WAITING


def test_switching_mode_takes_a_place_there_and_gives_the_old_one_to_its_queue() -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=1, places_online=1)
    holder = builders.registration(event, mode=Mode.ON_SITE)
    builders.registration(event, mode=Mode.ON_SITE, email="first@espoo.example")
    own_changes.switch_mode(holder, Mode.ONLINE)
    db.session.commit()
    assert (holder.mode, holder.status) == (Mode.ONLINE, Status.CONFIRMED)
    assert status_of("first") is Status.CONFIRMED


def test_someone_who_waits_on_site_may_take_a_free_place_online() -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=0, places_online=1)
    person = builders.registration(event, mode=Mode.ON_SITE)
    own_changes.switch_mode(person, Mode.ONLINE)
    db.session.commit()
    assert (person.mode, person.status) == (Mode.ONLINE, Status.CONFIRMED)


def test_switching_to_a_full_mode_is_refused_and_changes_nothing() -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=1, places_online=0)
    holder = builders.registration(event, mode=Mode.ON_SITE)
    with pytest.raises(Refused, match="no room"):
        own_changes.switch_mode(holder, Mode.ONLINE)
    db.session.rollback()
    assert (holder.mode, holder.status) == (Mode.ON_SITE, Status.CONFIRMED)


def test_without_a_waiting_list_a_full_event_refuses() -> None:
    event = builders.event(places_online=0, waiting_list=False)
    with pytest.raises(Refused, match="full"):
        builders.attempt(event)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"status": EventStatus.CALLED_OFF}, "called off"),
        ({"status": EventStatus.DRAFT}, "closed"),
        ({"registration_opens_at": now().replace(year=2090)}, "not opened"),
        ({"registration_closes_at": now().replace(year=2020)}, "closed"),
        ({"starts_at": now().replace(year=2020)}, "closed"),
    ],
)
def test_outside_its_period_an_event_takes_no_registrations(given: dict[str, object], sentence: str) -> None:
    event = builders.event(**given)
    with pytest.raises(Refused, match=sentence):
        builders.attempt(event)


def test_an_organiser_adds_after_closing_but_not_beyond_the_limit() -> None:
    event = builders.event(places_online=1, registration_closes_at=now().replace(year=2020))
    organiser = builders.user()
    statuses = []
    for _ in range(2):
        statuses.append(booking.add(event.id, builders.application(), by=organiser).status)
        db.session.commit()
    assert statuses == [Status.CONFIRMED, Status.WAITING]


def test_the_same_address_has_one_active_registration_however_it_is_written() -> None:
    event = builders.event(places_online=1)
    builders.registration(event, email="Maija@Espoo.example")
    second = builders.attempt(event, email="maija@espoo.example")
    assert second.registration_id is None
    assert (second.status, second.queue_number) == (Status.WAITING, 1)
    assert mails() == [("confirmed", "Maija"), ("registered-already", "Maija")]


def test_someone_else_cannot_flood_a_registered_address_with_reminders() -> None:
    event = builders.event()
    for _ in range(8):
        builders.attempt(event, email="maija@espoo.example")
    assert mails().count(("registered-already", "maija")) == booking.REMINDERS_A_DAY


def test_after_withdrawing_one_may_register_again() -> None:
    event = builders.event()
    own_changes.withdraw(builders.registration(event, email="maija@espoo.example"))
    db.session.commit()
    assert builders.registration(event, email="maija@espoo.example").status is Status.CONFIRMED


def test_the_same_form_sent_twice_answers_the_same_and_mails_once() -> None:
    event = builders.event()
    answers = []
    for _ in range(2):
        answer = builders.attempt(event, email="maija@espoo.example", nonce="the-same-form")
        answers.append((answer.registration_id, answer.status))
    assert answers[0] == answers[1]
    assert len(mails()) == 1


def test_the_doctor_finds_a_place_too_many_and_a_queue_beside_a_free_place(app: Flask) -> None:
    event = builders.event(places_online=1)
    builders.registration(event)
    assert doctor.examine() == []
    event.places_online = 0
    db.session.commit()
    assert [finding.note for finding in doctor.examine()] == [False]
    builders.registration(event)
    event.places_online = 2
    db.session.commit()
    assert ["waits beside a free place" in finding.text for finding in doctor.examine()] == [True]
    result = app.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1


def test_for_the_doctor_a_lowered_limit_is_only_a_note(app: Flask) -> None:
    event = builders.event(places_online=1)
    builders.registration(event)
    limits.set_limits(waitlist.enter(event.id), limits.Limits(on_site=None, online=0, waiting_list=True))
    db.session.commit()
    assert [finding.note for finding in doctor.examine()] == [True]
    assert app.test_cli_runner().invoke(args=["doctor"]).exit_code == 0
