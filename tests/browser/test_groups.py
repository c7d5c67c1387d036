"""Groups in a real browser: without scripts, on the narrowest screen."""

import pytest
from sqlalchemy import select

from app.database import db
from app.events.models import Attendance, Event
from app.registrations.models import Registration
from tests import builders
from tests.browser.conftest import NARROWEST, enter, follow, is_wide

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def seminar() -> Event:
    return builders.event(attendance=Attendance.HYBRID, largest_group=4)


def fill(page, number: int, given: str) -> None:
    page.fill(f"#members-{number}-given_name", given)
    page.fill(f"#members-{number}-family_name", "Järvinen")
    page.fill(f"#members-{number}-email", f"{given.lower()}@espoo.fi")
    page.select_option(f"#members-{number}-mode", "on-site")


def test_without_scripts_a_group_of_three_is_registered(new_page, site, seminar) -> None:
    page = new_page(java_script_enabled=False, viewport=NARROWEST)
    page.goto(f"{site}/en/events/{seminar.slug}")
    follow(page, 'a[href$="/register-group"]')
    for field, text in (("given_name", "Maria"), ("family_name", "Åkerlund"), ("email", "maria@espoo.fi")):
        page.fill(f"#{field}", text)
    fill(page, 0, "Outi")
    follow(page, "button[value=add]")
    assert page.input_value("#members-0-given_name") == "Outi"
    assert page.url.endswith("#person-3")
    fill(page, 2, "Petri")
    page.focus("#members-2-email")
    enter(page)
    assert page.locator("[role=alert] li").all_inner_texts() == ["Choose what is done if there are too few places"]
    page.check("input[name=all_or_none][value=yes]")
    page.focus("#members-2-email")
    enter(page)
    assert page.inner_text("h1") == "Your group is registered"
    assert not is_wide(page)
    db.session.rollback()
    assert [one.given_name for one in db.session.scalars(select(Registration))] == ["Outi", "Petri"]
