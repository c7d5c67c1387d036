"""Reminders go out by the organiser's rules and the clock, once, to those who have a place and nobody else."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app import clock, worker
from app.database import begin_write, db
from app.events.models import Attendance, Event, EventDay, Mode
from app.messages.models import Message
from app.registrations import (
    event_changes,
    hand_over,
    links,
    optional_mail,
    own_changes,
    own_words,
    reminders,
    waitlist,
)
from app.registrations.answer_models import Actor
from app.registrations.event_changes import schedule_of
from app.registrations.hand_over_notices import Receiver
from app.registrations.mail_models import ReminderSent
from app.registrations.models import Announcement, Occasion, Registration, Status
from app.translated import Translated
from tests import builders
from tests.conftest import CountQueries, MakeApp
from tests.messages.conftest import deliver
from tests.smtp_sink import running

# A Wednesday in the week after the clocks went back: at 9 in Helsinki it is 7 in UTC.
DAY = datetime(2027, 11, 3, 9, 0, tzinfo=clock.HELSINKI)
AT_NINE = datetime(2027, 11, 2, 7, 0, tzinfo=UTC)


def event(*rules: int, **given: object) -> Event:
    made = builders.event(starts_at=DAY.astimezone(UTC), **given)
    for days_before in rules:
        reminders.add(made, days_before)
    db.session.commit()
    return made


def remind() -> list[Message]:
    """All reminders there are, once the worker has done what is due."""
    while worker.remind() or worker.announce():
        pass
    db.session.commit()
    query = select(Message).where(Message.occasion == Occasion.REMINDER).order_by(Message.id)
    return list(db.session.scalars(query))


def test_a_reminder_goes_out_at_nine_in_helsinki_and_only_once(app: Flask) -> None:
    with time_machine.travel(AT_NINE - timedelta(minutes=1), tick=False) as travel:
        person = builders.registration(event(1), language="en")
        assert remind() == []
        travel.move_to(AT_NINE)
        (mail,) = remind()
        travel.shift(timedelta(hours=2))
        assert len(remind()) == 1
    assert mail.subject == "Tomorrow, 9:00: Kuntatutoreiden syysseminaari"
    text = mail.text or ""
    assert links.join_url(person) in text
    assert links.manage_url(person) in text
    assert "Wednesday 3 November 2027, 9:00–15:00" in text
    assert "If you cannot come" in text
    assert mail.give_up_at == DAY
    assert mail.unsubscribe_url
    assert mail.unsubscribe_url in text


def test_the_last_hour_s_reminder_has_the_way_to_join_or_the_address(app: Flask) -> None:
    with time_machine.travel(DAY - timedelta(days=5), tick=False) as travel:
        made = event(0, attendance=Attendance.HYBRID)
        online, on_site = (
            builders.registration(made, mode=mode, language="sv") for mode in (Mode.ONLINE, Mode.ON_SITE)
        )
        travel.move_to(DAY - timedelta(minutes=60))
        mails = {mail.recipient: mail.text or "" for mail in remind()}
    assert links.join_url(online) in mails[online.email]
    assert "Hyvinge huvudbibliotek, Torikatu 5" in mails[on_site.email]
    assert "/j/" not in mails[on_site.email]


def test_nobody_without_a_place_is_reminded(app: Flask) -> None:
    with time_machine.travel(AT_NINE - timedelta(days=5), tick=False) as travel:
        made = event(1, places_online=2)
        stays, leaves, _waits_in_vain, *_ = [builders.registration(made) for _ in range(4)]
        own_changes.withdraw(leaves)
        db.session.commit()
        refuses = builders.registration_row(made, status=Status.CONFIRMED)
        optional_mail.refuse(refuses.email_key)
        db.session.commit()
        travel.move_to(AT_NINE)
        reminded = {mail.recipient for mail in remind()}
    assert stays.email in reminded
    assert len(reminded) == 2, "the one who stays, and the one who got the freed place"
    assert not reminded & {leaves.email, refuses.email}


def test_a_day_by_invitation_reminds_the_invited(app: Flask) -> None:
    with time_machine.travel(AT_NINE, tick=False):
        made = event(1)
        db.session.execute(update(EventDay).values(invited_only=True))
        db.session.commit()
        builders.registration(made)
        speaker = builders.registration_row(made, takes_place=False)
        assert [mail.recipient for mail in remind()] == [speaker.email]


def test_a_moved_day_is_reminded_of_anew_and_what_waited_is_not_sent(make_app: MakeApp) -> None:
    with running() as sink:
        app = make_app(mail_server="127.0.0.1", mail_port=sink.port)
        with app.app_context(), time_machine.travel(AT_NINE, tick=False) as travel:
            made = event(1)
            person, organiser = builders.registration(made, language="en"), builders.user()
            assert len(remind()) == 1
            locked = waitlist.enter(made.id)
            old = schedule_of(locked.event, locked.days)
            later = tuple((starts + timedelta(days=7), ends + timedelta(days=7)) for starts, ends in old.days)
            event_changes.reschedule(
                locked, event_changes.Schedule(later, old.venue, old.address, old.attendance), by=organiser
            )
            db.session.commit()
            deliver()
            assert not any("Tomorrow" in str(told.mail["Subject"]) for told in sink.to(person.email))
            assert len(remind()) == 1
            travel.move_to(AT_NINE + timedelta(days=7))
            assert len(remind()) == 2
            deliver()
            assert sum("Tomorrow" in str(told.mail["Subject"]) for told in sink.to(person.email)) == 1


def hand_it_over(person: Registration) -> None:
    hand_over.ask(person, Receiver(given_name="Outi", family_name="Niemi", email="outi@espoo.example", language="en"))
    mail = db.session.scalars(select(Message).where(Message.occasion == Occasion.CONFIRM_HANDOVER)).one()
    (token,) = set(re.findall(r"/r/hand-over/([\w-]{43})", mail.text or ""))
    db.session.commit()
    hand_over.confirm(hand_over.by_token(token) or pytest.fail("no hand-over"), token)


@pytest.mark.parametrize(
    "leave",
    [own_changes.withdraw, lambda person: own_changes.withdraw(person, actor=Actor.CONTACT), hand_it_over],
    ids=["withdraws", "is withdrawn by the contact", "hands over"],
)
def test_who_leaves_while_the_reminder_waits_does_not_get_it(
    make_app: MakeApp, leave: Callable[[Registration], object]
) -> None:
    with running() as sink:
        app = make_app(mail_server="127.0.0.1", mail_port=sink.port)
        with app.app_context(), time_machine.travel(AT_NINE, tick=False):
            person = builders.registration(event(1), language="en")
            address = person.email
            assert len(remind()) == 1
            leave(person)
            db.session.commit()
            deliver()
            subjects = [str(told.mail["Subject"]) for told in sink.to(address)]
    assert len(subjects) == 2
    assert not any("Tomorrow" in subject for subject in subjects)


@pytest.mark.parametrize(("days_before", "late", "sent"), [(1, 12, 1), (1, 12.1, 0), (0, 0.5, 1), (0, 0.6, 0)])
def test_a_reminder_that_is_too_late_is_left_out(app: Flask, days_before: int, late: float, sent: int) -> None:
    due = AT_NINE if days_before else DAY - timedelta(hours=1)
    with time_machine.travel(due + timedelta(hours=late), tick=False):
        builders.registration(event(days_before))
        assert len(remind()) == sent


def test_a_rule_that_is_removed_and_added_again_reminds_nobody_twice(app: Flask) -> None:
    with time_machine.travel(AT_NINE, tick=False):
        made = event(1)
        builders.registration(made)
        assert len(remind()) == 1
        reminders.remove(made, reminders.rules_of(made)[0].id)
        db.session.commit()
        reminders.add(made, 1)
        db.session.commit()
        assert len(remind()) == 1


def test_two_workers_that_find_the_same_reminder_announce_it_once(app: Flask) -> None:
    with time_machine.travel(AT_NINE, tick=False):
        builders.registration(event(1))
        found = reminders.next_due()
        assert found
        for _ in range(2):
            reminders.remind(*found)
            db.session.commit()
        assert len(list(db.session.scalars(select(Announcement)))) == 1
        assert len(list(db.session.scalars(select(ReminderSent)))) == 1


def test_a_step_asks_as_much_of_the_database_for_fifty_people_as_for_five(
    app: Flask, count_queries: CountQueries
) -> None:
    counts = []
    with time_machine.travel(AT_NINE, tick=False):
        for number in (5, 50):
            made = event(1)
            begin_write()
            own_words.save(made, Occasion.REMINDER, subject=Translated(), body=Translated(fi="Muista: {when}, {where}"))
            db.session.commit()
            for _ in range(number):
                builders.registration_row(made)
            worker.remind()
            with count_queries() as queries:
                worker.announce()
            counts.append(sum("INSERT" not in one for one in queries.statements))
    assert counts[0] == counts[1]
