"""Organisers' lists in a real browser: for eyes, fingers and axe, in all languages, on a phone and on a desk."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.database import begin_write, db
from app.events.models import Attendance, Event
from app.people import sign_in
from app.people.models import Role, User
from tests import builders
from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, NewPage, enter, follow
from tests.conftest import LiveServer

Axe = Callable[[Page], None]


@pytest.fixture
def event(app: Flask) -> Event:
    made = builders.event(hosts=[builders.ESPOO], attendance=Attendance.HYBRID, places_on_site=120, places_online=500)
    builders.many_registrations(made, 130)
    builders.registration(made)
    return made


def pages(event: Event, user: User) -> list[str]:
    of_the_event = f"/staff/events/{event.id}"
    return [
        *("/staff/", "/staff/account", "/staff/users/", f"/staff/users/{user.id}", "/staff/mail-domains/"),
        *(
            "/staff/mail-domains/espoo.fi",
            "/staff/access-log/",
            f"{of_the_event}/registrations?page=2&sort=municipality",
        ),
        *(f"{of_the_event}/municipalities", f"{of_the_event}/registrations/new"),
        *(f"/staff/registrations/131{page}" for page in ("", "/correct", "/withdraw")),
    ]


def come_in(page: Page, server: str, user: User) -> None:
    begin_write()
    token = sign_in.link(user)
    db.session.commit()
    page.goto(f"{server}/sign-in/{token}")
    follow(page, "main form button")
    assert page.url.endswith("/staff/")


@pytest.mark.parametrize(("language", "scheme"), [("fi", "light"), ("sv", "light"), ("en", "light"), ("fi", "dark")])
def test_axe_finds_nothing(
    event: Event, live_server: LiveServer, new_page: NewPage, axe: Axe, language: str, scheme: str
) -> None:
    server, user = live_server(), builders.user(Role.ADMINISTRATOR, language=language)
    page = new_page(color_scheme=scheme)
    come_in(page, server, user)
    for address in pages(event, user):
        assert page.goto(server + address).ok, address
        axe(page)


@pytest.mark.parametrize("viewport", [PHONE, NARROWEST])
def test_on_a_phone_only_the_table_scrolls_sideways(
    event: Event, live_server: LiveServer, new_page: NewPage, viewport: object
) -> None:
    server, user = live_server(), builders.user(Role.ADMINISTRATOR, language="fi")
    page = new_page(viewport=viewport)
    come_in(page, server, user)
    for address in pages(event, user):
        page.goto(server + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_one_searches_filters_and_opens_a_person_by_the_keyboard_without_scripts(
    event: Event, live_server: LiveServer, new_page: NewPage
) -> None:
    server, user = live_server(), builders.user(Role.ORGANISER, language="en")
    page = new_page(java_script_enabled=False, viewport=DESKTOP)
    come_in(page, server, user)
    page.goto(f"{server}/staff/events/{event.id}/registrations")
    page.get_by_label("Name, email or @municipality.fi").focus()
    page.keyboard.type("akerlund maria")
    enter(page)
    assert "akerlund" not in page.url
    page.get_by_label("Takes part").focus()
    page.get_by_label("Takes part").select_option("on-site")
    page.keyboard.press("Tab")
    enter(page)
    assert "mode=on-site" in page.url
    page.locator("tbody a").first.focus()
    enter(page)
    assert page.locator("h1").inner_text() == "Maria Åkerlund"
