"""The team works the board of sparring requests by keyboard alone, without scripts, on the narrowest screen."""

from flask import Flask
from playwright.sync_api import expect

from app.people.models import Role
from app.sparring.models import RequestState
from tests import builders, sparring_builders
from tests.browser.conftest import NARROWEST, NewPage, enter, follow, is_wide
from tests.browser.test_every_page import a_link
from tests.browser.test_registering import tab_to


def test_a_request_is_found_taken_and_put_off_by_keyboard_without_scripts(
    app: Flask, new_page: NewPage, site: str
) -> None:
    asked = sparring_builders.request(state=RequestState.PREPARING, due_on=builders.in_days(-1).date())
    sparring_builders.request(municipality_code=builders.ESPOO, owner=builders.user())
    page = new_page(viewport=NARROWEST, java_script_enabled=False)
    page.goto(f"{site}/sign-in/{a_link(builders.user(Role.ORGANISER, name='Oona', language='en'))}")
    follow(page, "main form button")
    page.goto(f"{site}/staff/sparring/")
    assert not is_wide(page)
    tab_to(page, "select[name=owner]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main form button")
    enter(page)
    expect(page.locator(".k-board__card")).to_have_count(1)
    tab_to(page, ".k-board__card a")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Askola")
    assert not is_wide(page)
    tab_to(page, "form[action$='/take'] button")
    enter(page)
    expect(page.get_by_role("status")).to_contain_text("You take care of this request now.")
    tab_to(page, "a[href$='/state/postponed']")
    enter(page)
    tab_to(page, "#reason")
    page.keyboard.type("Kunta pyytää odottamaan")
    tab_to(page, "main form .k-button")
    enter(page)
    expect(page.locator("main")).to_contain_text("Kunta pyytää odottamaan")
    assert not is_wide(page)
    page.goto(f"{site}/staff/sparring/requests/?state=postponed")
    expect(page.locator(f"a[href$='/staff/sparring/requests/{asked.id}']")).to_be_visible()
    assert not is_wide(page)
