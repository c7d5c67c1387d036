"""Asking for sparring in a real browser: without scripts, by keyboard alone, on the narrowest screen, seen by axe."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.database import db
from app.sparring.models import Request
from app.sparring.round_models import Round
from app.translated import Translated
from tests import builders
from tests.browser.conftest import NARROWEST, NewPage, is_wide
from tests.browser.test_registering import tab_to
from tests.conftest import LiveServer

Axe = Callable[[Page], None]
HEADING = "h1"


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    made, today = builders.season(), builders.in_days(0).date()
    of = Round(
        season=made, name=Translated(fi="Kierros"), introduction=Translated(fi="Soitamme **jokaiseen** kuntaan.")
    )
    of.opens_on = of.closes_on = today
    db.session.add(of)
    db.session.commit()


def times(page: Page) -> None:
    for row, day in enumerate(("2030-02-05", "2030-02-07")):
        page.fill(f"#windows-{row}-date", day)
        page.fill(f"#windows-{row}-starts", "12:00")
        page.fill(f"#windows-{row}-ends", "16:00")


def test_without_scripts_on_the_narrowest_screen_a_request_is_sent(new_page: NewPage, live_server: LiveServer) -> None:
    page = new_page(java_script_enabled=False, viewport=NARROWEST)
    page.goto(f"{live_server(processes=1)}/sv/sparring/")
    assert not is_wide(page)
    page.get_by_role("link", name="Be om sparring").first.click()
    expect(page.locator(HEADING)).to_have_text("Vem ber?")
    page.fill("#contact_name", "Åsa Östberg")
    page.press("#contact_name", "Enter")
    expect(page.locator("[role=alert] li")).to_have_count(1)
    assert page.input_value("#contact_name") == "Åsa Östberg"
    page.fill("#contact_email", "asa@espoo.fi")
    page.press("#contact_email", "Enter")
    expect(page.locator(HEADING)).to_have_text("Vad önskar ni?")
    assert not is_wide(page)
    page.fill("#themes_in_own_words", "Biblioteket")
    page.get_by_role("button", name="När och hur?").click()
    expect(page.locator(HEADING)).to_have_text("När och hur?")
    page.go_back()
    expect(page.locator("#themes_in_own_words")).to_have_value("Biblioteket")
    page.get_by_role("button", name="När och hur?").click()
    expect(page.locator(HEADING)).to_have_text("När och hur?")
    page.get_by_role("button", name="Lägg till en tid").click()
    expect(page.locator("#windows-2-date")).to_be_visible()
    page.check("input[name=mode][value=online]")
    times(page)
    assert not is_wide(page)
    page.press("#wished_weeks", "Enter")
    expect(page.locator(HEADING)).to_have_text("Kontrollera och skicka")
    assert not is_wide(page)
    page.get_by_role("button", name="Skicka förfrågan").click()
    expect(page.locator(HEADING)).to_have_text("Er förfrågan har skickats")
    db.session.rollback()
    made = db.session.scalars(select(Request)).one()
    assert (made.contact_name, made.contact_language, made.language) == ("Åsa Östberg", "sv", "sv")


def test_by_keyboard_alone_and_another_language_keeps_what_is_typed(
    new_page: NewPage, live_server: LiveServer, axe: Axe
) -> None:
    page = new_page(viewport=NARROWEST)
    page.goto(f"{live_server(processes=1)}/en/sparring/request/who")
    tab_to(page, "#contact_name")
    page.keyboard.type("Outi Niemi")
    page.get_by_role("link", name="På svenska").click()
    expect(page.locator(HEADING)).to_have_text("Vem ber?")
    expect(page.locator("#contact_name")).to_have_value("Outi Niemi")
    axe(page)
    tab_to(page, "#contact_email")
    page.keyboard.type("outi@espoo.fi")
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).to_have_text("Vad önskar ni?")
    axe(page)
    page.keyboard.press("Enter")
    tab_to(page, "input[name=themes]")
    page.keyboard.press("Space")
    tab_to(page, "#themes_in_own_words")
    tab_to(page, "main form .k-actions button:first-child")
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).to_have_text("När och hur?")
    axe(page)
    tab_to(page, "input[name=mode]")
    page.keyboard.press("Space")
    tab_to(page, "#wished_weeks")
    page.keyboard.type("vecka 7")
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).to_have_text("Kontrollera och skicka")
    axe(page)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sv/sparring/sent$"))
    axe(page)
