"""What reaches a participant's calendar: one UID, rising numbers, and nothing for those who only wait."""

from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app import wording
from app.database import db
from app.events import queries as events
from app.events.models import Attendance, Event, Mode
from app.messages.models import Message
from app.people.models import User
from app.registrations import announcements, event_changes, own_changes, waitlist
from app.registrations.models import Registration, Status
from app.translated import Translated
from tests import builders
from tests.calendar_checks import libical_errors

pytestmark = pytest.mark.usefixtures("app")


class Invitation:
    """A mail's calendar part, as a client reads it."""

    def __init__(self, message: Message) -> None:
        assert message.calendar is not None
        self.problems = libical_errors(message.calendar)
        calendar = Calendar.from_ical(message.calendar)
        entry = calendar.walk("VEVENT")[0]
        self.method = str(calendar["METHOD"])
        self.uid, self.sequence, self.stamp = str(entry["UID"]), int(entry["SEQUENCE"]), entry["DTSTAMP"].dt
        self.starts, self.location = entry["DTSTART"].dt, str(entry["LOCATION"])
        self.text = message.calendar.decode()


def mails(registration: Registration) -> list[Message]:
    return list(
        db.session.scalars(select(Message).where(Message.about.endswith(registration.uuid)).order_by(Message.id))
    )


def invitations(registration: Registration) -> list[Invitation]:
    return [Invitation(message) for message in mails(registration) if message.calendar]


def move(event: Event, by: timedelta, organiser: User) -> None:
    locked = waitlist.enter(event.id)
    old = event_changes.schedule_of(locked.event, locked.days)
    moved = tuple((starts + by, ends + by) for starts, ends in old.days)
    event_changes.reschedule(locked, replace(old, days=moved), by=organiser)
    db.session.commit()


def tell_everyone() -> None:
    while announcements.advance():
        db.session.commit()
    db.session.commit()


def test_a_confirmed_person_gets_a_request_that_the_strictest_reader_accepts() -> None:
    [invitation] = invitations(builders.registration(builders.event()))
    assert (invitation.method, invitation.sequence, invitation.problems) == ("REQUEST", 0, [])


def test_someone_who_waits_gets_no_calendar_entry_until_promoted() -> None:
    event = builders.event(places_online=1)
    holder, waiting = builders.registration(event), builders.registration(event)
    assert invitations(waiting) == []
    own_changes.withdraw(holder)
    db.session.commit()
    [invitation] = invitations(waiting)
    assert (invitation.method, invitation.sequence) == ("REQUEST", 0)


def test_withdrawing_cancels_the_same_uid_with_a_higher_number() -> None:
    registration = builders.registration(builders.event())
    own_changes.withdraw(registration)
    db.session.commit()
    request, cancel = invitations(registration)
    assert (cancel.method, cancel.uid, cancel.problems) == ("CANCEL", request.uid, [])
    assert cancel.sequence > request.sequence
    assert cancel.stamp >= request.stamp


def test_registering_again_makes_a_new_uid() -> None:
    event = builders.event()
    first = builders.registration(event, email="maija@espoo.example")
    own_changes.withdraw(first)
    db.session.commit()
    second = builders.registration(event, email="maija@espoo.example")
    assert invitations(first)[0].uid != invitations(second)[0].uid


def test_a_moved_event_moves_the_entry_and_tells_old_and_new_in_the_persons_language() -> None:
    event = builders.event()
    registration = builders.registration(event, language="en")
    move(event, timedelta(days=1, hours=3), builders.user())
    tell_everyone()
    before, after = invitations(registration)
    assert (after.method, after.uid, after.sequence, after.problems) == ("REQUEST", before.uid, 1, [])
    assert after.starts - before.starts == timedelta(days=1, hours=3)
    assert after.stamp >= before.stamp
    body = mails(registration)[-1].text
    assert body is not None
    assert "before:" in body


def test_those_who_wait_hear_of_a_change_without_a_calendar_entry() -> None:
    event = builders.event(places_online=0)
    waiting = builders.registration(event)
    move(event, timedelta(days=1), builders.user())
    tell_everyone()
    assert [mail.occasion for mail in mails(waiting)] == ["waiting", "event-changed"]
    assert invitations(waiting) == []


def test_a_change_that_participants_need_not_hear_of_mails_nobody() -> None:
    event = builders.event()
    registration, organiser = builders.registration(event), builders.user()
    locked = waitlist.enter(event.id)
    schedule = event_changes.schedule_of(locked.event, locked.days)
    assert event_changes.reschedule(locked, schedule, by=organiser) is None
    db.session.commit()
    assert len(mails(registration)) == 1


def test_calling_off_cancels_every_entry_and_tells_the_queue_too() -> None:
    event = builders.event(places_online=1)
    confirmed, waiting = builders.registration(event), builders.registration(event)
    event_changes.call_off(event.id, Translated(fi="Kouluttaja on sairas."), by=builders.user())
    db.session.commit()
    tell_everyone()
    assert [i.method for i in invitations(confirmed)] == ["REQUEST", "CANCEL"]
    assert [mail.occasion for mail in mails(waiting)] == ["waiting", "event-called-off"]
    told = mails(waiting)[-1].text or ""
    assert "Kouluttaja on sairas." in told
    when = [(day.starts_at, day.ends_at) for day in events.days_of(event)]
    assert f"Milloin: {wording.days(when, 'fi')}" in told


def test_who_withdrew_before_the_announcement_reached_them_hears_only_of_the_withdrawal() -> None:
    event = builders.event()
    registration = builders.registration(event)
    move(event, timedelta(days=1), builders.user())
    own_changes.withdraw(registration)
    db.session.commit()
    tell_everyone()
    assert [mail.occasion for mail in mails(registration)] == ["confirmed", "withdrawn"]


def test_a_large_audience_is_told_in_steps_and_nobody_twice() -> None:
    event = builders.event(places_online=None)
    people = [builders.registration(event) for _ in range(announcements.STEP + 3)]
    move(event, timedelta(hours=1), builders.user())
    assert announcements.advance() == announcements.STEP
    db.session.commit()
    tell_everyone()
    told = list(db.session.scalars(select(Message.recipient).where(Message.occasion == "event-changed")))
    assert sorted(told) == sorted(person.email for person in people)


def test_each_day_of_an_event_has_its_own_entry_and_mail() -> None:
    registration = builders.registration(builders.event(days=2))
    first, second = invitations(registration)
    assert first.uid != second.uid
    assert second.starts - first.starts == timedelta(days=1)
    assert len(mails(registration)[1].text or "") < len(mails(registration)[0].text or "")


def test_removed_days_are_cancelled_one_by_one() -> None:
    event = builders.event(days=3)
    registration = builders.registration(event)
    organiser = builders.user()
    locked = waitlist.enter(event.id)
    old = event_changes.schedule_of(locked.event, locked.days)
    event_changes.reschedule(locked, replace(old, days=old.days[:1]), by=organiser)
    db.session.commit()
    tell_everyone()
    first, second, third, kept, *removed = invitations(registration)
    assert (kept.method, kept.uid) == ("REQUEST", first.uid)
    assert [(i.method, i.uid) for i in removed] == [("CANCEL", second.uid), ("CANCEL", third.uid)]


def test_an_added_day_is_a_new_entry() -> None:
    event = builders.event()
    registration, organiser = builders.registration(event), builders.user()
    locked = waitlist.enter(event.id)
    old = event_changes.schedule_of(locked.event, locked.days)
    [(starts, ends)] = old.days
    added = (starts + timedelta(days=1), ends + timedelta(days=1))
    event_changes.reschedule(locked, replace(old, days=(*old.days, added)), by=organiser)
    db.session.commit()
    tell_everyone()
    first, kept, new = invitations(registration)
    assert (kept.uid, new.method, new.sequence) == (first.uid, "REQUEST", 0)
    assert new.starts - first.starts == timedelta(days=1)


def test_an_online_participants_calendar_holds_the_join_link_and_never_the_personal_or_the_meeting_link() -> None:
    event = builders.event(meeting_url="https://teams.example/meet/secret")
    [invitation] = invitations(builders.registration(event))
    assert "/j/" in invitation.location
    assert "/r/" not in invitation.text.replace("\r\n ", "")
    assert "secret" not in invitation.text


def test_no_mail_ever_holds_the_meetings_address() -> None:
    event = builders.event(meeting_url="https://teams.example/meet/secret")
    registration = builders.registration(event)
    move(event, timedelta(hours=1), builders.user())
    tell_everyone()
    assert not any("teams.example" in f"{mail.text}{mail.html}" for mail in mails(registration))


def test_a_calendar_names_nobody_but_its_owner() -> None:
    event = builders.event(contact_name="Kaisa Järjestäjä", contact_email="kaisa@uusimaa.example")
    builders.registration(event, family_name="Toinen", email="toinen@espoo.example")
    [invitation] = invitations(builders.registration(event, family_name="Omistaja"))
    text = invitation.text.replace("\r\n ", "")
    assert "Omistaja" in text
    assert "Toinen" not in text
    assert "kaisa@" not in text


def test_switching_from_on_site_to_online_updates_the_entry() -> None:
    event = builders.event(attendance=Attendance.HYBRID, address="Kirjastokatu 1")
    registration = builders.registration(event, mode=Mode.ON_SITE)
    own_changes.switch_mode(registration, Mode.ONLINE)
    db.session.commit()
    before, after = invitations(registration)
    assert "Kirjastokatu 1" in before.location
    assert (after.uid, after.sequence) == (before.uid, 1)
    assert "/j/" in after.location


def test_from_on_site_to_online_people_move_in_the_order_of_registering_and_those_who_do_not_fit_wait() -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_online=2)
    there = builders.registration(event, mode=Mode.ONLINE)
    first, second = (builders.registration(event, mode=Mode.ON_SITE) for _ in range(2))
    organiser = builders.user()
    locked = waitlist.enter(event.id)
    old = event_changes.schedule_of(locked.event, locked.days)
    event_changes.reschedule(locked, replace(old, attendance=Attendance.ONLINE), by=organiser)
    db.session.commit()
    assert [one.status for one in (there, first, second)] == [Status.CONFIRMED, Status.CONFIRMED, Status.WAITING]
    tell_everyone()
    told = [mails(one)[-1] for one in (there, first, second)]
    assert [mail.calendar_method for mail in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert "Olet jonotuslistalla." in (told[2].text or "")


def test_a_called_off_event_promotes_nobody() -> None:
    event = builders.event(places_online=1)
    holder, waiting = builders.registration(event), builders.registration(event)
    event_changes.call_off(event.id, Translated(), by=builders.user())
    db.session.commit()
    own_changes.withdraw(holder)
    db.session.commit()
    assert waiting.status is Status.WAITING
