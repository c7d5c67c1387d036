"""An organiser at work in a real browser: by keyboard alone, without scripts, and under axe's eye."""

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from app.events.models import Attendance, EventStatus, Mode
from app.translated import Translated
from tests import builders
from tests.browser.conftest import enter, follow


@pytest.fixture
def seminar(app) -> int:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=2, places_online=10)
    for _ in range(3):
        builders.registration(event, mode=Mode.ON_SITE)
    return event.id


def sign_in(page: Page, site: str, client: FlaskClient) -> Page:
    """The page's browser with an organiser's cookie."""
    builders.signed_in(client)
    cookie = client.get_cookie("kuntailmo")
    assert cookie
    page.context.add_cookies([{"name": "kuntailmo", "value": cookie.value, "url": site}])
    return page


def test_a_change_is_asked_about_and_saved_without_scripts(client, new_page, site, seminar, axe) -> None:
    page = sign_in(new_page(java_script_enabled=False), site, client)
    page.goto(f"{site}/staff/events/{seminar}/edit?lang=en")
    page.get_by_label("Street address").fill("Laurinkatu 10, Lohja")
    follow(page, page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Save this change?")
    follow(page, page.get_by_role("button", name="Save the change"))
    expect(page.get_by_role("status")).to_contain_text("3 people will be told by mail")


def test_an_event_with_two_days_is_written_and_published_by_keyboard_alone(client, new_page, site) -> None:
    builders.season()
    page = sign_in(new_page(), site, client)
    page.goto(f"{site}/staff/events/new?lang=en")
    page.locator("#title-fi").focus()
    page.keyboard.type("Digituki kirjastossa")
    fill_day(page, 0, "2027-03-10")
    page.locator("summary", has_text="The event has several days").focus()
    page.keyboard.press("Enter")
    fill_day(page, 1, "2027-03-11")
    page.get_by_role("button", name="Save as a draft").focus()
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Digituki kirjastossa")
    expect(page.locator("main")).to_contain_text("Thursday 11 March 2027")
    for name in ("Publish", "Publish anyway"):
        page.get_by_role("main").get_by_text(name, exact=True).focus()
        enter(page)
    expect(page.get_by_role("status")).to_contain_text("The event is published.")


def test_axe_finds_nothing_where_something_is_refused_or_asked(client, new_page, site, seminar, axe) -> None:
    page = sign_in(new_page(), site, client)
    page.goto(f"{site}/staff/events/{seminar}/edit?lang=en")
    page.get_by_label("Street address").fill("Laurinkatu 10, Lohja")
    page.locator("#title-fi").fill("")
    follow(page, page.get_by_role("button", name="Save", exact=True))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    axe(page)
    page.locator("#title-fi").fill("Syysseminaari")
    follow(page, page.get_by_role("button", name="Save", exact=True))
    axe(page)
    draft = builders.event(status=EventStatus.DRAFT, title=Translated(fi="Luonnos"))
    page.goto(f"{site}/staff/events/{draft.id}/publish?lang=en")
    axe(page)


def fill_day(page: Page, number: int, date: str) -> None:
    """The browser's own pickers, whose keys differ by its language."""
    for name, value in (("date", date), ("starts", "09:00"), ("ends", "11:30")):
        page.locator(f"#days-{number}-{name}").fill(value)
