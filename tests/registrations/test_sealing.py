"""Sensitive answers are stored sealed, are seen by few, and end early."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

import config
from app import privacy
from app.database import begin_write, db
from app.events.models import Event
from app.people.models import AccessLogEntry, Role
from app.questions.models import Question, QuestionKind
from app.registrations import answers, consents
from app.registrations.answer_models import Answer, AnswerChoice, Consent
from app.registrations.models import Registration
from tests import builders
from tests.conftest import MakeSettings
from tests.page_client import CommandRunner, PageClient

MARIA = {"given_name": "Maria", "family_name": "Åkerlund", "email": "maria@espoo.fi"}

pytestmark = pytest.mark.usefixtures("app")


def diet(event: Event) -> int:
    return builders.question(
        event, "Ruokavalio", options=["Vegaani", "Laktoositon"], sensitive=True, kind=QuestionKind.SEVERAL
    ).id


def dieting(event: Event, question_id: int, *numbers: int) -> Registration:
    chosen = [one.id for one in builders.options(db.session.get_one(Question, question_id))]
    return builders.registration(
        event,
        answers={question_id: frozenset(chosen[number] for number in numbers)},
        consents={consents.to_answer(question_id): "I agree"},
    )


def test_an_answer_is_taken_only_with_its_own_consent_whose_words_are_kept(client: PageClient) -> None:
    event = builders.event()
    asked = diet(event)
    vegan = str(builders.options(db.session.get_one(Question, asked))[0].id)
    form = client.get(f"/en/events/{event.slug}/register")
    refused = client.submit(form, **MARIA, **{f"question-{asked}": [vegan]})
    assert refused.errors == ["“Ruokavalio” is not kept without your consent: tick the box, or leave it empty"]
    client.submit(refused, **{f"consent-{asked}": True})
    consent = db.session.scalars(select(Consent)).one()
    assert consent.matter == f"question:{asked}"
    assert "deleted 14 days after the event" in consent.wording
    stored = db.session.scalars(select(Answer)).one()
    assert stored.value is None
    assert (stored.sealed or b"").startswith(b"gAAAA")  # a Fernet token
    assert db.session.scalars(select(AnswerChoice)).all() == []


def test_without_a_key_it_is_not_asked(client: PageClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    event = builders.event()
    diet(event)
    monkeypatch.setitem(app.config, "SETTINGS", builders.with_keys(app))
    page = client.get(f"/en/events/{event.slug}/register")
    assert "Ruokavalio" not in page.words
    assert client.submit(page, **MARIA).h1 == "You have a place"


def test_a_key_that_is_none_stops_the_start(settings: MakeSettings) -> None:
    with pytest.raises(config.MissingSettings, match="SENSITIVE_KEYS"):
        settings(sensitive_keys="short")


@pytest.mark.parametrize(("role", "sees"), [(Role.ORGANISER, True), (Role.ADMINISTRATOR, True), (Role.TUTOR, False)])
def test_organisers_see_it_and_every_look_is_logged(client: PageClient, role: Role, sees: bool) -> None:
    event = builders.event(hosts=[builders.ESPOO])
    mine = dieting(event, diet(event), 0)
    who = builders.signed_in(client, role)
    page = client.get(f"/staff/registrations/{mine.id}")
    assert ("Vegaani" in page.words) is sees
    looks = select(AccessLogEntry.user_id).where(AccessLogEntry.action == "registration.view-sensitive")
    assert db.session.scalars(looks).all() == ([who.id] if sees else [])


def test_it_is_in_no_list_and_no_file_but_counted_for_the_kitchen(client: PageClient) -> None:
    event = builders.event()
    asked = diet(event)
    for numbers in ((0,), (0, 1), (1,), (0,)):
        dieting(event, asked, *numbers)
    typed = builders.question(event, "Muuta", sensitive=True)
    for said in ("Pähkinä", "pähkinä", "=1+1"):
        builders.registration(event, answers={typed.id: said}, consents={consents.to_answer(typed.id): "I agree"})
    builders.signed_in(client)
    pages = [f"/staff/events/{event.id}/{part}" for part in ("registrations", "municipalities", "municipalities.csv")]
    for page in pages:
        body = client.get(page).text
        assert "Vegaani" not in body
        assert "Ruokavalio" not in body
    kitchen = client.click(client.get(pages[0]), "Food and access needs")
    assert "Vegaani 3 Laktoositon 2" in kitchen.words
    assert "Pähkinä 2" in kitchen.words
    assert "Åkerlund" not in kitchen.words
    assert "Muuta;'=1+1;1" in client.get(f"/staff/events/{event.id}/needs.csv?lang=en").text


def test_it_is_deleted_14_days_after_the_last_day(runner: CommandRunner) -> None:
    event = builders.event(days=2)
    mine = dieting(event, diet(event), 0)
    plain = builders.question(event, "Lounas")
    builders.registration(event, answers={plain.id: "Keitto"})
    ends = builders.in_days(15) + timedelta(hours=6)
    with time_machine.travel(ends + timedelta(days=14, minutes=-1)):
        _forget()
        assert answers.has_sealed(mine)
    with time_machine.travel(ends + timedelta(days=14, minutes=1)):
        _forget()
        assert not answers.has_sealed(mine)
    assert db.session.scalars(select(Answer.value)).all() == ["Keitto"]


def test_keys_are_changed_without_losing_an_answer(
    app: Flask, runner: CommandRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = builders.event()
    mine = dieting(event, diet(event), 0)
    old, new = app.config["SETTINGS"].sensitive_key_list[0], builders.new_key()
    monkeypatch.setitem(app.config, "SETTINGS", builders.with_keys(app, new, old))
    assert "1 answers are sealed with the first key" in runner.invoke(args=["rotate-sensitive-keys"]).output
    db.session.expire_all()
    monkeypatch.setitem(app.config, "SETTINGS", builders.with_keys(app, new))
    assert [one.value is not None for one in answers.of(mine, sensitive=True)] == [True]
    monkeypatch.setitem(app.config, "SETTINGS", builders.with_keys(app, old))
    lost = runner.invoke(args=["rotate-sensitive-keys"])
    assert lost.exit_code == 1
    assert "1 answers cannot be opened by any key" in lost.output


def _forget() -> None:
    begin_write()
    while privacy.forget():
        pass
    db.session.commit()
