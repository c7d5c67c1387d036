"""The personal page's answers: what one has answered, changing it, and taking a consent back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.database import db
from app.events.models import Attendance, Event, Mode
from app.questions.models import QuestionKind
from app.registrations import answers, consents, links
from app.registrations.answer_models import Answer, Consent
from app.registrations.models import Registration
from tests import builders, page_form
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def page_of(registration: Registration, part: str = "") -> str:
    return f"/r/{links.token(links.Purpose.MANAGE, registration)}{part}?lang=en"


def given(registration: Registration) -> dict[str, object]:
    return {one.label.fi: one.value for one in answers.of(registration, sensitive=True)}


def dieting(event: Event, answer: str = "Vegaani") -> tuple[Registration, int]:
    asked = builders.question(event, "Ruokavalio", sensitive=True)
    agreed = {consents.to_answer(asked.id): "I agree to diet"}
    return builders.registration(event, answers={asked.id: answer}, consents=agreed), asked.id


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
        assert "more question" not in page.words


def test_a_required_question_that_came_later_is_asked_at_the_next_visit(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID)
    mine = builders.registration(event, mode=Mode.ONLINE, language="en")
    builders.question(event, "Parkki", required=True, mode=Mode.ON_SITE)
    assert "more question" not in client.get(page_of(mine)).words
    asked = builders.question(event, "Mistä kuulit?", required=True)
    page = client.get(page_of(mine))
    assert "The organiser has 1 more question for you." in page.words
    form = client.click(page, "Answer now")
    page = client.submit(form, **{f"question-{asked.id}": "Lehdestä"})
    assert "more question" not in page.words
    page = client.submit(page, "Switch to on site")
    assert "The organiser has 1 more question for you." in page.words


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


def test_a_changed_choice_takes_a_place_that_is_free_and_frees_the_old_one(client: PageClient) -> None:
    event = builders.event()
    shop = builders.question(event, "Työpaja", options=[("Tablet", 1), ("Puhelin", 1), ("Pilvi", 5)])
    tablet, phone, cloud = (frozenset([one.id]) for one in builders.options(shop))
    mine = builders.registration(event, answers={shop.id: tablet}, options=tablet)
    builders.registration(event, answers={shop.id: phone}, options=phone)
    form = client.get(page_of(mine, "/answers"))
    assert "Tablet Full Puhelin Full Pilvi 5 places left" in form.words
    builders.registration(event, answers={shop.id: cloud}, options=cloud)
    page = client.submit(form, **{f"question-{shop.id}": str(*cloud)})
    assert given(mine) == {"Työpaja": cloud}
    assert "Työpaja Pilvi" in page.words
    builders.registration(event, answers={shop.id: tablet}, options=tablet)
    refused = client.post(page_of(mine, "/answers"), data=_typed(form, shop.id, *tablet))
    assert refused.errors == ["“Tablet” is full. Choose another answer."]
    assert given(mine) == {"Työpaja": cloud}


def _typed(form: TestResponse, question_id: int, option: int) -> dict[str, object]:
    """As a form would be sent that was opened before the option became full."""
    return page_form.find(form.document, None).data() | {f"question-{question_id}": str(option)}


def test_leaving_the_way_of_taking_part_leaves_its_answers_behind(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID)
    diet = builders.question(event, "Ruokavalio", sensitive=True, mode=Mode.ON_SITE)
    agreed = {consents.to_answer(diet.id): "I agree"}
    mine = builders.registration(event, mode=Mode.ON_SITE, answers={diet.id: "Vegaani"}, consents=agreed)
    client.submit(client.get(page_of(mine)), "Switch to online")
    assert given(mine) == {}
