"""The contact changes the own e-mail address: asked on the personal page, confirmed from the new mailbox."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.database import db
from app.messages.models import Message
from app.sparring import links, own_data
from app.sparring.meeting_models import MeetingGuest
from app.sparring.models import Request
from app.sparring.poll_models import Voter
from tests import meeting_builders, sparring_builders
from tests.page_client import Page, PageClient

pytestmark = pytest.mark.usefixtures("app")
NEW = "outi@uusi.example"


def own(request: Request, part: str = "") -> str:
    return f"/s/{links.request_token(request)}{part}"


def ask(client: PageClient, request: Request, email: str = NEW) -> Page:
    return client.submit(client.get(own(request, "/address")), email=email)


def mails(occasion: str) -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


def mailed_link() -> str:
    (link,) = set(re.findall(r"/s/address/[\w-]{43}", mails("sparring-confirm-address")[-1].text or ""))
    return link


def join_page(email: str) -> str:
    guest = db.session.scalars(select(MeetingGuest).where(MeetingGuest.email == email)).one()
    return f"/s/join/{links.guest_token(guest.uuid)}"


def test_nothing_changes_before_the_new_mailbox_answers_and_then_mails_and_links_go_there(client: PageClient) -> None:
    wish = sparring_builders.request()
    old, page = wish.contact_email, own(wish)
    assert f"We sent a link to {NEW}." in ask(client, wish).words
    assert NEW not in client.get(page).words
    assert client.get(own(wish, "/data.json")).get_data(as_text=True).count(NEW) == 0

    confirm = client.get(mailed_link())
    assert NEW in confirm.words
    assert client.submit(confirm).h1 == "Thank you"
    assert (client.get(page).status_code, client.get(mailed_link()).status_code) == (404, 404)
    (left,), (arrived,) = mails("sparring-address-left"), mails("sparring-address-changed")
    assert (left.recipient, arrived.recipient) == (old, NEW)
    assert own(wish) in (arrived.text or "")
    assert NEW in client.get(own(wish)).words
    own_mails = {mail["occasion"] for mail in own_data.as_json(wish)["mails"]}
    assert own_mails == {"sparring-confirm-address", "sparring-address-changed", "sparring-address-left"}
    ask(client, wish, old)
    assert mailed_link() not in client.get(own(wish, "/data.json")).get_data(as_text=True)


def test_a_meeting_leaves_the_old_calendar_and_comes_into_the_new_one(client: PageClient) -> None:
    meeting = meeting_builders.meeting()
    wish, old = meeting.request, meeting.request.contact_email
    join = join_page(old)
    ask(client, wish)
    client.submit(client.get(mailed_link()))
    got = meeting_builders.calendars(meeting)
    assert got[old] == [("REQUEST", 0), ("CANCEL", 1)]
    assert got[NEW] == [("REQUEST", 1)]
    assert (client.get(join).status_code, client.get(join_page(NEW)).status_code) == (404, 200)


def test_an_open_poll_asks_the_new_mailbox_and_keeps_the_answers(client: PageClient) -> None:
    wish = meeting_builders.request()
    meeting_builders.named(wish, meeting_builders.tutor())
    poll = meeting_builders.poll(wish, asks_participants=True)
    meeting_builders.votes(poll)
    before = meeting_builders.voter_path(poll)
    ask(client, wish)
    client.submit(client.get(mailed_link()))
    voter = db.session.scalars(select(Voter).where(Voter.email == NEW)).one()
    assert voter.answered_at is not None
    assert (client.get(before).status_code, client.get(meeting_builders.voter_path(poll)).status_code) == (404, 200)
    assert mails("sparring-poll")[-1].recipient == NEW


def test_the_last_question_counts_for_a_week_and_three_a_day_are_enough(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = sparring_builders.request()
    ask(client, wish, "eka@uusi.example")
    first = mailed_link()
    ask(client, wish)
    assert client.get(first).status_code == 404
    ask(client, wish)
    assert "three times today" in ask(client, wish).errors[0]
    last = mailed_link()
    assert client.get(last).status_code == 200
    now = clock.now() + timedelta(days=7)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert client.get(last).status_code == 404


def test_a_colleagues_address_is_refused_also_when_they_came_meanwhile(client: PageClient) -> None:
    wish = sparring_builders.request()
    first = sparring_builders.colleague(wish)
    assert ask(client, wish, wish.contact_email).errors == ["This is the address that your request already has."]
    assert "address of a colleague" in ask(client, wish, first.email).errors[0]
    ask(client, wish)
    sparring_builders.colleague(wish, email=NEW)
    page = client.submit(client.get(mailed_link()))
    assert "address of a colleague" in page.errors[0]
    assert client.get(f"/s/{links.colleague_token(first.uuid)}/address").status_code == 404


def test_who_erases_the_own_details_leaves_none_of_the_addresses_behind(client: PageClient) -> None:
    wish = sparring_builders.request()
    ask(client, wish)
    client.submit(client.get(mailed_link()))
    ask(client, wish, "kolmas@uusi.example")
    waiting = mailed_link()
    client.submit(client.get(own(wish, "/erase")))
    db.session.rollback()
    assert client.get(waiting).status_code == 404
    about = db.session.scalars(select(Message.recipient).where(Message.occasion.like("sparring-%address%"))).all()
    assert set(about) == {""}
