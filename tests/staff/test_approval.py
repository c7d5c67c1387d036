"""Registrations that an organiser approves or refuses."""

import pytest
from sqlalchemy import select

from app.database import db
from app.errors import Refused
from app.events.models import Attendance, Event, Mode
from app.messages.models import Message
from app.registrations import approval, group_changes, own_changes, waitlist
from app.registrations.models import Registration, Status
from tests import builders
from tests.page_client import Page, PageClient


def asking(*names: str, **given: object) -> Event:
    event = builders.event(approval=True, **given)
    for name in names:
        builders.attempt(event, family_name=name, email=f"{name.lower()}@espoo.example", mode=event.modes[0])
    return event


def statuses() -> dict[str, Status]:
    return {name: status for name, status in db.session.execute(select(Registration.family_name, Registration.status))}


def chosen(organiser: PageClient, event: Event, decision: str, **fields: object) -> Page:
    return organiser.submit(organiser.get(f"/staff/events/{event.id}/approval"), decision, **fields)


def id_of(name: str) -> str:
    return str(db.session.scalars(select(Registration.id).where(Registration.family_name == name)).one())


def test_nobody_has_a_place_before_approval_and_the_list_leads_to_it(organiser: PageClient) -> None:
    event = asking("Aho", "Niemi", places_online=1)
    assert set(statuses().values()) == {Status.AWAITING_APPROVAL}
    listed = organiser.get(f"/staff/events/{event.id}/registrations")
    page = organiser.click(listed, "2 registrations await approval: approve or refuse")
    assert "Aho, Maria" in page.words


def test_all_in_the_list_are_approved_after_the_count_is_restated_in_the_order_of_registering(
    organiser: PageClient,
) -> None:
    event = asking("Aho", "Niemi", "Zitting", places_online=2)
    question = chosen(organiser, event, "Approve…", all=True)
    assert question.h1 == "Approve 3 registrations?"
    assert set(statuses().values()) == {Status.AWAITING_APPROVAL}
    done = organiser.submit(question, "Approve", message="Tervetuloa mukaan!")
    assert "3 people are approved, and told by mail." in done.words
    assert statuses() == {"Aho": Status.CONFIRMED, "Niemi": Status.CONFIRMED, "Zitting": Status.WAITING}
    told = db.session.execute(select(Message.occasion, Message.text).order_by(Message.id)).all()[3:]
    assert [occasion for occasion, _text in told] == ["confirmed", "confirmed", "waiting"]
    assert all("Tervetuloa mukaan!" in text for _occasion, text in told)


def test_only_those_ticked_are_refused_and_read_why(organiser: PageClient) -> None:
    event = asking("Aho", "Niemi")
    question = chosen(organiser, event, "Refuse…", chosen=[id_of("Niemi")])
    organiser.submit(question, "Refuse", message="Tilaisuus on kirjastoille.")
    assert statuses() == {"Aho": Status.AWAITING_APPROVAL, "Niemi": Status.REFUSED}
    told = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert told
    assert (told.occasion, told.recipient) == ("refused", "niemi@espoo.example")
    assert "Tilaisuus on kirjastoille." in (told.text or "")


def test_one_is_decided_on_from_the_own_page_and_twice_does_nothing_more(organiser: PageClient) -> None:
    asking("Aho")
    question = organiser.submit(organiser.get(f"/staff/registrations/{id_of('Aho')}"), "Approve…")
    organiser.submit(question, "Approve")
    organiser.submit(question, "Approve")
    assert statuses() == {"Aho": Status.CONFIRMED}
    assert db.session.scalars(select(Message.occasion).order_by(Message.id)).all() == ["awaiting-approval", "confirmed"]


def test_nobody_chosen_is_said(organiser: PageClient) -> None:
    event = asking("Aho", "Niemi")
    assert "Choose at least one registration" in chosen(organiser, event, "Approve…").words


def test_changing_the_way_of_taking_part_does_not_let_anybody_in(organiser: PageClient) -> None:
    asking("Aho", attendance=Attendance.HYBRID)
    registration = db.session.scalars(select(Registration)).one()
    own_changes.switch_mode(registration, Mode.ONLINE)
    db.session.commit()
    assert (registration.status, registration.mode) == (Status.AWAITING_APPROVAL, Mode.ONLINE)


def test_a_group_that_wants_all_or_nothing_is_approved_as_a_whole_whoever_was_ticked(organiser: PageClient) -> None:
    event = asking(places_online=3, largest_group=3)
    builders.group(event, "Aho", "Niemi", "Zitting")
    page = organiser.get(f"/staff/events/{event.id}/approval?lang=en")
    assert page.words.count("All or none: Hanna Salo") == 3
    question = chosen(organiser, event, "Approve…", chosen=[id_of("Niemi")])
    assert question.h1 == "Approve 3 registrations?"
    assert "all get a place, or all wait together" in question.words
    done = organiser.submit(question, "Approve")
    assert "3 people are approved, and told by mail." in done.words
    assert set(statuses().values()) == {Status.CONFIRMED}


def test_a_whole_group_with_too_few_places_waits_as_one_entry_and_who_is_added_to_it_too(organiser: PageClient) -> None:
    event = asking("Virtanen", places_online=3, largest_group=4)
    organiser.submit(chosen(organiser, event, "Approve…", chosen=[id_of("Virtanen")]), "Approve")
    first, *_others = builders.group(event, "Aho", "Niemi", "Zitting")
    assert approval.approve(first, by=builders.user().id) == 3
    db.session.commit()
    assert statuses() == {"Virtanen": Status.CONFIRMED} | dict.fromkeys(["Aho", "Niemi", "Zitting"], Status.WAITING)
    assert set(waitlist.queue_numbers(event).values()) == {1}
    assert first.group
    with pytest.raises(Refused, match="cannot fit as a whole"):
        group_changes.add(first.group, builders.application(family_name="Öhman"))
    db.session.rollback()
    own_changes.withdraw(first)
    db.session.commit()
    group_changes.add(first.group, builders.application(family_name="Öhman"))
    db.session.commit()
    assert statuses()["Niemi"] is Status.CONFIRMED, "two are free for two"
    approval.approve(db.session.get_one(Registration, int(id_of("Öhman"))), by=builders.user().id)
    db.session.commit()
    assert statuses()["Öhman"] is Status.WAITING


def test_a_whole_group_is_refused_as_a_whole_and_another_group_one_by_one(organiser: PageClient) -> None:
    event = asking(largest_group=3)
    builders.group(event, "Aho", "Niemi")
    builders.group(event, "Virtanen", "Zitting", all_or_none=False)
    question = chosen(organiser, event, "Refuse…", chosen=[id_of("Aho"), id_of("Zitting")])
    assert question.h1 == "Refuse 3 registrations?"
    organiser.submit(question, "Refuse")
    assert statuses() == {
        "Aho": Status.REFUSED, "Niemi": Status.REFUSED,
        "Virtanen": Status.AWAITING_APPROVAL, "Zitting": Status.REFUSED,
    }  # fmt: skip
