"""Signing in, in a real browser: by keyboard, with JavaScript and without."""

import re

import pytest
from sqlalchemy import select

from app.database import db
from app.messages.models import Message
from app.people.models import Role
from tests import builders
from tests.browser.conftest import enter

ADDRESS = "outi@kuntailmo.example"


def mailed_code() -> str:
    db.session.rollback()
    mail = db.session.scalars(select(Message).where(Message.occasion == "sign-in-code")).one()
    found = re.search(r"\b\d{6}\b", mail.subject)
    assert found
    return found[0]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_one_signs_in_with_the_keyboard_alone(app, new_page, site, script: bool) -> None:
    builders.user(Role.ORGANISER, email=ADDRESS)
    page = new_page(java_script_enabled=script)
    page.goto(f"{site}/en/sign-in")
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
