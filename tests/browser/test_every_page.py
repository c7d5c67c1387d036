"""Every page of the service in three languages: under axe's eye in light and dark, at 320 px, with text twice as large.

A page that nobody has put on the list fails here.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.exceptions import NotFound

from app.database import begin_write, db
from app.events.models import Event
from app.people import sign_in
from app.people.models import Role, User
from tests import builders
from tests.browser.conftest import AXE, DESKTOP, NARROWEST, PHONE, NewPage, follow, is_wide
from tests.browser.everything import everything, public_pages, staff_pages
from tests.browser.test_groups import fill as fill_in_member
from tests.browser.test_registering import fill_in
from tests.routes import ROUTES, Who

# The markup is the same in each language, so axe sees a participant's pages at another width in each. Organisers' it
# sees wide: what stands outside a table that scrolls, it cannot judge.
WIDTHS = {"fi": DESKTOP, "sv": NARROWEST, "en": PHONE}

NO_PAGES = {
    "/": "leads to the front page of one's language",
    "/i/<token>": "leads to the event",
    "/healthz": "for machines, as all below",
    "/readyz": "",
    "/robots.txt": "",
    "/sitemap.xml": "",
    "/api/v1/municipality-of": "",
    "/static/build/<path:name>": "",
}
FILES = (".ics", ".csv", ".xlsx", ".json", ".jpg")

STRONG = "main form .k-button:not([class*='--'])"
WITH_TEXT_TWICE_AS_LARGE = """() => {
    const root = document.documentElement
    root.style.fontSize = "200%"
    const clipped = [...document.querySelectorAll("main a, main button, main label, main h1, main h2, main p, main dd")]
        .filter(one => !one.closest(".govuk-visually-hidden") && getComputedStyle(one).overflow !== "visible"
            && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
        .map(one => `cut off: ${one.outerHTML.slice(0, 100)}`)
    const wide = root.scrollWidth > root.clientWidth ? ["the page scrolls sideways"] : []
    root.style.fontSize = ""
    return [...wide, ...clipped]
}"""


class Eye:
    """Looks at pages in one language, and knows which it has seen."""

    def __init__(self, page: Page, axe: Callable[..., None], app: Flask, site: str, language: str) -> None:
        self.page, self.site, self.language = page, site, language
        self._axe, self._addresses, self._seen = axe, app.url_map.bind("localhost"), set[str]()
        page.add_init_script(path=AXE)  # comes with each document, which is faster than to send it after

    def open(self, address: str, *, status: int = 200) -> None:
        mark = "&" if "?" in address else "?"
        spoken = address.replace("LANG", self.language) if "LANG" in address else f"{address}{mark}lang={self.language}"
        answer = self.page.goto(self.site + spoken)
        assert answer, address
        assert answer.status == status, f"{address}: {answer.status}"
        self.look()

    def look(self) -> None:
        """At the page as it stands."""
        page, width = self.page, self.page.viewport_size or DESKTOP
        if rule := self._rule():
            self._seen.add(rule)
        assert page.evaluate("document.documentElement.lang") == self.language, page.url
        self._axe(page)
        page.set_viewport_size(NARROWEST)
        assert not is_wide(page), f"{page.url} scrolls sideways"
        page.set_viewport_size(DESKTOP)
        assert page.evaluate(WITH_TEXT_TWICE_AS_LARGE) == [], f"{page.url} with text at 200 %"
        if width != DESKTOP:
            page.set_viewport_size(width)

    def must_have_seen(self, rules: set[str]) -> None:
        assert not rules - self._seen, "put an address of these pages on the list in everything.py"

    def _rule(self) -> str | None:
        try:
            return self._addresses.match(urlsplit(self.page.url).path, return_rule=True)[0].rule
        except NotFound:
            return None


def pages_of(app: Flask, *, staff: bool) -> set[str]:
    """The routes of all pages that one can open, of organisers or of everyone else."""
    found = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    pages = {rule for rule in found - NO_PAGES.keys() if not rule.endswith(FILES)}
    return {rule for rule in pages if (ROUTES[rule] not in (Who.ANYONE, Who.LINK)) == staff}


@pytest.fixture
def eye(app: Flask, new_page: NewPage, axe: Callable[..., None], site: str, language: str) -> Eye:
    return Eye(new_page(), axe, app, site, language)


@pytest.mark.parametrize("language", WIDTHS)
def test_no_page_of_a_participant_has_a_fault(app: Flask, eye: Eye) -> None:
    eye.page.set_viewport_size(WIDTHS[eye.language])
    event, link = everything(), a_link(builders.user())
    for address in public_pages(event):
        eye.open(address)
    eye.open(f"/sign-in/{link}")
    for address in ("/LANG/nothing", "/r/nothing", "/w/nothing", "/s/nothing", "/sign-in/nothing"):
        eye.open(address, status=410 if "sign-in" in address else 404)
    register(eye, event)
    register_group(eye, event)
    ask_for_code(eye)
    ask_for_sparring(eye)
    eye.must_have_seen(pages_of(app, staff=False))


@pytest.mark.parametrize("language", WIDTHS)
def test_no_page_of_an_organiser_has_a_fault(app: Flask, eye: Eye) -> None:
    user = builders.user(Role.ADMINISTRATOR)
    addresses = staff_pages(everything(), user)
    eye.page.goto(f"{eye.site}/sign-in/{a_link(user)}")
    follow(eye.page, "main form button")
    for address in addresses:
        eye.open(address)
    eye.must_have_seen(pages_of(app, staff=True))


def a_link(user: User) -> str:
    begin_write()
    token = sign_in.link(user)
    db.session.commit()
    return token


def register(eye: Eye, event: Event) -> None:
    """Refused at first, then done, then with another municipality."""
    page = eye.page
    page.goto(f"{eye.site}/{eye.language}/events/{event.slug}/register")
    follow(page, "main form button")
    eye.look()
    fill_in(page, "asa@espoo.fi")
    assert "/registered/" in page.url
    eye.look()
    eye.open(f"{urlsplit(page.url).path}/municipality")


def register_group(eye: Eye, event: Event) -> None:
    """Refused at first, with a row added, then asked the organiser's questions, checked and done."""
    page = eye.page
    page.goto(f"{eye.site}/{eye.language}/events/{event.slug}/register-group")
    follow(page, "button[value=add]")
    follow(page, "main form > button:last-of-type")
    expect(page.get_by_role("alert")).to_be_focused()
    eye.look()
    for field, text in (("given_name", "Maria"), ("family_name", "Åkerlund"), ("email", "maria@espoo.fi")):
        page.fill(f"#{field}", text)
    for number, given in enumerate(("Outi", "Petri")):
        fill_in_member(page, number, given)
    page.check("input[name=all_or_none][value=yes]")
    for _questions_of_two_then_checked_then_done in range(4):
        follow(page, STRONG)
        eye.look()
    assert "/group-registered/" in page.url


def ask_for_code(eye: Eye) -> None:
    page = eye.page
    page.goto(f"{eye.site}/{eye.language}/sign-in")
    page.fill("input[name=email]", "nobody@kuntailmo.example")
    for _asked_then_refused in range(2):
        follow(page, "main button")
        assert page.url.endswith("/sign-in/code")
        eye.look()


def ask_for_sparring(eye: Eye) -> None:
    """Refused at first, then filled in as far as the page that shows all of it."""
    page = eye.page
    page.goto(f"{eye.site}/{eye.language}/sparring/request/who")
    follow(page, STRONG)
    eye.look()
    page.fill("#contact_name", "Åsa Öhman")
    page.fill("#contact_email", "asa@espoo.fi")
    follow(page, STRONG)
    page.fill("#themes_in_own_words", "Biblioteket")
    follow(page, STRONG)
    page.check("input[name=mode][value=online]")
    page.fill("#wished_weeks", "5–7")
    follow(page, STRONG)
    assert page.url.endswith("/sparring/request/check")
    eye.look()
