"""Each page of registering, of the personal links and of the organisers' rules, in each language under axe's eye.

One event has what the pages show: questions, items, a fair queue, an offer, a group, a hand-over, invitations.
"""

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask, current_app
from playwright.sync_api import Page
from sqlalchemy import select

from app import worker
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Attendance, Event, Mode, Promotion, QueueOrder
from app.questions.models import QuestionKind
from app.registrations import consents, hand_over, links, own_changes
from app.registrations.groups import GroupApplication, register
from app.registrations.hand_over_notices import Receiver
from app.registrations.mail_models import ReminderRule
from app.registrations.models import Group, Invitation, Registration
from app.translated import Translated
from tests import builders
from tests.browser.conftest import NARROWEST, NewPage
from tests.browser.test_lists import come_in
from tests.browser.test_registering import is_wide
from tests.conftest import LiveServer

Axe = Callable[[Page], None]

BOTH = Translated(fi="Työpaja", sv="Verkstad", en="Workshop")
PEOPLE = {consents.PARTICIPANTS_LIST: "Shown"}


def path_of(url: str) -> str:
    return urlsplit(url).path


def everything() -> Event:
    """An event in two weeks that has all that registering can have; nobody is registered yet."""
    made = builders.event(
        attendance=Attendance.HYBRID, places_on_site=3, places_online=40, largest_group=4, participants_list=True,
        promotion=Promotion.OFFER, queue_order=QueueOrder.FAIR, municipality_limit=12, still_coming_days=20,
        meeting_url="https://teams.microsoft.com/l/meetup-join/abc",
    )  # fmt: skip
    (day,) = events.days_of(made)
    builders.sign_up_item(day, BOTH, places=5)
    dinner = builders.question(made, Translated(fi="Illallinen", sv="Middag"), kind=QuestionKind.YES_NO)
    builders.question(made, Translated(fi="Menu", sv="Meny"), options=["Kala", ("Kasvis", 9)], after=dinner)
    diet = Translated(fi="Ruokavalio", sv="Specialkost")
    builders.question(made, diet, options=["Vegaani"], kind=QuestionKind.SEVERAL, sensitive=True)
    begin_write()
    db.session.add(ReminderRule(event_id=made.id, days_before=7))
    invitation = Invitation(
        event_id=made.id, name="Espoon ryhmä", limit=10, uuid="11111111-2222-3333-4444-555555555555"
    )
    invitation.link_hash = links.digest(links.invitation_token(invitation.uuid))
    db.session.add(invitation)
    db.session.commit()
    return made


def group_of(event: Event) -> Group:
    members = [builders.application(mode=Mode.ONLINE, given_name=given) for given in ("Outi", "Petri")]
    application = GroupApplication(
        contact_name="Hanna Salo", contact_email="hanna@espoo.fi", language="fi", municipality_code=builders.ESPOO,
        all_or_none=True, members=members,
    )  # fmt: skip
    register(event.id, application, nonce=secrets.token_urlsafe(16))
    db.session.commit()
    return db.session.scalars(select(Group).where(Group.event_id == event.id)).one()


def offered(event: Event) -> Registration:
    """The first of two who wait is offered the place that someone gave up."""
    holders = [builders.registration(event, mode=Mode.ON_SITE, language="sv") for _ in range(3)]
    waits, _last = [builders.registration(event, mode=Mode.ON_SITE, language="fi") for _ in range(2)]
    own_changes.withdraw(holders[0])
    db.session.commit()
    return waits


def worked() -> None:
    """The worker asks who is still coming."""
    for step in (worker.ask_still_coming, worker.announce):
        with current_app.app_context():
            while step():
                pass
    db.session.rollback()


def public_pages(event: Event) -> list[str]:
    """What a participant, a contact, a colleague and someone who waits meet."""
    group, waiting = group_of(event), offered(event)
    mine = builders.registration(event, given_name="Kaj", mode=Mode.ONLINE, consents=PEOPLE)
    receiver = Receiver(given_name="Åsa", family_name="Öhman", email="asa@espoo.fi", language="sv")
    hand_over.ask(mine, receiver)
    db.session.commit()
    worked()
    not_yet = builders.event(registration_opens_at=builders.in_days(3))
    own, theirs, ours = (
        path_of(url) for url in (links.manage_url(mine), links.manage_url(waiting), links.group_url(group))
    )
    parts = ("", "/details", "/answers", "/programme", "/hand-over", "/coming", "/participants", "/consents", "/erase")
    return [f"/LANG/events/{event.slug}{part}" for part in ("", "/register", "/register-group")] + [
        *(own + part for part in (*parts, "/address", "/withdraw")), theirs, f"{theirs}/offer", ours, f"{ours}/add",
        path_of(links.join_url(mine)), f"/i/{links.invitation_token('11111111-2222-3333-4444-555555555555')}",
        f"/LANG/events/{not_yet.slug}", f"/LANG/events/{not_yet.slug}/tell-me",
    ]  # fmt: skip


def organisers_pages(event: Event) -> list[str]:
    """What the organiser decides and sees; the address of a registration is that of the last."""
    of_it = f"/staff/events/{event.id}"
    last = db.session.scalars(select(Registration.id).order_by(Registration.id.desc())).first()
    question = builders.question(event, Translated(fi="Toive", sv="Önskan"), options=["Yksi", "Kaksi"])
    return [of_it, f"/staff/registrations/{last}"] + [
        f"{of_it}/{part}"
        for part in (
            "registrations", "queue", "rules", "invitations", "approval", "programme", "needs", "questions",
            "questions/new", "questions/new/choice", f"questions/{question.id}", "questions/preview", "questions/copy",
            "messages", "messages/new", "messages/texts", "messages/texts/confirmed",
        )
    ]  # fmt: skip


def look(page: Page, address: str, axe: Axe | None) -> None:
    """One load: axe at the width that the page has, then whether it fits the narrowest screen."""
    answer = page.goto(address)
    assert answer, address
    assert answer.ok, f"{address}: {answer.status}"
    if axe:
        axe(page)
    seen = page.viewport_size
    page.set_viewport_size(NARROWEST)
    assert not is_wide(page), f"{page.url} scrolls sideways"
    page.set_viewport_size(seen or NARROWEST)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_page_of_a_participant_has_a_fault_or_scrolls_sideways(
    app: Flask, new_page: NewPage, live_server: LiveServer, axe: Axe, language: str
) -> None:
    page, site = new_page(viewport=NARROWEST), live_server(processes=1)
    for address in public_pages(everything()):
        asked = address.replace("LANG", language) if "LANG" in address else f"{address}?lang={language}"
        look(page, site + asked, axe if language != "en" else None)  # the same markup once more


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_page_of_an_organiser_has_a_fault_or_scrolls_sideways(
    app: Flask, new_page: NewPage, live_server: LiveServer, axe: Axe, language: str
) -> None:
    event = everything()
    builders.many_registrations(event, 8)
    page, site, user = new_page(), live_server(processes=1), builders.user(language=language)
    come_in(page, site, user)
    for address in organisers_pages(event):
        look(page, site + address, axe if language == "fi" else None)


def test_the_dark_event_page_and_form_have_no_fault(
    app: Flask, new_page: NewPage, live_server: LiveServer, axe: Axe
) -> None:
    page, site, event = new_page(viewport=NARROWEST, color_scheme="dark"), live_server(processes=1), everything()
    for part in ("", "/register"):
        look(page, f"{site}/fi/events/{event.slug}{part}", axe)
