"""The form mails whatever address it is given, so nothing typed in it may carry somebody else's message there."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.database import db
from app.messages.models import Message
from app.registrations import links
from tests import builders
from tests.page_client import PageClient

STRANGER = {"given_name": "Maria", "family_name": "Åkerlund", "email": "stranger@espoo.fi"}


@pytest.mark.parametrize("field", ["given_name", "family_name", "organisation"])
@pytest.mark.parametrize("typed", ["http://evil.example", "you won, WWW.evil", "me@evil.example", "see evil.example"])
def test_no_link_is_mailed_for_somebody_else(client: PageClient, field: str, typed: str) -> None:
    form = client.get(f"/en/events/{builders.event().slug}/register")
    page = client.submit(form, **STRANGER | {"municipality": "other", "organisation": "Yhdistys ry"} | {field: typed})
    assert page.errors == ["Write this without a web or email address"]
    assert db.session.scalar(select(Message)) is None


def test_a_name_with_dots_of_its_own_is_a_name(client: PageClient) -> None:
    form = client.get(f"/en/events/{builders.event().slug}/register")
    names = {"given_name": "J.R. Anna-Liisa", "family_name": "af St. Åkerlund"}
    assert client.submit(form, **STRANGER | names).h1 == "You have a place"


def test_a_break_in_a_name_begins_no_line_in_the_mail(client: PageClient) -> None:
    form = client.get(f"/en/events/{builders.event().slug}/register")
    client.submit(form, **STRANGER | {"given_name": "Maria,\r\n\r\nYour account is closed. Pay today"})
    text = db.session.scalars(select(Message.text)).one() or ""
    assert not [line for line in text.splitlines() if line.startswith("Your account")]


def test_no_link_is_mailed_to_the_members_of_a_group_nor_to_who_takes_over(client: PageClient) -> None:
    event = builders.event(largest_group=3)
    row = {"members-0-given_name": "see evil.example", "members-0-family_name": "x", "members-0-email": "a@espoo.fi"}
    form = client.get(f"/en/events/{event.slug}/register-group")
    page = client.submit(form, **STRANGER | row | {"all_or_none": "no", "given_name": "www.evil"})
    assert page.errors == ["Write this without a web or email address"] * 2
    assert db.session.scalar(select(Message)) is None
    giver = builders.registration(event, language="en")
    asking = client.get(f"{urlsplit(links.manage_url(giver)).path}/hand-over")
    page = client.submit(asking, given_name="see evil.example", family_name="x", email="a@espoo.fi")
    assert page.errors == ["Write this without a web or email address"]
