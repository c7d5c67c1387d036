"""A form of eight questions in Swedish, on the narrowest screen, by keyboard: with scripts, without them, and in files.

Two questions depend on others, one is sensitive, one has places.
"""

import csv
import io
from typing import NamedTuple

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from app.database import db
from app.events.models import Event
from app.people.models import Role
from app.questions.models import Question, QuestionKind
from app.registrations import links
from app.registrations.models import Registration
from app.translated import Translated
from tests import builders
from tests.browser.conftest import NARROWEST, enter, follow, is_wide
from tests.browser.test_registering import path_of, tab_to
from tests.page_client import PageClient


class Asked(NamedTuple):
    event: Event
    hopes: Question
    workshop: Question
    topics: Question
    number: Question
    dinner: Question
    menu: Question
    wine: Question
    diet: Question


def both(fi: str, sv: str) -> Translated:
    return Translated(fi=fi, sv=sv)


@pytest.fixture
def asked(app) -> Asked:
    event = builders.event()
    hopes = builders.question(event, label=both("Mitä toivot?", "Vad hoppas du på?"), required=True)
    workshop = builders.question(
        event, label=both("Työpaja", "Verkstad"), options=[("Platta", 1), ("Telefon", 20)], required=True
    )
    topics = builders.question(
        event, label=both("Aiheet", "Teman"), options=["Säkerhet", "Mobilen"], kind=QuestionKind.SEVERAL
    )
    number = builders.question(event, label=both("Vuosia", "Antal år"), kind=QuestionKind.NUMBER)
    dinner = builders.question(
        event, label=both("Illallinen", "Kommer du på middag?"), kind=QuestionKind.YES_NO, required=True
    )
    menu = builders.question(
        event, label=both("Menu", "Meny"), options=["Biff", "Fisk"], kind=QuestionKind.LIST, after=dinner, required=True
    )
    wine = builders.question(event, label=both("Viini", "Vin"), after=builders.options(menu)[1], required=True)
    diet = builders.question(
        event,
        label=both("Ruokavalio", "Specialkost"),
        options=["Vegan", "Laktosfri"],
        kind=QuestionKind.SEVERAL,
        sensitive=True,
        ready_made="special-diet",
    )
    full = frozenset([builders.options(workshop)[0].id])
    builders.registration(event, family_name="Först", answers={workshop.id: full}, options=full)
    return Asked(event, hopes, workshop, topics, number, dinner, menu, wine, diet)


def first_page(page: Page, asked: Asked) -> None:
    """What everyone is asked, with Tab, Space and letters alone."""
    for name, typed in (("given_name", "Åsa"), ("family_name", "Östberg"), ("email", "asa@espoo.fi")):
        tab_to(page, f"#{name}")
        page.keyboard.type(typed)
    tab_to(page, f"#question-{asked.hopes.id}")
    page.keyboard.type("Nya idéer")
    tab_to(page, f"[name=question-{asked.workshop.id}]")
    page.keyboard.press("Space")
    tab_to(page, f"[name=question-{asked.topics.id}]")
    page.keyboard.press("Space")
    tab_to(page, f"#question-{asked.number.id}")
    page.keyboard.type("2,5")
    tab_to(page, f"[name=question-{asked.dinner.id}]")
    page.keyboard.press("Space")


def menu(page: Page, asked: Asked) -> None:
    tab_to(page, f"#question-{asked.menu.id}")
    page.keyboard.type("F")


def wine(page: Page, asked: Asked) -> None:
    tab_to(page, f"#question-{asked.wine.id}")
    page.keyboard.type("Riesling")


def diet(page: Page, asked: Asked) -> None:
    for name in (f"consent-{asked.diet.id}", f"question-{asked.diet.id}"):
        tab_to(page, f"[name={name}]")
        page.keyboard.press("Space")


def send(page: Page) -> None:
    assert not is_wide(page)
    tab_to(page, "main form button")
    enter(page)


def must_be_registered(page: Page, asked: Asked) -> str:
    """The page says so, and the answers are there; the address of the personal page."""
    assert page.inner_text("h1") == "Du har en plats"
    db.session.rollback()
    made = db.session.scalars(select(Registration).where(Registration.family_name == "Östberg")).one()
    return f"{path_of(links.manage_url(made))}?lang=sv"


def test_with_scripts_questions_appear_as_they_apply_and_one_step_is_enough(
    new_page, site, axe, client: PageClient, asked: Asked
) -> None:
    page = new_page(viewport=NARROWEST)
    page.goto(f"{site}/sv/events/{asked.event.slug}/register")
    assert "Platta\nFullbokat" in page.inner_text("main")
    axe(page)
    first_page(page, asked)
    menu(page, asked)
    wine(page, asked)
    axe(page)
    diet(page, asked)
    send(page)
    personal = must_be_registered(page, asked)
    page.goto(site + personal)
    axe(page)
    assert "Riesling" in page.inner_text("main")
    assert not is_wide(page)
    follow(page, f"a[href*='{path_of(personal)}/answers'] >> nth=0")
    axe(page)
    assert not is_wide(page)
    page.check(f"[name=question-{asked.dinner.id}][value=no]")
    assert page.is_hidden(f"#question-{asked.menu.id}")
    assert page.is_hidden(f"#question-{asked.wine.id}")
    _in_the_files(client, asked)


@pytest.mark.parametrize("scripts", [True, False])
def test_without_them_questions_come_on_the_next_steps_and_all_is_checked(
    new_page, site, axe, asked: Asked, scripts: bool
) -> None:
    """Scripts off, and once more with only the form's own script away, so that axe can look."""
    page = new_page(viewport=NARROWEST, java_script_enabled=scripts)
    page.route("**/questions-*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{site}/sv/events/{asked.event.slug}/register")
    first_page(page, asked)
    diet(page, asked)
    send(page)
    for step in (menu, wine):
        assert page.inner_text("h1") == "Ännu några frågor"
        if scripts:
            axe(page)
        step(page, asked)
        send(page)
    assert page.inner_text("h1") == "Kontrollera dina svar"
    if scripts:
        axe(page)
    assert not is_wide(page)
    follow(page, f"button[formaction$='#question-{asked.menu.id}']")
    assert page.input_value("#family_name") == "Östberg"
    assert page.is_visible(f"#question-{asked.wine.id}")
    send(page)
    page.go_back()
    page.go_forward()
    tab_to(page, "main form button[name=checked]")
    enter(page)
    must_be_registered(page, asked)


def _in_the_files(client: PageClient, asked: Asked) -> None:
    """In columns of the reader's language, the sensitive one only on the page of the registration."""
    builders.signed_in(client, Role.ORGANISER)
    table = client.get(f"/staff/events/{asked.event.id}/municipalities.csv?lang=sv").data.decode("utf-8-sig")
    line = next(one for one in csv.DictReader(io.StringIO(table), delimiter=";") if one["Efternamn"] == "Östberg")
    told = {"Verkstad": "Telefon", "Teman": "Säkerhet", "Antal år": "2,5", "Meny": "Fisk", "Vin": "Riesling"}
    assert line.items() >= told.items()
    assert "Specialkost" not in table
    made = db.session.scalars(select(Registration).where(Registration.family_name == "Östberg")).one()
    assert "Specialkost Känslig Vegan" in client.get(f"/staff/registrations/{made.id}?lang=sv").words
