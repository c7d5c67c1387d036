"""A contact registers colleagues in one go, and sees and changes the group from the link in the mail."""

import re
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import db
from app.events import queries as events
from app.events.models import Admission, Attendance, Event, Mode
from app.messages.models import Message
from app.registrations import (
    address_change,
    group_members,
    invitation_links,
    invitations,
    links,
    own_changes,
    queue_moves,
    waitlist,
)
from app.registrations.models import Attempt, Group, Invitation, Registration, Status
from app.registrations.queue_moves import Place
from tests import builders
from tests.builders import ESPOO
from tests.conftest import MakeApp
from tests.page_client import PageClient

CONTACT = {"given_name": "Maria", "family_name": "Åkerlund", "email": "maria@espoo.fi"}
NAMES = [("Outi", "Järvinen"), ("Petri", "Laaksonen"), ("Salla", "Niemi")]


def group_event(**given: Any) -> Event:
    return builders.event(**{"largest_group": 4} | given)


def rows(number: int, **more: Any) -> dict[str, Any]:
    """What is typed of so many colleagues."""
    return {
        f"members-{at}-{name}": value
        for at, (given, family) in enumerate(NAMES[:number])
        for name, value in {"given_name": given, "family_name": family, "email": f"{given.lower()}@espoo.fi"}.items()
    } | more


def opened(client: PageClient, event: Event, number: int = 2) -> TestResponse:
    """The form with so many rows."""
    page = client.get(f"/en/events/{event.slug}/register-group")
    for _ in range(number - 2):
        page = client.submit(page, "Add a colleague")
    return page


def send(client: PageClient, event: Event, number: int = 2, **fields: Any) -> TestResponse:
    return client.submit(opened(client, event, number), **CONTACT | {"all_or_none": "no"} | rows(number) | fields)


def corrected_at(page: TestResponse) -> list[str]:
    """The fields to which the error summary leads."""
    summaries = [part for part in page.document.iter() if part.get("role") == "alert"]
    return [link.get("href", "")[1:] for summary in summaries for link in summary.iter("a")]


def registrations() -> list[Registration]:
    return list(db.session.scalars(select(Registration).order_by(Registration.id)))


def mails(occasion: str) -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


def group_link() -> str:
    (link,) = set(re.findall(r"/g/[\w-]{43}", mails("group")[-1].text or ""))
    return link


def test_the_event_page_offers_it_where_the_organiser_allows_it(client: PageClient) -> None:
    page = client.click(client.get(f"/en/events/{group_event().slug}"), "Register a group")
    assert page.h1 == "Register a group"
    alone = builders.event()
    assert "Register a group" not in client.get(f"/en/events/{alone.slug}").words
    assert client.get(f"/en/events/{alone.slug}/register-group").status_code == 302


def test_each_member_has_a_registration_a_mail_and_a_calendar_entry_of_their_own(client: PageClient) -> None:
    page = send(client, group_event(), takes_part=True)
    assert page.h1 == "Your group is registered"
    assert page.words.count("Confirmed") == 3
    made = registrations()
    assert [(one.full_name, one.municipality_code, one.status) for one in made] == [
        ("Maria Åkerlund", ESPOO, Status.CONFIRMED),
        ("Outi Järvinen", ESPOO, Status.CONFIRMED),
        ("Petri Laaksonen", ESPOO, Status.CONFIRMED),
    ]
    told = mails("confirmed")
    assert [(mail.recipient, mail.calendar_method) for mail in told] == [(one.email, "REQUEST") for one in made]
    by_whom = ["Maria Åkerlund registered you" in (mail.text or "") for mail in told]
    assert by_whom == [False, True, True]
    (summary,) = mails("group")
    assert summary.recipient == "maria@espoo.fi"
    assert "Outi Järvinen: Confirmed" in (summary.text or "")
    assert "/g/" not in page.text


def test_the_contact_need_not_take_part(client: PageClient) -> None:
    send(client, group_event())
    assert [one.given_name for one in registrations()] == ["Outi", "Petri"]


def test_the_same_form_again_does_nothing(client: PageClient) -> None:
    form = opened(client, group_event())
    for _ in range(2):
        page = client.submit(form, **CONTACT | {"all_or_none": "no"} | rows(2))
        assert page.words.count("Confirmed") == 2
    assert (len(registrations()), len(mails("group")), len(mails("registered-already"))) == (2, 1, 0)
    stranger: PageClient = client.application.test_client()
    assert stranger.get(page.request.path).status_code == 404


def test_rows_come_and_go_by_buttons_and_keep_what_was_typed(client: PageClient) -> None:
    page = client.submit(opened(client, group_event()), "Add a colleague", **CONTACT | rows(2) | {"takes_part": True})
    assert "Colleague 3" in page.words
    assert "Add a colleague" not in page.words, "four are allowed, and the contact is one"
    page = client.submit(page, "Remove colleague 1")
    assert "Colleague 3" not in page.words
    client.submit(page, all_or_none="no")
    assert [one.given_name for one in registrations()] == ["Maria", "Petri"]


def test_errors_stand_at_their_row(client: PageClient) -> None:
    event = group_event(attendance=Attendance.HYBRID)
    page = send(client, event, **{"members-1-family_name": "", "members-1-email": "no address"})
    assert page.errors == [
        "Choose how your colleague takes part",
        "Enter the family name",
        "Enter an email address like name@municipality.fi",
        "Choose how your colleague takes part",
    ]
    online = {"members-0-mode": "online", "members-1-mode": "on-site"}
    same = {"members-1-email": "OUTI@espoo.fi"} | online
    assert send(client, event, **same).errors == ["This address is in the group already."]
    elsewhere = {"members-0-email": "outi@vantaa.fi"} | online
    assert "belongs to Vantaa" in send(client, event, **elsewhere).errors[0]
    assert "Choose how you take part" in send(client, event, takes_part=True, **online).errors
    assert registrations() == []
    send(client, event, **online)
    assert [one.mode for one in registrations()] == [Mode.ONLINE, Mode.ON_SITE]


def test_more_than_the_organiser_allows_are_refused_by_the_rule_too(client: PageClient) -> None:
    event = group_event(largest_group=3)
    assert send(client, event, 3, takes_part=True).errors == ["A group can have 3 people at the most."]
    form = opened(client, event, 3)
    db.session.get_one(Event, event.id).largest_group = 2
    db.session.commit()
    page = client.submit(form, **CONTACT | {"all_or_none": "no"} | rows(3))
    assert page.errors == ["A group can have 2 people at the most."]


def test_a_group_that_wants_all_or_nothing_must_fit_the_limits(client: PageClient) -> None:
    page = send(client, group_event(places_online=1), all_or_none="yes")
    assert "The number of places online is 1." in page.errors[0]
    page = send(client, group_event(municipality_limit=1), all_or_none="yes")
    assert "The number of places for one municipality is 1." in page.errors[0]
    assert registrations() == []


def test_each_member_must_be_one_who_may_register(client: PageClient) -> None:
    event = group_event(admission=Admission.MUNICIPAL)
    page = send(client, event, **{"members-1-email": "petri@unknown.example"})
    assert page.errors == ["This address is not known as a municipality’s. Use your work email."]
    by_invitation = group_event(admission=Admission.INVITED)
    assert "Register a group" not in client.get(f"/en/events/{by_invitation.slug}").words
    assert client.get(f"/en/events/{by_invitation.slug}/register-group").status_code == 302


def test_who_does_not_fit_is_named_when_there_is_no_waiting_list(client: PageClient) -> None:
    page = send(client, group_event(places_online=1, waiting_list=False))
    assert page.errors == ["Petri Laaksonen: The event is full, and it has no waiting list."]
    assert corrected_at(page) == ["members-1-given_name"]
    assert registrations() == []


def test_what_the_rule_says_of_one_stands_at_their_field(client: PageClient) -> None:
    hybrid = group_event(attendance=Attendance.HYBRID, places_online=1, waiting_list=False)
    online = {"members-0-mode": "online", "members-1-mode": "online"}
    page = send(client, hybrid, **online)
    assert page.errors == ["Petri Laaksonen: The places online are taken. There may be room on site."]
    assert corrected_at(page) == ["members-1-mode"]
    assert corrected_at(client.submit(page, **{"members-1-mode": "on-site"})) == []
    municipal = group_event(admission=Admission.MUNICIPAL)
    page = send(client, municipal, email="maria@unknown.example", municipality=ESPOO, takes_part=True)
    assert "Maria Åkerlund: This address is not known" in page.errors[0]
    assert corrected_at(page) == ["email"]
    assert corrected_at(send(client, group_event(places_online=1), all_or_none="yes")) == ["all_or_none"]


def test_nothing_tells_that_a_member_was_registered_already(client: PageClient) -> None:
    event = group_event()
    theirs = builders.registration(event, email="outi@espoo.fi", given_name="Private", language="en")
    page = send(client, event)
    assert page.words.count("Confirmed") == 2
    assert [mail.recipient for mail in mails("registered-already")] == ["outi@espoo.fi"]
    assert "Outi Järvinen: Confirmed" in (mails("group")[0].text or "")
    assert len(mails("confirmed")) == 2
    page = client.get(group_link())
    assert "Outi Järvinen Confirmed outi@espoo.fi Remove Outi Järvinen" in page.words
    assert "Private" not in page.text
    (outi, _petri) = group_members.of(db.session.scalars(select(Group)).one())
    page = client.submit(client.get(f"{group_link()}/withdraw/{outi.key}"))
    assert "Outi Järvinen is withdrawn, and is told by mail." in page.text
    assert "Outi Järvinen Withdrawn" in page.words
    db.session.refresh(theirs)
    assert (theirs.is_confirmed, theirs.group_id, theirs.given_name) == (True, None, "Private")


def test_the_page_adds_members_until_the_group_is_full(client: PageClient) -> None:
    event = group_event(largest_group=3)
    send(client, event)
    page = client.click(client.get(group_link()), "Add a colleague")
    there = client.submit(page, given_name="Outi", family_name="Järvinen", email="outi@espoo.fi")
    assert there.errors == ["This address is in the group already."]
    full = client.submit(page, given_name="Salla", family_name="Niemi", email="salla@espoo.fi")
    assert "Salla Niemi Confirmed" in full.words
    assert "Add a colleague" not in full.words
    more = client.submit(page, given_name="Kaj", family_name="Öhman", email="kaj@espoo.fi")
    assert more.errors == ["A group can have 3 people at the most."]
    assert mails("confirmed")[-1].recipient == "salla@espoo.fi"


def test_a_member_whom_the_contact_withdraws_is_told_by_whom(client: PageClient) -> None:
    send(client, group_event())
    asking = client.click(client.get(group_link()), "Remove Outi Järvinen")
    assert registrations()[0].is_active
    page = client.submit(asking)
    assert "Outi Järvinen Withdrawn" in page.words
    (told,) = mails("withdrawn")
    assert (told.recipient, told.calendar_method) == ("outi@espoo.fi", "CANCEL")
    assert "Maria Åkerlund, who had registered you" in (told.text or "")
    assert "was withdrawn already" in client.submit(asking).text


def test_a_member_who_moved_to_another_address_is_a_name_only(client: PageClient) -> None:
    send(client, group_event(), language="en")
    outi = registrations()[0]
    key = group_members.of(outi.group)[0].key if outi.group else ""
    address_change.ask(outi, "outi@private.example")
    db.session.commit()
    token = links.token(links.Purpose.ADDRESS, outi, "outi@private.example")
    client.submit(client.get(f"/r/address/{token}"))
    page = client.get(group_link())
    assert "Outi Järvinen The registration has moved to another address" in page.words
    assert "private.example" not in page.text
    assert client.get(f"{group_link()}/withdraw/{key}").h1 == "Only Outi Järvinen can withdraw"


def test_a_dead_link_helps(client: PageClient) -> None:
    dead = client.get("/g/nothing")
    assert dead.status_code == 404
    assert "Each member can change or withdraw their own registration" in dead.words


def test_too_many_forms_keep_what_was_typed(make_app: MakeApp) -> None:
    app = make_app(ratelimit_enabled=True, ratelimit_form_posts="1/minute")
    with app.app_context():
        client: PageClient = app.test_client()
        event = group_event()
        form = opened(client, event)
        client.submit(form, **CONTACT | {"all_or_none": "no"} | rows(2))
        page = client.submit(form, **CONTACT | {"all_or_none": "no"} | rows(2))
    assert page.status_code == 429
    assert 'value="petri@espoo.fi"' in page.text


def test_the_answer_to_a_single_form_is_no_answer_of_a_group(client: PageClient) -> None:
    event = group_event()
    send(client, event)
    assert {attempt.nonce[-4:] for attempt in db.session.scalars(select(Attempt))} == {".000", ".001"}


def test_a_group_that_waits_goes_on_without_the_one_who_withdraws(client: PageClient) -> None:
    event = group_event(places_online=3)
    held = [builders.registration(event) for _ in range(2)]
    page = send(client, event, 3, all_or_none="yes")
    assert page.words.count("Waiting, number 1") == 3
    own_changes.withdraw(held[0])
    db.session.commit()
    assert {one.status for one in registrations()[2:]} == {Status.WAITING}, "two are free, and they are three"
    client.submit(client.click(client.get(group_link()), "Remove Salla Niemi"))
    assert [one.status for one in registrations()[2:]] == [Status.CONFIRMED, Status.CONFIRMED, Status.WITHDRAWN]


def test_a_whole_group_is_one_turn_also_for_who_joins_it_and_when_it_is_moved(client: PageClient) -> None:
    event = group_event(places_online=3)
    for _ in range(3):
        builders.registration(event)
    send(client, event, 2, all_or_none="yes", language="en")
    alone = builders.registration(event)
    page = client.click(client.get(group_link()), "Add a colleague")
    client.submit(page, given_name="Salla", family_name="Niemi", email="salla@espoo.fi")
    assert "you are number 1 in the queue" in (mails("waiting")[-1].text or "")
    outi, petri, salla = (one for one in registrations() if one.group_id)
    assert waitlist.queue_numbers(event) == {outi.id: 1, petri.id: 1, salla.id: 1, alone.id: 2}
    queue_moves.move(petri, Place.END, "Suunnitelmat muuttuivat", by=builders.user().id)
    db.session.commit()
    assert waitlist.queue_numbers(event) == {alone.id: 1, outi.id: 2, petri.id: 2, salla.id: 2}


def invited(client: PageClient, event: Event, limit: int | None) -> Invitation:
    """An invitation that this browser has opened."""
    made = invitation_links.make(event.id, "Espoo", limit, by=builders.user().id)
    db.session.commit()
    client.get(f"/i/{links.invitation_token(made.uuid)}")
    return made


def test_an_invitation_is_used_by_each_member_and_its_limit_is_said(client: PageClient) -> None:
    event = group_event(admission=Admission.INVITED)
    made = invited(client, event, limit=3)
    single = client.get(f"/en/events/{event.slug}/register")
    assert client.click(single, "Register a group").h1 == "Register a group"
    refused = send(client, event, 3, takes_part=True)
    assert refused.errors == [
        "This invitation is for 3 more people. Leave somebody out, or ask the organiser for another."
    ]
    assert send(client, event, 2).h1 == "Your group is registered"
    assert {one.invitation_id for one in registrations()} == {made.id}
    page = client.click(client.get(group_link()), "Add a colleague")
    client.submit(page, given_name="Salla", family_name="Niemi", email="salla@espoo.fi")
    late = client.submit(page, given_name="Kaj", family_name="Öhman", email="kaj@espoo.fi")
    assert "has been used by as many people" in late.errors[0]
    assert invitation_links.used(db.session.get_one(Event, event.id)) == {made.id: 3}


def test_a_group_by_invitation_comes_to_the_days_by_invitation_too(client: PageClient) -> None:
    event = group_event(days=2, admission=Admission.ANYONE)
    events.days_of(event)[0].invited_only = True
    db.session.commit()
    invited(client, event, limit=None)
    send(client, event)
    assert [len(invitations.entries_of(one)) for one in registrations()] == [2, 2]
