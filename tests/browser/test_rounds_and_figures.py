"""The words in the drawings of figures and coverage, and the call list worked by keyboard alone."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.people.models import User
from tests import builders
from tests.browser import round_pages
from tests.browser.conftest import NARROWEST, NewPage, enter, follow
from tests.browser.test_every_page import a_link

# The least contrast, by WCAG 2.2, between the words of the drawings and what they stand on.
LEAST_CONTRAST = """() => {
    const context = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const light = colour => {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(one => one / 255)
            .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = text => {
        const shade = [...text.classList].find(name => /number--/.test(name))?.slice(-1);
        const under = shade ? getComputedStyle(document.querySelector(`.k-map__area--${shade}`)).fill
                            : getComputedStyle(document.body).backgroundColor;
        const [low, high] = [light(getComputedStyle(text).fill), light(under)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    return Math.min(...[...document.querySelectorAll("svg text")].map(contrast));
}"""


def signed_in(page: Page, site: str, user: User) -> None:
    page.goto(f"{site}/sign-in/{a_link(user)}")
    follow(page, "main form button")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_the_drawings_stand_out_from_what_is_under_them(
    app: Flask, new_page: NewPage, site: str, scheme: str
) -> None:
    round_pages.a_round()
    builders.many_registrations(builders.event(), 400)
    page = new_page(color_scheme=scheme)
    signed_in(page, site, builders.user())
    for address in ("/staff/coverage", "/staff/coverage?reach=events", "/staff/sparring/figures"):
        page.goto(site + address)
        assert page.evaluate(LEAST_CONTRAST) >= 4.5, address


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
