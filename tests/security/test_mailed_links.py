"""Mail scanners open every link of a mail before its reader does, and again and again: it must change nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database import Base, db
from app.events import queries as events
from app.events.models import Promotion
from app.language import speaking
from app.people.models import AccessLogEntry, Role
from app.registrations import (
    announcements,
    calendar_notices,
    event_changes,
    groups,
    hand_over,
    links,
    opening_wishes,
    own_changes,
    reminder_notices,
    still_coming_notices,
)
from app.registrations.groups import GroupApplication
from app.registrations.hand_over_notices import Receiver
from app.registrations.models import Registration
from app.registrations.opening_wishes import Wish
from app.translated import Translated
from tests import builders, meeting_builders, smtp_sink
from tests.conftest import MakeApp
from tests.messages.conftest import deliver
from tests.page_client import PageClient
from tests.smtp_sink import Caught

OURS = re.compile(r"http://localhost:8000(/[^\s\"<>\\]*)")
PERSON = {"given_name": "Maria", "family_name": "Åkerlund", "email": "maria@espoo.fi", "municipality": builders.ESPOO}


@pytest.fixture
def mailed(make_app: MakeApp) -> Iterator[tuple[Flask, list[Caught]]]:
    """The service, and the mails of those who registered, wait, changed something, withdrew, were told, or sign in."""
    with smtp_sink.running() as sink:
        app = make_app(mail_server="127.0.0.1", mail_port=sink.port, mail_sender="kuntailmo@tapahtumat.example")
        with app.app_context(), speaking("en"):
            _live(app.test_client())
            deliver()
            yield app, sink.caught


def _live(client: PageClient) -> None:
    soon = builders.event(
        starts_at=clock.now() + timedelta(minutes=10), meeting_url="https://a.example", places_online=2
    )
    for _ in range(2):
        client.submit(client.get(f"/en/events/{soon.slug}/register"), **PERSON)
    registered = db.session.scalars(select(Registration)).one()
    client.submit(client.get(f"/r/{links.token(links.Purpose.MANAGE, registered)}/address"), email="new@espoo.fi")
    hand_over.ask(registered, Receiver(given_name="Outi", family_name="Niemi", email="outi@espoo.fi", language="en"))
    db.session.commit()
    group = builders.event(largest_group=2)
    groups.register(
        group.id,
        GroupApplication(contact_name="Hanna", contact_email="hanna@espoo.fi", language="en",
                         municipality_code=builders.ESPOO, all_or_none=True, members=[builders.application()]),
        nonce="group",
    )  # fmt: skip
    db.session.commit()
    withdrawing, _promoted = builders.registration(soon), builders.registration(soon)
    own_changes.withdraw(withdrawing)
    db.session.commit()
    _ask_and_remind()
    meeting_builders.meeting()
    called_off = builders.event()
    builders.registration(called_off)
    event_changes.call_off(called_off.id, Translated(), by=builders.user())
    db.session.commit()
    while announcements.advance():
        db.session.commit()
    db.session.commit()
    builders.user(Role.ORGANISER, email="staff@kuntailmo.example")
    client.submit(client.get("/en/sign-in"), email="staff@kuntailmo.example")


def _ask_and_remind() -> None:
    """The mails that ask for an answer, and those that one may have stopped."""
    opens_later = builders.event(registration_opens_at=builders.in_days(3))
    wish = Wish(email="toivoja@espoo.fi", language="en", municipality_code=None)
    opening_wishes.ask(opens_later, wish)
    db.session.commit()
    offering = builders.event(starts_at=builders.in_days(60), places_online=1, promotion=Promotion.OFFER)
    leaving, _offered = builders.registration(offering), builders.registration(offering)
    own_changes.withdraw(leaving)
    db.session.commit()
    asked = builders.event()
    person, days = builders.registration(asked), events.days_of(asked)
    still_coming_notices.ask(person, asked, days, dedupe_key="asked")
    reminder_notices.reminder(person, asked, days[0], days_before=1, dedupe_key="reminded")
    calendar_notices.declined(person, asked)
    db.session.commit()


def test_opening_any_mailed_link_three_times_in_each_way_changes_nothing(mailed: tuple[Flask, list[Caught]]) -> None:
    app, mails = mailed
    paths = {path for mail in mails for path in _links(mail)}
    kinds = {re.sub(r"[\w-]{43}|(?<=^/[uw]/)[\w-]{22}", "…", path) for path in paths}
    assert {
        "/r/…",
        "/j/…",
        "/r/address/…",
        "/r/hand-over/…",
        "/g/…",
        "/r/…/offer",
        "/r/…/coming",
        "/r/…/withdraw",
        "/w/…",
        "/u/…",
        "/s/poll/…",
        "/s/join/…",
        "/fi/privacy",
        "/en/accessibility",
        "/fi/events/",
    } <= kinds
    before = _everything()
    scanner = app.test_client()
    for path in sorted(paths):
        for method in ("GET", "HEAD", "OPTIONS") * 3:
            assert scanner.open(path, method=method).status_code == 200, f"{method} {path}"
    assert _everything() == before


def _links(caught: Caught) -> Iterator[str]:
    """In any part of a mail: text, HTML, calendar, attachment."""
    for part in caught.mail.walk():
        if not part.is_multipart():
            yield from OURS.findall(part.get_payload(decode=True).decode().replace("\r\n ", ""))


def _everything() -> dict[str, list[tuple[object, ...]]]:
    """The whole database but the append-only access log."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name != AccessLogEntry.__tablename__]
    return {
        table.name: [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))]
        for table in tables
    }
