"""The personal page's answers: what one has answered, changing it, and taking a consent back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.database import db
from app.events.models import Attendance, Event, Mode
from app.questions.models import QuestionKind
from app.registrations import answers, links
from app.registrations.answer_models import Answer, Consent
from app.registrations.models import Registration
from tests import builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def page_of(registration: Registration, part: str = "") -> str:
    return f"/r/{links.token(links.Purpose.MANAGE, registration)}{part}?lang=en"


def given(registration: Registration) -> dict[str, object]:
    return {one.label.fi: one.value for one in answers.of(registration, sensitive=True)}


def dieting(event: Event, answer: str = "Vegaani") -> tuple[Registration, int]:
    asked = builders.question(event, "Ruokavalio", sensitive=True)
    consents = {answers.matter(asked.id): "I agree to diet"}
    return builders.registration(event, answers={asked.id: answer}, consents=consents), asked.id


def test_answers_can_be_changed_under_the_same_rules(client: PageClient) -> None:
    event = builders.event()
    comes = builders.question(event, "Illallinen", kind=QuestionKind.YES_NO)
    menu = builders.question(event, "Menu", after=comes, required=True)
    mine = builders.registration(event, answers={comes.id: False})
    form = client.click(client.get(page_of(mine)), "Change answers")
    more = client.submit(form, **{f"question-{comes.id}": "yes"})
    assert more.h1 == "A few more questions"
    page = client.submit(more, "Continue", **{f"question-{menu.id}": "Kala"})
    assert "Your answers are saved." in page.words
    assert given(mine) == {"Illallinen": True, "Menu": "Kala"}
    client.submit(client.get(page_of(mine, "/answers")), **{f"question-{comes.id}": "no"})
    assert given(mine) == {"Illallinen": False}


def test_answers_close_when_the_organiser_says_and_at_the_start(client: PageClient) -> None:
    for times in ({"answers_close_at": clock.now() - timedelta(minutes=1)}, {"starts_at": builders.in_days(-1)}):
        event = builders.event(**times)
        mine = builders.registration_row(event)
        builders.question(event, required=True)
        page = client.get(page_of(mine, "/answers"), follow_redirects=True)
        assert page.h1 != "Change your answers"
        assert "one more thing" not in page.words


def test_a_required_question_that_came_later_is_asked_at_the_next_visit(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID)
    mine = builders.registration(event, mode=Mode.ONLINE)
    builders.question(event, "Parkki", required=True, mode=Mode.ON_SITE)
    assert "one more thing" not in client.get(page_of(mine)).words
    asked = builders.question(event, "Mistä kuulit?", required=True)
    page = client.get(page_of(mine))
    assert "The organiser asks one more thing of you." in page.words
    form = client.click(page, "Answer now")
    page = client.submit(form, **{f"question-{asked.id}": "Lehdestä"})
    assert "one more thing" not in page.words
    page = client.submit(page, "Switch to on site")
    assert "The organiser asks one more thing of you." in page.words


def test_a_withdrawn_consent_deletes_the_answer_at_once(client: PageClient) -> None:
    mine, _asked = dieting(builders.event())
    page = client.get(page_of(mine))
    assert "Ruokavalio Vegaani" in page.words
    done = client.submit(page, "Withdraw the consent and delete the answer")
    assert "your answer has been deleted" in done.words
    assert "Vegaani" not in done.words
    assert db.session.scalars(select(Answer)).all() == []
    consent = db.session.scalars(select(Consent)).one()
    assert (consent.wording, consent.withdrawn_at is not None) == ("I agree to diet", True)
    again = client.submit(page, "Withdraw the consent and delete the answer")
    assert "already been deleted" in again.words


def test_a_lost_key_costs_the_answer_and_not_the_page(client: PageClient, app: Flask, monkeypatch) -> None:
    mine, _asked = dieting(builders.event())
    monkeypatch.setitem(app.config, "SETTINGS", builders.with_keys(app, builders.new_key()))
    page = client.get(page_of(mine))
    assert "This answer can no longer be read, so it has to be given again." in page.words
