"""Sparring from a municipality's wish to its feedback, each person at the own page, in Swedish and in Finnish."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app import clock
from app.database import db
from app.messages.models import Message
from app.people.models import Role, User
from app.sparring.meeting_models import Meeting, MeetingFeedback
from app.sparring.models import Request, RequestState
from app.sparring.tutor_models import TutorProfile
from tests import builders, sparring_builders
from tests.browser.conftest import NARROWEST, PHONE, NewPage, enter, follow, is_wide
from tests.browser.test_every_page import STRONG, a_link
from tests.browser.test_registering import tab_to
from tests.calendar_checks import khal_events
from tests.sparring.test_meetings import calendars

CONTACT = "asa@askola.fi"
WORDS = {"fi": "Ajanvaraus kirjastossa", "sv": "Tidsbokning i biblioteket"}


@dataclass
class Journey:
    """Who sits at which page: the team, the municipality and later tutors, and a tutor without scripts or mouse."""

    site: str
    language: str
    team: Page
    guest: Page
    plain: Page

    def at_work(self, part: str = "") -> Page:
        """The team's page about the request."""
        self.team.goto(f"{self.site}/staff/sparring/requests/{the(Request).id}{part}")
        return self.team

    def at_meeting(self, part: str = "") -> Page:
        self.team.goto(f"{self.site}/staff/sparring/meetings/{the(Meeting).id}{part}")
        return self.team

    def from_mail(self, page: Page, email: str, kind: str) -> Page:
        """Follow the link of a kind in the newest mail that has one; the page speaks the reader's language."""
        page.goto(self.site + link_mailed_to(email, kind))
        expect(page.locator("html")).to_have_attribute("lang", self.language)
        return page


@pytest.fixture
def journey(app: Flask, new_page: NewPage, site: str, language: str) -> Journey:
    sparring_builders.season()
    made = Journey(
        site=site, language=language, team=new_page(), guest=new_page(viewport=PHONE),
        plain=new_page(viewport=NARROWEST, java_script_enabled=False),
    )  # fmt: skip
    made.team.goto(f"{site}/sign-in/{a_link(builders.user(Role.ORGANISER, language=language))}")
    follow(made.team, "main form button")
    return made


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_a_municipality_asks_meets_its_tutors_and_tells_how_it_was(journey: Journey) -> None:
    aino, kaj, nina = (tutor(name, journey.language) for name in ("Aino", "Kaj", "Nina"))
    ask(journey)
    name_tutors(journey, aino, kaj)
    propose_times(journey)
    answer_by_keyboard(journey, aino.user)
    answer(journey, kaj.user.email)
    answer(journey, CONTACT)
    agree(journey)
    change_the_time(journey)
    swap(journey, kaj.user, nina.user)
    write_programme(journey)
    hold_and_sum_up(journey)
    give_feedback(journey)
    the_calendars_agree(aino.user, kaj.user, nina.user)


def ask(journey: Journey) -> None:
    page = journey.guest
    page.goto(f"{journey.site}/{journey.language}/sparring/request/who")
    page.fill("#contact_name", "Åsa Öhman")
    page.fill("#contact_email", CONTACT)
    page.select_option("#municipality_code", builders.ASKOLA)
    follow(page, STRONG)
    page.fill("#themes_in_own_words", WORDS[journey.language])
    follow(page, STRONG)
    page.check("input[name=mode][value=online]")
    for row in range(2):
        a_window(page, row)
    follow(page, STRONG)
    expect(page.locator("main")).to_contain_text(WORDS[journey.language])
    follow(page, STRONG)
    assert page.url.endswith(f"/{journey.language}/sparring/sent")
    assert the(Request).contact_language == journey.language
    journey.from_mail(page, CONTACT, "/s/")
    expect(page.locator("main")).to_contain_text(WORDS[journey.language])


def name_tutors(journey: Journey, *profiles: TutorProfile) -> None:
    page = journey.team
    page.goto(f"{journey.site}/staff/sparring/")
    follow(page, ".k-board__card a")
    follow(page, "form[action$='/take'] button")
    for profile in profiles:
        follow(page, f"form[action$='/tutors/{profile.id}/ask'] button")
    for seat, profile in zip((journey.plain, journey.guest), profiles, strict=True):
        follow(journey.from_mail(seat, profile.user.email, "/s/tutor/"), "button[value=yes]")
        assert not is_wide(seat)
    assert the(Request).state is RequestState.TUTORS_NAMED


def propose_times(journey: Journey) -> None:
    """The municipality's two and two of the team's; all are asked."""
    page = journey.at_work()
    follow(page, "a[href$='/poll/new']")
    expect(page.locator("#windows-1-date")).not_to_have_value("")
    for row in (2, 3):
        a_window(page, row)
    page.check("#asks_participants")
    follow(page, STRONG)
    assert the(Request).state is RequestState.TIME_PROPOSED


def answer_by_keyboard(journey: Journey, who: User) -> None:
    """Three times suit, one only if need be; Enter sends."""
    page = journey.from_mail(journey.plain, who.email, "/s/poll/")
    assert not is_wide(page)
    for number in range(1, 5):
        tab_to(page, f".k-window:nth-of-type({number}) input[type=radio]")
        page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, "#note")
    page.keyboard.type("Mieluiten aamulla")
    tab_to(page, "main form .k-button")
    enter(page)
    expect(page.locator("input[value=yes]:checked")).to_have_count(3)
    expect(page.locator("input[value=if-need-be]:checked")).to_have_count(1)
    assert not is_wide(page)


def answer(journey: Journey, email: str) -> None:
    page = journey.from_mail(journey.guest, email, "/s/poll/")
    for choice in page.locator("input[type=radio][value=yes]").all():
        choice.check()
    follow(page, STRONG)
    expect(page.locator("input[value=yes]:checked")).to_have_count(4)


def agree(journey: Journey) -> None:
    """On the time that the table calls the best."""
    page = journey.at_work("/poll")
    follow(page, "th:has(.k-tag--good) a")
    follow(page, STRONG)
    assert "/staff/sparring/meetings/" in page.url
    assert the(Request).state is RequestState.AGREED


def change_the_time(journey: Journey) -> None:
    page = journey.at_meeting("/time")
    page.fill("#starts", "13:00")
    page.fill("#ends", "14:30")
    save_and_tell(page)
    journey.from_mail(journey.guest, CONTACT, "/s/join/")
    expect(journey.guest.locator("main")).to_contain_text("13")


def swap(journey: Journey, leaves: User, comes: User) -> None:
    page = journey.at_meeting("/tutors")
    page.uncheck(f"input[name=tutors][value='{leaves.id}']")
    page.check(f"input[name=tutors][value='{comes.id}']")
    save_and_tell(page)
    expect(page.locator("main")).to_contain_text(comes.name)


def save_and_tell(page: Page) -> None:
    follow(page, STRONG)
    follow(page, "button[name=confirmed]")


def write_programme(journey: Journey) -> None:
    page = journey.at_meeting("/programme")
    page.fill("#topic", WORDS[journey.language])
    page.fill("#minutes", "90")
    follow(page, "form:has(#topic) button")
    follow(page, "form[action$='/programme/ready'] button")
    assert the(Request).state is RequestState.PROGRAMME_READY


def hold_and_sum_up(journey: Journey) -> None:
    """A week has passed: the meeting lies behind."""
    meeting = the(Meeting)
    meeting.starts_at, meeting.ends_at = builders.in_days(-1), builders.in_days(-1) + timedelta(minutes=90)
    db.session.commit()
    page = journey.at_meeting("/afterwards")
    page.fill("#attended", "7")
    follow(page, STRONG)
    page.fill("#discussed", "Aloitamme ajanvarauksella.")
    page.fill("#steps-0-what", "Kokeillaan")
    follow(page, STRONG)
    follow(page, "form[action$='/share'] button")
    assert the(Request).state is RequestState.SUMMED_UP


def give_feedback(journey: Journey) -> None:
    page = journey.from_mail(journey.guest, CONTACT, "/s/")
    expect(page.locator("main")).to_contain_text("Aloitamme ajanvarauksella.")
    follow(page, "a[href*='/feedback']")
    page.check("input[name=usefulness][value='5']")
    page.check("input[name=arrangements][value='4']")
    follow(page, STRONG)
    assert the(MeetingFeedback).usefulness == 5
    journey.at_meeting("/afterwards")
    expect(journey.team.locator("main")).to_contain_text("5 / 5" if journey.language == "fi" else "5 av 5")


def the_calendars_agree(stays: User, leaves: User, comes: User) -> None:
    """One UID for all, its number rises, and only who left is told to take it out."""
    meeting = the(Meeting)
    assert calendars(meeting) == {
        CONTACT: [("REQUEST", 0), ("REQUEST", 1), ("REQUEST", 2)],
        stays.email: [("REQUEST", 0), ("REQUEST", 1), ("REQUEST", 2)],
        leaves.email: [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)],
        comes.email: [("REQUEST", 2)],
    }
    for email, status in ((CONTACT, "CONFIRMED"), (stays.email, "CONFIRMED"), (leaves.email, "CANCELLED")):
        (seen,) = khal_events(*mailed_calendars(email))
        assert (seen.status, clock.helsinki(seen.starts).hour) == (status, 13)


def a_window(page: Page, row: int) -> None:
    """Four hours on a day of its own, in three weeks."""
    page.fill(f"#windows-{row}-date", builders.in_days(21 + row).date().isoformat())
    page.fill(f"#windows-{row}-starts", "09:00")
    page.fill(f"#windows-{row}-ends", "13:00")


def tutor(name: str, language: str) -> TutorProfile:
    user = builders.user(Role.TUTOR, name=name, language=language)
    return sparring_builders.tutor(user=user, municipality_code=builders.VANTAA)


def the(model: type[Any]) -> Any:
    """The only row there is, as the web server left it."""
    db.session.rollback()
    return db.session.scalars(select(model)).one()


def link_mailed_to(email: str, kind: str) -> str:
    db.session.rollback()
    texts = db.session.scalars(select(Message.text).where(Message.recipient == email).order_by(Message.id.desc()))
    links = (found for text in texts for found in re.findall(rf"https?://[^/\s]+({kind}[^/\s]+)(?=\s|$)", text or ""))
    return urlsplit(next(links)).path


def mailed_calendars(email: str) -> list[bytes]:
    of_it = select(Message.calendar).where(Message.recipient == email, Message.calendar.is_not(None))
    return [calendar or b"" for calendar in db.session.scalars(of_it.order_by(Message.id))]
