"""What an organiser tells people: reminders, own words in the mails, and messages to a part of the list."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock, worker
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Attendance, Event, Mode
from app.messages import addresses
from app.messages.models import Message
from app.people.models import AccessLogEntry, User
from app.registrations import event_changes, links, optional_mail, own_changes, own_words
from app.registrations.models import Announcement, JoinClick, Occasion, Registration, Status
from app.translated import Translated
from tests import builders
from tests.conftest import MakeApp
from tests.messages.conftest import deliver
from tests.page_client import Page, PageClient
from tests.smtp_sink import running

TEXTS = {"subject-fi": "Muutama sana", "body-fi": "Tuo kuppi mukaan, {given_name}!"}


@pytest.fixture
def organiser(client: PageClient) -> User:
    return builders.signed_in(client)


@pytest.fixture
def event(organiser: User) -> Event:
    return builders.event(attendance=Attendance.HYBRID)


def write(client: PageClient, event: Event, button: str = "Continue", **fields: object) -> Page:
    form = client.get(f"/staff/events/{event.id}/messages/new")
    return client.submit(form, button, **TEXTS | fields)


def told(occasion: Occasion = Occasion.ORGANISER_MESSAGE) -> list[Message]:
    while worker.announce():
        pass
    db.session.commit()
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


def test_an_organiser_adds_a_reminder_sees_when_it_goes_out_and_removes_it(client: PageClient, event: Event) -> None:
    page = client.get(f"/staff/events/{event.id}/messages")
    added = client.submit(page, "Add a reminder", days_before="7")
    due = clock.helsinki(builders.in_days(7)).date()
    assert f"7 days before at 9.00 Goes out {due.day} " in added.words
    removed = client.submit(added, "Remove: 7 days before at 9.00")
    assert "7 days before at 9.00 Goes out" not in removed.words


def test_own_words_stand_in_the_mail_with_the_facts_and_the_personal_link_beside_them(
    client: PageClient, event: Event
) -> None:
    address = f"/staff/events/{event.id}/messages/texts/confirmed"
    saved = client.submit(
        client.get(address),
        "Save",
        **{"subject-sv": "Välkommen till {event}", "body-sv": "Kul, {given_name}!\n\nTa med {where}."},
    )
    assert "Your own words: Swedish" in saved.words
    swede, finn = (builders.registration(event, language=code, mode=Mode.ON_SITE) for code in ("sv", "fi"))
    mails = {mail.recipient: mail for mail in db.session.scalars(select(Message))}
    swedish, finnish = mails[swede.email], mails[finn.email]
    assert swedish.subject == "Välkommen till Kommuntutorernas höstseminarium"
    text = swedish.text or ""
    assert "Kul, Maria!\n\nTa med Hyvinge huvudbibliotek, Torikatu 5, Hyvinkää." in text
    assert links.manage_url(swede) in text
    assert "Kul, Maria!" in (swedish.html or "")
    assert swedish.calendar
    assert "Kul" not in (finnish.text or "")

    client.submit(client.get(address), "Back to the service’s words")
    db.session.execute(Message.__table__.delete())
    db.session.commit()
    builders.registration(event, language="sv")
    (again,) = db.session.scalars(select(Message))
    assert "Kul" not in (again.text or "")


def test_an_unknown_placeholder_is_refused_at_its_field_by_name(client: PageClient, event: Event) -> None:
    form = client.get(f"/staff/events/{event.id}/messages/texts/waiting")
    page = client.submit(form, "Save", **{"body-fi": "Hei {etunimi}", "subject-en": "{"})
    assert "“{etunimi}” is no placeholder" in page.words
    assert "A brace “{” stands alone" in page.words
    assert own_words.of(event) == {}


def test_own_words_come_after_the_number_in_the_queue(client: PageClient, organiser: User) -> None:
    full = builders.event(places_online=0)
    form = client.get(f"/staff/events/{full.id}/messages/texts/waiting")
    client.submit(form, "Save", **{"body-en": "The recording is for all."})
    builders.registration(full, language="en")
    text = db.session.scalars(select(Message.text)).one() or ""
    assert text.index("number 1 in the queue") < text.index("The recording is for all.")


@pytest.mark.parametrize("occasion", own_words.OCCASIONS)
def test_each_mail_can_be_seen_as_a_participant_before_it_is_saved(
    client: PageClient, event: Event, occasion: Occasion
) -> None:
    person = builders.registration(event, given_name="Åsa")
    address = f"/staff/events/{event.id}/messages/texts/{occasion}"
    first = client.submit(client.get(address), "Preview", **{"body-sv": "Hejsan {full_name}"})
    assert [one.get("formaction") for one in first.document.iter("button") if one.get("name") == "preview"] == [
        f"{address}#preview"
    ] * 2
    seen = client.submit(first, "Show", person=str(person.id))
    assert "Hejsan Åsa Åkerlund" in seen.words
    assert links.manage_url(person) not in seen.get_data(as_text=True)
    assert links.join_url(person) not in seen.get_data(as_text=True)
    db.session.rollback()
    assert own_words.of(event) == {}
    assert len(list(db.session.scalars(select(Message)))) == 1
    assert "messages.preview" in set(db.session.scalars(select(AccessLogEntry.action)))


def test_a_test_goes_to_the_organiser_in_each_language_and_to_nobody_else(
    client: PageClient, event: Event, organiser: User
) -> None:
    builders.registration(event)
    form = client.get(f"/staff/events/{event.id}/messages/texts/reminder")
    client.submit(form, "Send a test to me", **{"body-fi": "Kokeilu, {given_name}"})
    tests = list(db.session.scalars(select(Message).where(Message.occasion == "test").order_by(Message.id)))
    assert [(mail.recipient, mail.language) for mail in tests] == [
        (organiser.email, code) for code in ("fi", "sv", "en")
    ]
    assert "Kokeilu, Staff" in (tests[0].text or "")
    assert own_words.of(event) == {}


def test_a_message_reaches_the_chosen_part_in_each_one_s_language(client: PageClient, event: Event) -> None:
    chosen = builders.registration(event, mode=Mode.ON_SITE, municipality_code=builders.VANTAA, language="sv")
    builders.registration(event, mode=Mode.ONLINE, municipality_code=builders.VANTAA)
    builders.registration(event, mode=Mode.ON_SITE, municipality_code=builders.ESPOO)
    part = {"mode": "on-site", "municipality": builders.VANTAA, "body-sv": "Ta med en kopp, {given_name}!"}
    check = write(client, event, **part)
    assert check.h1 == "Send to 1 person?"
    assert "Those whose status is “Confirmed”, Vantaa, On site" in check.words, check.words
    sent = client.submit(check, "Send")
    assert "on its way to 1 person" in sent.words
    (mail,) = told()
    assert (mail.recipient, mail.subject) == (chosen.email, "Muutama sana")
    assert "Ta med en kopp, Maria!" in (mail.text or "")
    assert links.manage_url(chosen) in (mail.text or "")
    assert mail.unsubscribe_url is None
    page = client.get(f"/staff/events/{event.id}/messages")
    assert "Muutama sana On its way" in page.words
    assert "1 of 1 people" in page.words
    assert "Message from the organiser" in client.get(f"/staff/registrations/{chosen.id}").words


def test_who_went_to_the_meeting_and_who_did_not_are_two_parts(client: PageClient, event: Event) -> None:
    went, did_not = (builders.registration(event, mode=Mode.ONLINE) for _ in range(2))
    db.session.add(JoinClick(registration_id=went.id))
    db.session.commit()
    for attended, person in (("yes", went), ("no", did_not)):
        client.submit(write(client, event, attended=attended), "Send")
        assert told()[-1].recipient == person.email


def test_optional_mail_leaves_out_who_refuses_it_and_says_so(client: PageClient, event: Event) -> None:
    gets_it, refuses, unreachable = (builders.registration(event, given_name=name) for name in ("Salla", "Outi", "Kaj"))
    begin_write()
    optional_mail.refuse(refuses.email_key)
    addresses.refused(unreachable.email, enhanced_code="5.1.1", now=clock.now())
    db.session.commit()
    needed = write(client, event)
    assert needed.h1 == "Send to 2 people?"
    check = write(client, event, kind="optional")
    assert check.h1 == "Send to 1 person?"
    assert "1 person is left out: they have stopped optional mail. Outi Åkerlund" in check.words
    assert "1 person is left out: their address has refused mail before. Kaj Åkerlund" in check.words
    client.submit(check, "Send")
    (mail,) = told()
    assert mail.recipient == gets_it.email
    assert mail.unsubscribe_url == links.unsubscribe_url(gets_it)
    assert db.session.scalars(select(Registration.status).distinct()).all() == [Status.CONFIRMED]


def test_a_message_waits_for_its_time_and_reaches_who_then_fits(client: PageClient, event: Event) -> None:
    with time_machine.travel(builders.in_days(1), tick=False) as travel:
        builders.signed_in(client)
        leaves = builders.registration(event)
        at = clock.helsinki(clock.now() + timedelta(hours=5))
        later = {"due_at-date": at.date().isoformat(), "due_at-time": at.time().isoformat("minutes")}
        client.submit(write(client, event, **later), "Send at its time")
        comes = builders.registration(event)
        own_changes.withdraw(leaves)
        db.session.commit()
        assert told() == []
        page = client.get(f"/staff/events/{event.id}/messages")
        assert "Muutama sana Scheduled" in page.words
        travel.shift(timedelta(hours=5))
        assert [mail.recipient for mail in told()] == [comes.email]
        assert db.session.scalars(select(Announcement.total)).one() == 1


def test_a_message_that_waits_can_be_cancelled_and_one_that_has_gone_cannot(client: PageClient, event: Event) -> None:
    with time_machine.travel(builders.in_days(1), tick=False) as travel:
        builders.signed_in(client)
        builders.registration(event)
        at = clock.helsinki(clock.now() + timedelta(hours=5))
        later = {"due_at-date": at.date().isoformat(), "due_at-time": at.time().isoformat("minutes")}
        scheduled = client.submit(write(client, event, **later), "Send at its time")
        assert "The message is cancelled" in client.submit(scheduled, "Cancel the message: Muutama sana").words
        travel.shift(timedelta(hours=5))
        assert told() == []
        client.submit(write(client, event), "Send")
        assert len(told()) == 1
        last = db.session.scalars(select(Announcement.id).order_by(Announcement.id.desc())).first()
        page = client.get(f"/staff/events/{event.id}/messages")
        token = page.document.find(".//main//input[@name='csrf_token']").get("value")
        late = client.post(
            f"/staff/events/{event.id}/messages/{last}/cancel", data={"csrf_token": token}, follow_redirects=True
        )
        assert "too late to cancel" in late.words


def test_a_time_that_has_passed_and_nobody_to_reach_are_told_before_sending(client: PageClient, event: Event) -> None:
    yesterday = clock.helsinki(clock.now() - timedelta(days=1)).date().isoformat()
    page = write(client, event, **{"due_at-date": yesterday, "due_at-time": "9.00"})
    assert "This time has passed" in page.words
    assert write(client, event).h1 == "Send to 0 people?"


def test_thanks_go_to_those_who_had_a_place_with_ready_words_and_the_way_to_the_materials(
    make_app: MakeApp, client: PageClient, organiser: User
) -> None:
    over = builders.event(starts_at=builders.in_days(-1))
    came = builders.registration_row(over, language="sv")
    builders.registration_row(over, status=Status.WITHDRAWN)
    page = client.click(client.get(f"/staff/events/{over.id}/messages"), "Thank, and share the materials")
    client.submit(client.submit(page, "Continue"), "Send")
    with running() as sink:
        app = make_app(mail_server="127.0.0.1", mail_port=sink.port)
        with app.app_context():
            (mail,) = told(Occasion.MATERIALS)
            assert mail.recipient == came.email
            deliver()
        (caught,) = sink.to(came.email)
    body = caught.mail.get_body(("plain",)).get_content()
    assert links.join_url(came) in body
    assert "Kommuntutorernas höstseminarium" in body
    assert caught.mail["List-Unsubscribe"] == f"<{links.unsubscribe_url(came)}>"
    assert caught.mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_no_mail_names_a_day_that_is_only_for_the_invited(client: PageClient, organiser: User) -> None:
    made = builders.event(days=2)
    first, second = events.days_of(made)
    first.invited_only = True
    own_words.save(made, Occasion.CONFIRMED, subject=Translated(), body=Translated(fi="Nähdään {when}"))
    db.session.commit()
    builders.registration(made)
    page = write(client, made, **{"body-fi": "Muista {when}"})
    client.submit(page, "Send")
    hidden, shown = (f"{clock.helsinki(day.starts_at).day}." for day in (first, second))
    mails = [*told(Occasion.CONFIRMED), *told()]
    assert len(mails) == 2
    for mail in mails:
        assert shown in (mail.text or "")
        assert f" {hidden}" not in (mail.text or "")


def test_what_waits_for_its_time_is_not_sent_when_the_event_is_called_off(client: PageClient, event: Event) -> None:
    with time_machine.travel(builders.in_days(1), tick=False) as travel:
        organiser = builders.signed_in(client)
        builders.registration(event)
        at = clock.helsinki(clock.now() + timedelta(hours=5))
        later = {"due_at-date": at.date().isoformat(), "due_at-time": at.time().isoformat("minutes")}
        client.submit(write(client, event, **later), "Send at its time")
        event_changes.call_off(event.id, Translated(fi="Ei pidetä"), by=organiser)
        db.session.commit()
        travel.shift(timedelta(hours=5))
        assert told() == []
        assert "Muutama sana Cancelled" in client.get(f"/staff/events/{event.id}/messages").words
