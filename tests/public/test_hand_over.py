"""Handing a place to a colleague: it is the giver's until the receiver confirms, and tells the receiver nothing."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value
from werkzeug.test import TestResponse

from app import clock
from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.events.models import Admission, Event
from app.messages.models import Message
from app.questions.models import Question, QuestionKind, QuestionOption
from app.registrations import address_change, doctor, erasure, history, links, own_answers, own_changes, own_consents
from app.registrations.answer_models import Actor, Answer, AnswerChoice, Consent, Handover
from app.registrations.models import ProgrammeChoice, Registration, Status
from app.translated import Translated
from tests import builders
from tests.page_client import PageClient

OUTI = {"given_name": "Outi", "family_name": "Järvinen", "email": "outi@espoo.fi", "language": "sv"}


def registered(event: Event | None = None, **given: Any) -> tuple[Registration, str]:
    made = builders.registration(event or builders.event(), **{"language": "en"} | given)
    return made, urlsplit(links.manage_url(made)).path


def ask(client: PageClient, link: str, **given: str) -> TestResponse:
    return client.submit(client.get(f"{link}/hand-over"), **OUTI | given)


def mails(occasion: str) -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


def mailed_link() -> str:
    (link,) = set(re.findall(r"/r/hand-over/[\w-]{43}", mails("confirm-handover")[-1].text or ""))
    return f"{link}?lang=en"


def take(client: PageClient) -> TestResponse:
    return client.submit(client.get(mailed_link()))


def uid(mail: Message) -> str:
    text = (mail.calendar or b"").decode().replace("\r\n ", "")
    return next(line for line in text.splitlines() if line.startswith("UID:"))


def test_the_place_stays_with_the_giver_until_the_receiver_confirms(client: PageClient) -> None:
    made, link = registered()
    page = ask(client, link)
    assert "We sent a link to outi@espoo.fi." in page.text
    assert "handing your place to Outi Järvinen" in page.words
    (mail,) = mails("confirm-handover")
    assert (mail.recipient, mail.language) == ("outi@espoo.fi", "sv")
    client.get(mailed_link())
    db.session.refresh(made)
    assert made.given_name == "Maria"


def test_confirmed_it_moves_name_mails_links_and_calendar(client: PageClient) -> None:
    made, link = registered()
    giver, old_join = made.email, urlsplit(links.join_url(made)).path
    ask(client, link)
    page = client.get(mailed_link())
    assert "Maria Åkerlund wants to hand over a place to you." in page.words
    assert take(client).h1 == "Thank you"
    db.session.refresh(made)
    assert (made.full_name, made.email, made.language) == ("Outi Järvinen", "outi@espoo.fi", "sv")
    left, arrived = mails("handed-over")
    assert (left.recipient, left.language, left.calendar_method) == (giver, "en", "CANCEL")
    assert (arrived.recipient, arrived.language, arrived.calendar_method) == ("outi@espoo.fi", "sv", "REQUEST")
    assert uid(left) != uid(arrived)
    assert client.get(link).status_code == client.get(old_join).status_code == 404
    mine = client.get(urlsplit(links.manage_url(made)).path)
    assert "Outi Järvinen" in mine.words
    assert "Maria" not in mine.words
    assert doctor.examine() == []


def test_items_municipality_and_group_go_along_and_answers_are_deleted(client: PageClient) -> None:
    event = builders.event()
    (day,) = events.days_of(event)
    item = builders.programme_item(day, sign_up=True, places=1)
    made, link = registered(event, items=frozenset({item.id}), role="palveluesimies")
    question = Question(event_id=event.id, position=1, kind=QuestionKind.CHOICE, label=Translated(fi="Bussi"))
    typed = Question(event_id=event.id, position=2, kind=QuestionKind.TEXT, label=Translated(fi="Toive"))
    option = QuestionOption(question=question, position=1, label=Translated(fi="Espoosta"), places=1)
    db.session.add_all([question, typed, option])
    db.session.flush()
    db.session.add(Answer(registration_id=made.id, question=typed, value="secret"))
    db.session.add(AnswerChoice(registration_id=made.id, option=option))
    db.session.add(Consent(registration=made, matter="participants-list", wording="yes"))
    history.note(made, "details", actor=Actor.PERSON, changed={"role": ["", "palveluesimies"]})
    made.still_coming_at = made.still_coming_asked_at = clock.now()
    db.session.commit()
    ask(client, link)
    take(client)
    db.session.refresh(made)
    assert db.session.scalars(select(ProgrammeChoice.item_id)).all() == [item.id]
    assert (made.municipality_code, made.role) == (builders.ESPOO, "")
    assert made.still_coming_at is made.still_coming_asked_at is None
    for model in (Answer, AnswerChoice, Consent):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    assert [change.what for change in history.own(made)] == ["handed-over"]
    assert [line.what for line in history.of(made)] == ["handed-over", "hand-over-asked", "details", "registered"]


def test_twice_is_already_done(client: PageClient) -> None:
    made, link = registered()
    ask(client, link)
    confirm = client.get(mailed_link())
    client.submit(confirm)
    assert client.submit(confirm).h1 == "This link has been used already"
    assert client.get(mailed_link()).h1 == "This link has been used already"
    db.session.refresh(made)
    assert made.link_generation == 2
    handover = db.session.get_one(Handover, made.id)
    assert (handover.given_name, handover.family_name, handover.email) == ("", "", "")


def test_the_receiver_can_hand_it_over_again(client: PageClient) -> None:
    made, link = registered()
    ask(client, link)
    take(client)
    db.session.refresh(made)
    ask(client, urlsplit(links.manage_url(made)).path, email="petri@espoo.fi", given_name="Petri")
    take(client)
    db.session.refresh(made)
    assert (made.given_name, made.link_generation) == ("Petri", 3)


def test_a_second_ask_replaces_the_first_and_the_giver_can_cancel(client: PageClient) -> None:
    made, link = registered()
    ask(client, link)
    first = mailed_link()
    ask(client, link)
    assert client.get(first).status_code == 404
    page = client.submit(client.get(link), "Keep the place after all")
    assert "You keep your place." in page.text
    dead = client.get(mailed_link())
    assert dead.status_code == 404
    assert "Your colleague may have kept the place after all" in dead.words
    db.session.refresh(made)
    assert made.given_name == "Maria"


def test_only_within_the_own_municipality(client: PageClient) -> None:
    _, link = registered()
    page = ask(client, link, email="outi@vantaa.fi")
    assert page.errors == [
        "This address belongs to Vantaa. A place can be handed over within your own municipality or organisation."
    ]
    assert ask(client, link, email="outi@unknown.example").errors == []
    _, elsewhere = registered(municipality_code=None, organisation="Yhdistys ry")
    assert "belongs to Espoo" in ask(client, elsewhere).errors[0]


def test_the_own_address_is_refused(client: PageClient) -> None:
    made, link = registered()
    assert ask(client, link, email=made.email.upper()).errors == ["This is your own address. Enter your colleague’s."]


def test_three_asks_a_day_are_enough_from_one_and_to_one(client: PageClient) -> None:
    _, link = registered()
    for number in range(3):
        ask(client, link, email=f"outi{number}@espoo.fi")
    refusal = ["Three mails have been sent today to hand over a place. Try again tomorrow."]
    assert ask(client, link).errors == refusal
    for number in range(3):
        _, other = registered()
        ask(client, other, email="OUTI@espoo.fi" if number else "outi@espoo.fi")
    _, last = registered()
    assert ask(client, last).errors == refusal


def test_who_has_a_place_keeps_it_and_only_that_mailbox_is_told(client: PageClient) -> None:
    event = builders.event()
    made, link = registered(event)
    theirs, _ = registered(event, email="outi@espoo.fi", given_name="Outi")
    ask(client, link)
    assert take(client).h1 == "Thank you"
    assert [mail.recipient for mail in mails("registered-already")] == ["outi@espoo.fi"]
    assert mails("handed-over") == []
    db.session.refresh(made)
    assert (made.given_name, made.is_confirmed, theirs.is_confirmed) == ("Maria", True, True)


def test_who_waits_leaves_the_queue_by_it(client: PageClient) -> None:
    event = builders.event(places_online=1)
    made, link = registered(event)
    waiting, _ = registered(event, email="outi@espoo.fi")
    ask(client, link)
    take(client)
    db.session.refresh(made)
    db.session.refresh(waiting)
    assert (made.email, made.status, waiting.status) == ("outi@espoo.fi", Status.CONFIRMED, Status.WITHDRAWN)
    assert mails("withdrawn") == []


def test_one_who_waits_has_nothing_to_hand_over(client: PageClient) -> None:
    event = builders.event(places_online=1)
    registered(event)
    _, link = registered(event)
    assert "Hand the place to a colleague" not in client.get(link).words
    assert client.get(f"{link}/hand-over").status_code == 302


def test_a_place_that_was_given_up_meanwhile_cannot_be_taken(client: PageClient) -> None:
    made, link = registered()
    ask(client, link)
    confirm = client.get(mailed_link())
    own_changes.withdraw(made)
    db.session.commit()
    assert client.submit(confirm).h1 == "The place can no longer be taken over"
    assert mails("handed-over") == []


def test_the_link_ends_with_the_event_and_after_seven_days(client: PageClient) -> None:
    _, link = registered(builders.event(starts_at=builders.in_days(3)))
    ask(client, link)
    confirm = client.get(mailed_link())
    with time_machine.travel(builders.in_days(3) + timedelta(minutes=1)):
        assert client.submit(confirm).h1 == "The place can no longer be taken over"
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        assert client.get(mailed_link()).status_code == 404


def test_the_givers_new_address_that_waits_to_be_confirmed_dies_with_it(client: PageClient) -> None:
    made, link = registered()
    address_change.ask(made, "maria@private.example")
    db.session.commit()
    token = links.token(links.Purpose.ADDRESS, made, "maria@private.example")
    ask(client, link)
    take(client)
    assert client.get(f"/r/address/{token}").status_code == 404


def test_the_receivers_own_copy_holds_nothing_of_the_giver(client: PageClient) -> None:
    made, link = registered(family_name="Zebra")
    ask(client, link)
    take(client)
    db.session.refresh(made)
    copy = client.get(f"{urlsplit(links.manage_url(made)).path}/data.json").get_json()
    assert {mail["to"] for mail in copy["mails"]} == {"outi@espoo.fi"}
    assert [line["what"] for line in copy["history"]] == ["handed-over"]
    assert copy["pending"]["handed_to"] is None
    assert "maria.akerlund" not in str(copy)


def test_the_giver_can_neither_erase_nor_agree_for_the_receiver(client: PageClient) -> None:
    made, link = registered(builders.event(participants_list=True))
    ask(client, link)
    old = made.link_generation
    take(client)
    db.session.refresh(made)
    set_committed_value(made, "link_generation", old)  # as a page has it that was found before
    with pytest.raises(Refused):
        erasure.erase(made)
    db.session.rollback()
    set_committed_value(made, "link_generation", old)
    assert not own_consents.be_listed(made)
    db.session.rollback()
    asked = builders.question(made.event, "Ruokavalio", sensitive=True)
    for matter in ("participants-list", f"question:{asked.id}"):
        db.session.add(Consent(registration_id=made.id, matter=matter, wording="Saa"))
    db.session.commit()
    theirs = db.session.scalars(select(Consent).order_by(Consent.id)).first()
    assert theirs
    set_committed_value(made, "link_generation", old)
    assert not own_consents.withdraw(made, theirs)
    db.session.rollback()
    set_committed_value(made, "link_generation", old)
    assert not own_answers.withdraw_consent(made, asked.id)
    db.session.rollback()
    assert set(db.session.scalars(select(Consent.withdrawn_at))) == {None}


def test_a_place_lets_nobody_in_whom_the_event_does_not_admit(client: PageClient) -> None:
    event = builders.event(admission=Admission.MUNICIPAL)
    _made, link = registered(event, email="maria@espoo.fi")
    page = ask(client, link, email="outi@private.example")
    assert page.errors == ["This address is not known as a municipality’s. Use your work email."]
    assert mails("confirm-handover") == []
    _accepted, link = registered(event, email="kaj@association.example")
    ask(client, link, email="outi@association.example")
    assert len(mails("confirm-handover")) == 1
