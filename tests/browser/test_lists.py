"""Organisers' lists in a real browser: by the keyboard, without scripts."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.database import begin_write, db
from app.events.models import Attendance, Event
from app.people import sign_in
from app.people.models import Role, User
from tests import builders
from tests.browser.conftest import DESKTOP, NewPage, enter, follow


@pytest.fixture
def event(app: Flask) -> Event:
    made = builders.event(hosts=[builders.ESPOO], attendance=Attendance.HYBRID, places_on_site=120, places_online=500)
    builders.many_registrations(made, 130)
    builders.registration(made)
    return made


def come_in(page: Page, server: str, user: User) -> None:
    begin_write()
    token = sign_in.link(user)
    db.session.commit()
    page.goto(f"{server}/sign-in/{token}")
    follow(page, "main form button")
    assert page.url.endswith("/staff/")


def test_one_searches_filters_and_opens_a_person_by_the_keyboard_without_scripts(
    event: Event, site: str, new_page: NewPage
) -> None:
    user = builders.user(Role.ORGANISER, language="en")
    page = new_page(java_script_enabled=False, viewport=DESKTOP)
    come_in(page, site, user)
    page.goto(f"{site}/staff/events/{event.id}/registrations")
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
