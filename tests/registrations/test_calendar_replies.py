"""A calendar's reply: a declined invitation is shown and asked about once; it withdraws nobody and is not answered."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import select

from app import clock, incoming_mail
from app.database import db
from app.events.models import EventStatus
from app.messages.incoming import Kind
from app.messages.models import Message
from app.people.models import Role
from app.registrations import address_change, invitations, links, own_changes
from app.registrations.models import AddressChange, CalendarEntry, Registration
from tests import builders, incoming_mails
from tests.page_client import PageClient

DAY = timedelta(days=1)


@pytest.fixture
def registration(client: PageClient) -> Registration:
    return builders.registration(builders.event(days=2, starts_at=builders.in_days(14)), language="en")


def entries(registration: Registration) -> list[CalendarEntry]:
    mine = select(CalendarEntry).where(CalendarEntry.registration_id == registration.id)
    return list(db.session.scalars(mine.order_by(CalendarEntry.id)))


def decline(registration: Registration, day: int = 0) -> Kind:
    return reply(entries(registration)[day].uid)


def reply(uid: str, answer: str = "DECLINED", **given: object) -> Kind:
    kind = incoming_mail.take(incoming_mails.calendar_reply(uid, answer, **given))
    db.session.expire_all()
    return kind


def questions() -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).where(Message.occasion == "declined").order_by(Message.id)))


def all_mail() -> int:
    return len(db.session.scalars(select(Message.id)).all())


def test_a_decline_without_organizer_from_another_address_is_asked_about(
    client: PageClient, registration: Registration
) -> None:
    before = all_mail()
    assert decline(registration) is Kind.CALENDAR_REPLY
    assert registration.is_confirmed, "a calendar withdraws nobody"
    (question,) = questions()
    assert all_mail() == before + 1
    assert question.recipient == registration.email, "the person is asked, not whoever sent the reply"
    assert question.calendar is None
    assert question.subject.startswith("Do you want to withdraw?")
    link = urlsplit(links.manage_url(registration)).path
    assert f"{link}/withdraw" in (question.text or "")
    page = client.get(f"{link}/withdraw")
    assert page.h1 == "Withdraw your registration?"


def test_organisers_and_tutors_see_it_in_the_list_and_on_its_page(
    client: PageClient, registration: Registration
) -> None:
    builders.signed_in(client, Role.ORGANISER)
    list_page, own_page = (
        f"/staff/events/{registration.event_id}/registrations",
        f"/staff/registrations/{registration.id}",
    )
    assert "Declined in the calendar" not in client.get(list_page).words + client.get(own_page).words
    decline(registration)
    assert "Declined in the calendar" in client.get(list_page).words
    assert "Declined in the calendar" in client.get(own_page).words
    assert "Question whether to withdraw" in client.get(own_page).words
    own_changes.withdraw(registration)
    db.session.commit()
    assert "Declined in the calendar" not in client.get(list_page).words


@pytest.mark.parametrize("answer", ["ACCEPTED", "TENTATIVE", "NEEDS-ACTION", "DELEGATED"])
def test_any_other_answer_is_understood_and_ignored(registration: Registration, answer: str) -> None:
    before = all_mail()
    assert reply(entries(registration)[0].uid, answer) is Kind.CALENDAR_REPLY
    assert registration.calendar_declined_at is None
    assert all_mail() == before


def test_one_question_a_day_however_many_declines(registration: Registration) -> None:
    now = clock.now()
    with time_machine.travel(now, tick=False) as time:
        decline(registration, day=0)
        time.shift(timedelta(hours=1))
        decline(registration, day=1)
        assert len(questions()) == 1
        time.shift(DAY)
        decline(registration)
        assert len(questions()) == 2


def test_the_same_reply_read_again_and_an_older_one_say_nothing_new(registration: Registration) -> None:
    uid, made_at = entries(registration)[0].uid, clock.now()
    reply(uid, made_at=made_at)
    with time_machine.travel(made_at + 3 * DAY):
        for at in (made_at, made_at - DAY, made_at + 30 * DAY):
            reply(uid, made_at=at)
    assert len(questions()) == 1


def test_an_answer_about_nothing_of_ours_is_left_to_a_person(registration: Registration) -> None:
    assert reply("someone-elses-meeting@toinen.example") is Kind.UNKNOWN
    assert reply(f"{'x' * 300}") is Kind.UNKNOWN
    assert not questions()


def test_who_has_withdrawn_is_not_asked(registration: Registration) -> None:
    own_changes.withdraw(registration)
    db.session.commit()
    assert decline(registration) is Kind.CALENDAR_REPLY
    assert registration.calendar_declined_at is None
    assert not questions()


def test_once_it_has_begun_it_is_shown_and_once_it_is_over_nothing_is_done(registration: Registration) -> None:
    event = registration.event
    assert event.starts_at
    assert event.ends_at
    starts_at, ends_at = event.starts_at, event.ends_at
    with time_machine.travel(ends_at + timedelta(minutes=1)):
        decline(registration)
        assert registration.calendar_declined_at is None
    with time_machine.travel(starts_at + timedelta(minutes=1)):
        decline(registration)
        assert registration.calendar_declined_at is not None
    assert not questions(), "withdrawing has ended, so there is nothing to ask"


def test_an_event_that_is_called_off_asks_nothing(registration: Registration) -> None:
    registration.event.status = EventStatus.CALLED_OFF
    db.session.commit()
    decline(registration)
    assert not questions()


def test_the_old_mailbox_declines_nothing_for_the_new_one(registration: Registration) -> None:
    decline(registration)
    address_change.ask(registration, "maria@vantaa.fi")
    db.session.commit()
    change = db.session.scalars(select(AddressChange)).one()
    token = links.token(links.Purpose.ADDRESS, registration, "maria@vantaa.fi")
    address_change.confirm(change, token)
    db.session.commit()
    assert registration.calendar_declined_at is None
    old = next(entry for entry in entries(registration) if entry.cancelled_at)
    assert reply(old.uid) is Kind.CALENDAR_REPLY
    assert registration.calendar_declined_at is None
    assert len(questions()) == 1
    (living, _) = invitations.entries_of(registration)
    with time_machine.travel(clock.now() + 2 * DAY):
        reply(living.uid)
    assert [question.recipient for question in questions()][1:] == ["maria@vantaa.fi"]


def test_our_own_invitation_that_comes_back_is_no_answer(registration: Registration) -> None:
    assert decline(registration) is Kind.CALENDAR_REPLY
    ours = b"From: Kuntailmo <kuntailmo@kuntailmo.example>\r\n"
    raw = incoming_mails.calendar_reply(entries(registration)[1].uid)
    assert incoming_mail.take(ours + raw[raw.index(b"To:") :]) is Kind.OWN
    assert len(questions()) == 1
