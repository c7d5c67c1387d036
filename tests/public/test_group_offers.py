"""Places offered to a whole group: the contact answers for all of it from the group's page, and nobody alone."""

import pytest
import time_machine
from sqlalchemy import select

from app import clock, worker
from app.database import db
from app.errors import Refused
from app.events.models import Event, Promotion
from app.messages.models import Message
from app.registrations import links, offers, own_changes, waitlist
from app.registrations.links import Purpose
from app.registrations.models import Group, Registration, Status
from tests import builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def offered() -> tuple[Event, list[Registration], Registration, str]:
    """The two places of an event are offered to a group of two; one more waits. And the address of the group's page."""
    event = builders.event(starts_at=builders.in_days(60), places_online=2, promotion=Promotion.OFFER, largest_group=3)
    holders = [builders.registration(event) for _ in range(2)]
    members = builders.group(event, "Aho", "Niemi", language="en")
    for holder in holders:
        own_changes.withdraw(holder)
        db.session.commit()
    third = builders.registration(event)
    group = db.session.scalars(select(Group)).one()
    return event, members, third, f"/g/{links.token(Purpose.GROUP, group)}?lang=en"


def statuses(*registrations: Registration) -> list[Status]:
    db.session.rollback()
    return [registration.status for registration in registrations]


def mails(occasion: str) -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


def test_one_offer_is_made_to_all_and_the_contact_accepts_it_for_all(client: PageClient) -> None:
    _event, members, third, page = offered()
    assert statuses(*members, third) == [Status.OFFERED, Status.OFFERED, Status.WAITING]
    assert len({one.offer_expires_at for one in members}) == 1
    *own, to_contact = mails("offered")
    assert all("Hanna Salo accepts or declines it for all of you" in (mail.text or "") for mail in own)
    assert page.partition("?")[0] in (to_contact.text or "")
    form = client.get(page)
    done = client.submit(form, "Accept for all")
    assert "The places are yours. Welcome!" in done.text
    assert statuses(*members) == [Status.CONFIRMED] * 2
    assert [mail.recipient for mail in mails("confirmed")][-2:] == [one.email for one in members]
    assert "The places were accepted already." in client.submit(form, "Accept for all").text


def test_a_member_alone_is_told_who_answers_and_cannot(client: PageClient) -> None:
    _event, (aho, niemi), _third, _page = offered()
    own = client.get(f"/r/{links.token(Purpose.MANAGE, aho)}/offer")
    assert "Hanna Salo accepts or declines for all of you by" in own.words
    assert "Accept the place" not in own.words
    with pytest.raises(Refused, match="Hanna Salo answers for your whole group"):
        offers.accept(aho)
    db.session.rollback()
    assert statuses(aho, niemi) == [Status.OFFERED, Status.OFFERED]


def test_declining_frees_all_tells_each_by_whom_and_leads_back_together(client: PageClient) -> None:
    event, members, third, page = offered()
    done = client.submit(client.get(page), "Decline for all")
    assert "You declined the places for all." in done.text
    assert statuses(*members, third) == [Status.WITHDRAWN, Status.WITHDRAWN, Status.OFFERED]
    assert all("Hanna Salo, who had registered you" in (mail.text or "") for mail in mails("withdrawn")[-2:])
    alone = builders.registration(event)
    back = client.submit(client.get(page), "Go back to the waiting list")
    assert "All of you wait again." in back.text
    assert statuses(*members, alone) == [Status.WAITING, Status.WAITING, Status.CONFIRMED]
    assert waitlist.queue_numbers(event) == {members[0].id: 1, members[1].id: 1}


def test_an_offer_that_nobody_answers_ends_for_all_at_once(client: PageClient) -> None:
    _event, members, third, page = offered()
    form = client.get(page)
    with time_machine.travel(members[0].offer_expires_at or clock.now()):
        assert "The offer has ended" in client.get(page).words
        assert worker.settle() == 1
        assert statuses(*members, third) == [Status.WITHDRAWN, Status.WITHDRAWN, Status.OFFERED]
        recipients = [mail.recipient for mail in mails("offer-lapsed")]
        assert recipients[:2] == [one.email for one in members]
        assert recipients[2].startswith("hanna.salo")
        assert "The time to accept the places is over." in client.submit(form, "Accept for all").text


def test_places_given_and_offered_by_hand_go_to_all_of_it_or_nobody(client: PageClient) -> None:
    event = builders.event(starts_at=builders.in_days(60), places_online=2, promotion=Promotion.OFFER, largest_group=3)
    holders = [builders.registration(event) for _ in range(2)]
    members = builders.group(event, "Aho", "Niemi")
    event.queue_closes_at = clock.now()
    db.session.commit()
    builders.signed_in(client)
    own_changes.withdraw(holders[0])
    db.session.commit()
    page = client.get(f"/staff/registrations/{members[0].id}/turn?lang=en")
    assert "all of it that waits gets or is offered places, or nobody" in page.words
    client.submit(page, "Offer a place")
    assert statuses(*members) == [Status.WAITING] * 2
    own_changes.withdraw(holders[1])
    db.session.commit()
    client.submit(page, "Offer a place")
    assert statuses(*members) == [Status.OFFERED] * 2


def test_a_contact_who_erases_the_own_details_leaves_the_members_each_for_themselves(client: PageClient) -> None:
    _event, (aho, niemi), _third, page = offered()
    question = client.click(client.get(page), "Erase your details from the group")
    assert "From now on each of you waits and accepts a place alone" in question.words
    assert "Your details have been erased" in client.submit(question).h1
    assert client.get(page).status_code == 404
    group = db.session.scalars(select(Group)).one()
    assert (group.contact_name, group.contact_email, group.manage_link_hash) == ("", "", None)
    assert not any(mail.recipient.startswith("hanna.salo") for mail in db.session.scalars(select(Message)))
    assert "Accept it by" in (mails("offered")[-1].text or ""), "who was told that another answers is told anew"
    assert offers.accept(aho)
    db.session.commit()
    assert statuses(aho, niemi) == [Status.CONFIRMED, Status.OFFERED]


def test_who_erases_the_own_registration_is_no_longer_the_contact_of_a_group(client: PageClient) -> None:
    event = builders.event(places_online=3, largest_group=3)
    holders = [builders.registration(event) for _ in range(2)]
    members = builders.group(event, "Aho", "Niemi")
    assert members[0].group
    contact = builders.attempt(event, email=members[0].group.contact_email, language="en").registration
    assert contact
    assert (statuses(contact, *members)) == [Status.CONFIRMED, Status.WAITING, Status.WAITING]
    page = client.get(f"/r/{links.token(Purpose.MANAGE, contact)}/erase?lang=en")
    assert "Your name and address as the contact person are erased" in page.words
    client.submit(page)
    assert statuses(*members) == [Status.CONFIRMED, Status.WAITING], "each of them waits alone now"
    assert db.session.scalars(select(Group)).one().contact_email == ""
    assert len(holders) == 2
