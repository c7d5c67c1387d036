"""The municipal employee's way in a real browser: keyboard alone, without scripts, and out to the meeting."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from app import clock
from app.database import db
from app.events import queries as events
from app.events.models import Attendance, Event, Mode, ProgrammeItem
from app.registrations import links
from app.translated import Translated
from tests import builders
from tests.browser.conftest import PHONE, enter, follow

MEETING = "https://meeting.example/abc"
TABS_AT_MOST = 60

IS_SEEN = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const label = one.id && document.querySelector(`label[for="${one.id}"]`);
    const marks = [style.outlineStyle !== "none" && style.outlineWidth !== "0px", style.boxShadow !== "none"];
    if (label) marks.push(getComputedStyle(label, "::before").boxShadow !== "none");
    const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const free = middle && (one.contains(middle) || middle.contains(one) || (label && label.contains(middle)));
    return [marks.some(Boolean), Boolean(free), one.outerHTML.slice(0, 120)];
}"""


@pytest.fixture
def seminar(app) -> Event:
    event = builders.event(
        attendance=Attendance.HYBRID,
        hosts=[builders.ESPOO],
        places_on_site=2,
        places_online=500,
        description=Translated(fi="Tervetuloa **kaikki**.\n\n- työpajoja"),
        directions=Translated(fi="Asemalta viisi minuuttia."),
        spoken_languages=["fi", "sv"],
        material_languages=["fi"],
    )
    (day,) = events.days_of(event)
    item = ProgrammeItem(day_id=day.id, starts_at=day.starts_at, ends_at=day.ends_at, title=Translated(fi="Avaus"))
    db.session.add(item)
    db.session.commit()
    return event


@pytest.fixture
def a_browser(_browser: Browser) -> Browser:
    return _browser


def path_of(url: str) -> str:
    return urlsplit(url).path


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; on the way each stop must be seen and not be covered."""
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        marked, free, what = page.evaluate(IS_SEEN)
        assert marked, f"the focus cannot be seen on {what}"
        assert free, f"something covers {what}"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def fill_in(page: Page, email: str) -> None:
    page.fill("#given_name", "Åsa")
    page.fill("#family_name", "Östberg")
    page.fill("#email", email)
    page.check("input[name=mode][value=online]")
    follow(page, "main form button")


def test_registering_needs_only_a_keyboard(new_page, site, seminar) -> None:
    page = new_page()
    page.goto(f"{site}/en/")
    tab_to(page, ".govuk-skip-link")
    page.keyboard.press("Enter")
    tab_to(page, f'a[href="/en/events/{seminar.slug}"]')
    enter(page)
    tab_to(page, 'a[href$="/register"]')
    enter(page)
    for field, text in (("given_name", "Åsa"), ("family_name", "Östberg"), ("email", "asa@espoo.fi")):
        tab_to(page, f"#{field}")
        page.keyboard.type(text)
    tab_to(page, "input[name=mode]")
    page.keyboard.press("Space")
    tab_to(page, "main form button")
    enter(page)
    assert page.inner_text("h1") == "You have a place"


def test_what_is_wrong_is_heard_first_and_leads_to_its_field(new_page, site, seminar) -> None:
    page = new_page()
    page.goto(f"{site}/en/events/{seminar.slug}/register")
    follow(page, "main form button")
    expect(page.get_by_role("alert")).to_be_focused()
    page.click("text=Enter your family name >> nth=0")
    expect(page.locator("#family_name")).to_be_focused()
    assert page.get_attribute("#family_name", "aria-describedby") == "family_name-error"
    assert page.title().startswith("Error: ")


def test_the_municipality_is_filled_in_from_the_domain_alone(new_page, site, seminar) -> None:
    page = new_page()
    page.goto(f"{site}/en/events/{seminar.slug}/register")
    page.fill("#email", "asa@espoo.fi")
    with page.expect_response(lambda answer: "municipality-of" in answer.url) as asked:
        page.press("#email", "Tab")
    assert asked.value.url.endswith("/municipality-of?domain=espoo.fi")
    page.wait_for_function("document.querySelector('#municipality').value === '049'")


def test_without_scripts_one_can_register_and_withdraw(new_page, site, seminar) -> None:
    mine = builders.registration(seminar, mode=Mode.ON_SITE, language="en")
    page = new_page(java_script_enabled=False, viewport=PHONE)
    page.goto(f"{site}/en/events/{seminar.slug}")
    follow(page, 'a[href$="/register"]')
    fill_in(page, "asa@espoo.fi")
    assert page.inner_text("h1") == "You have a place"
    page.reload()
    assert page.inner_text("h1") == "You have a place"
    page.goto(site + path_of(links.manage_url(mine)))
    follow(page, 'main a[href$="/withdraw"]')
    follow(page, "main form button")
    assert page.inner_text("h1") == "Your registration has been withdrawn"


def test_the_join_button_leaves_for_the_meeting(a_browser: Browser, site, app) -> None:
    """The content security policy must let the redirect out. `new_page` would complain of the other host."""
    event = builders.event(starts_at=clock.now() + timedelta(minutes=10), meeting_url=MEETING)
    link = path_of(links.join_url(builders.registration(event)))
    page = a_browser.new_page()
    page.route("https://meeting.example/**", lambda route: route.fulfill(body="the meeting"))
    page.goto(site + link)
    page.click("main form button")
    page.wait_for_url(MEETING)
    page.close()
