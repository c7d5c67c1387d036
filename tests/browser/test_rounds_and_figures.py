"""Rounds, the call list, the season's figures and the coverage map under axe's eye, and worked by keyboard alone."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect

from app.people.models import User
from tests import builders
from tests.browser import round_pages
from tests.browser.conftest import NARROWEST, NewPage, enter, follow, is_wide
from tests.browser.test_every_page import a_link


def signed_in(page: Page, site: str, user: User) -> None:
    page.goto(f"{site}/sign-in/{a_link(user)}")
    follow(page, "main form button")


def test_no_page_of_rounds_and_figures_has_a_fault_or_scrolls_sideways(
    app: Flask, new_page: NewPage, site: str, axe: Callable[[Page], None]
) -> None:
    of = round_pages.a_round()
    builders.many_registrations(builders.event(), 40)
    page = new_page()
    signed_in(page, site, builders.user(language="sv"))
    for address in round_pages.staff(of) + round_pages.public(of):
        answer = page.goto(site + address)
        assert answer, address
        assert answer.ok, f"{address}: {answer.status}"
        axe(page)
        width = page.viewport_size
        page.set_viewport_size(NARROWEST)
        assert not is_wide(page), f"{page.url} scrolls sideways"
        page.set_viewport_size(width or NARROWEST)


def test_a_caller_works_the_list_by_keyboard_without_scripts_on_the_narrowest_screen(
    app: Flask, new_page: NewPage, site: str
) -> None:
    of = round_pages.a_round()
    page = new_page(viewport=NARROWEST, java_script_enabled=False)
    signed_in(page, site, builders.user(language="en"))
    page.goto(f"{site}/staff/sparring/rounds/{of.id}?status=due")
    page.get_by_role("link", name="Vantaa").focus()
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vantaa")
    page.get_by_label("Call again", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Interested")).to_be_checked()
    page.get_by_label("Next step").focus()
    page.keyboard.type("Lähetä kutsu")
    enter(page)
    expect(page.get_by_role("status")).to_have_text("Vantaa is saved.")
    expect(page.get_by_role("row", name="Vantaa")).to_contain_text("Interested")
    expect(page.get_by_role("row", name="Vantaa")).to_contain_text("Lähetä kutsu")
