"""Choosing programme items in a real browser at its narrowest: with scripts and without, by keyboard, seen by axe."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.database import db
from app.events import queries as events
from app.events.models import Event
from app.registrations import links, programme_choices
from app.registrations.models import Registration
from app.translated import Translated
from tests import builders
from tests.browser.conftest import NARROWEST, follow

LONG = Translated(fi="Työpaja A: kirjasto digituen kotina", sv="Verkstad A: biblioteket som hem för digitalt stöd")


@pytest.fixture
def event(app) -> Event:
    event = builders.event(days=2, waiting_list=False)
    first, second = events.days_of(event)
    full = builders.sign_up_item(first, "Täysi", places=1)
    builders.sign_up_item(first, LONG, hour=2, room="Sali A")
    builders.sign_up_item(first, "Työpaja B", hour=2)
    builders.sign_up_item(second, "Työpaja C")
    builders.registration(event, items=frozenset({full.id}))
    return event


@pytest.mark.parametrize("scripts", [True, False])
def test_items_are_chosen_and_changed_on_the_narrowest_screen(new_page, site, axe, event, scripts: bool) -> None:
    page = new_page(viewport=NARROWEST, java_script_enabled=scripts, locale="sv-FI")

    def look() -> None:
        if scripts:
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]

    page.goto(f"{site}/sv/events/{event.slug}/register")
    assert page.get_by_label("Täysi").is_disabled()
    for name, text in (("given_name", "Åsa"), ("family_name", "Östberg"), ("email", "asa@espoo.fi")):
        page.fill(f"#{name}", text)
    page.get_by_label("Verkstad A").focus()
    page.keyboard.press("Space")
    page.get_by_label("Työpaja B").check()
    follow(page, "main form button")
    assert "hålls samtidigt" in page.inner_text("[role=alert]")
    look()
    page.get_by_label("Työpaja B").uncheck()
    follow(page, "main form button")
    assert "/registered/" in page.url

    db.session.rollback()
    registration = db.session.scalars(select(Registration).where(Registration.email == "asa@espoo.fi")).one()
    page.goto(site + urlsplit(links.manage_url(registration)).path)
    look()
    follow(page, "text=Välj programpunkter")
    page.get_by_label("Työpaja C").check()
    look()
    follow(page, "main form button")
    assert "Työpaja C" in page.inner_text("main")
    db.session.rollback()
    chosen = {item.title.fi for item in programme_choices.of(registration)}
    assert chosen == {LONG.fi, "Työpaja C"}
