"""Signing in and the pages of the law, in a real browser: by keyboard, on the smallest screen, without JavaScript."""

import re

import pytest
from sqlalchemy import select

from app.database import db
from app.messages.models import Message
from app.people.models import Role
from tests import builders
from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, enter, follow

ADDRESS = "outi@kuntailmo.example"
PAGES = ["sign-in", "accessibility", "privacy", "contact", "accessibility-feedback", "accessibility-feedback/sent"]


def mailed_code() -> str:
    db.session.rollback()
    mail = db.session.scalars(select(Message).where(Message.occasion == "sign-in-code")).one()
    found = re.search(r"\b\d{6}\b", mail.subject)
    assert found
    return found[0]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_one_signs_in_with_the_keyboard_alone(app, new_page, live_server, script: bool) -> None:
    builders.user(Role.ORGANISER, email=ADDRESS)
    page = new_page(java_script_enabled=script)
    page.goto(f"{live_server(processes=1)}/en/sign-in")
    _tab_to(page, "email")
    page.keyboard.type(ADDRESS)
    enter(page)
    assert page.url.endswith("/sign-in/code")
    _tab_to(page, "code")
    page.keyboard.type("nonsense")
    enter(page)
    assert "That code is wrong or has expired" in page.inner_text("[role=alert]")
    assert page.title().startswith("Error: ")
    page.fill("input[name=code]", "")
    page.focus("input[name=code]")
    page.keyboard.insert_text(f"{mailed_code()}\n")  # as pasted
    enter(page)
    assert page.url.endswith("/staff/")


def _tab_to(page, name: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('name')") == name:
            return
    pytest.fail(f"Tab does not reach {name}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_three_languages(new_page, live_server, axe, scheme: str) -> None:
    base = live_server(processes=1)
    page = new_page(color_scheme=scheme, viewport=PHONE if scheme == "dark" else DESKTOP)
    for language in ("fi", "sv", "en"):
        for path in PAGES:
            page.goto(f"{base}/{language}/{path}")
            axe(page)
        page.goto(f"{base}/{language}/sign-in")
        page.fill("input[name=email]", "nobody@kuntailmo.example")
        follow(page, "main button")
        assert page.url.endswith("/sign-in/code")
        axe(page)
        follow(page, "main button")
        assert page.is_visible("[role=alert]")
        axe(page)


def test_nothing_is_cut_off_on_the_smallest_screen_or_with_text_at_twice_its_size(new_page, live_server) -> None:
    base = live_server(processes=1)
    page = new_page(viewport=NARROWEST)
    for language in ("fi", "sv", "en"):
        for path in PAGES:
            page.goto(f"{base}/{language}/{path}")
            assert _fits(page), f"{page.url} scrolls sideways at 320 px"
    page.set_viewport_size(DESKTOP)
    for path in PAGES:
        page.goto(f"{base}/fi/{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert _fits(page), f"{page.url} scrolls sideways at 200 %"


def _fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
