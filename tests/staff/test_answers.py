"""Answers as organisers meet them: in files, in the list's filter, on a registration, when adding by hand."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select

from app import clock
from app.database import db
from app.events.models import Attendance, Event, Mode
from app.questions.models import Question, QuestionKind
from app.registrations import answers, columns
from app.registrations.answer_models import Answer, AnswerChoice
from app.registrations.models import Registration
from tests import builders
from tests.conftest import CountQueries
from tests.page_client import PageClient
from tests.staff.test_exports import rows, workbook


def chosen(question: Question, *numbers: int) -> frozenset[int]:
    made = builders.options(question)
    return frozenset(made[number].id for number in numbers)


def test_each_question_has_a_column_with_values_of_its_kind(organiser: PageClient) -> None:
    event = builders.event()
    topics = builders.question(event, "Aiheet", options=["Tablet", "Puhelin"], kind=QuestionKind.SEVERAL)
    number = builders.question(event, "Montako", kind=QuestionKind.NUMBER)
    day = builders.question(event, "Alkaen", kind=QuestionKind.DATE)
    yes = builders.question(event, "Kuvaus", kind=QuestionKind.YES_NO)
    text = builders.question(event, "Vapaasti")
    retired = builders.question(event, "Ennen")
    builders.question(event, "Ei kysytty", retired_at=clock.now())
    builders.registration(
        event,
        answers={topics.id: chosen(topics, 0, 1), number.id: -2.5, day.id: date(2027, 10, 21), yes.id: True}
        | {text.id: "=1+1", retired.id: "vanha"},
    )
    retired.retired_at = clock.now()
    db.session.commit()
    heading, line = workbook(organiser, event)["Espoo"].iter_rows()
    found = {title.value: cell for title, cell in zip(heading, line, strict=True)}
    assert found["Aiheet"].value == "Tablet, Puhelin"
    assert found["Montako"].value == -2.5
    assert (found["Alkaen"].value, found["Alkaen"].number_format) == (datetime(2027, 10, 21), "d mmm yyyy")
    assert found["Kuvaus"].value == "Yes"
    assert (found["Vapaasti"].value, found["Vapaasti"].data_type) == ("=1+1", "s")
    assert found["Ennen"].value == "vanha"
    assert "Ei kysytty" not in found
    [line_of_text] = rows(organiser, event, "fi")
    assert [line_of_text[one] for one in ("Montako", "Alkaen", "Vapaasti")] == ["-2,5", "21.10.2027", "'=1+1"]


def test_the_list_can_be_narrowed_by_an_answer(organiser: PageClient) -> None:
    event = builders.event()
    lunch = builders.question(event, "Lounas", options=["Keitto", "Salaatti"])
    builders.registration(event, family_name="Keittonen", answers={lunch.id: chosen(lunch, 0)})
    builders.registration(event, family_name="Salaattila", answers={lunch.id: chosen(lunch, 1)})
    page = organiser.get(f"/staff/events/{event.id}/registrations")
    page = organiser.submit(page, "Filter", answer=str(builders.options(lunch)[0].id))
    assert "Keittonen" in page.words
    assert "Salaattila" not in page.words


@pytest.mark.parametrize(
    ("said", "found"),
    [("yes", {"Kyllönen"}), ("no", {"Eilä"}), ("answered", {"Kyllönen", "Eilä"}), ("unanswered", {"Vaikonen"})],
)
def test_the_list_can_be_narrowed_by_yes_or_no_and_by_having_answered(
    organiser: PageClient, said: str, found: set[str]
) -> None:
    event = builders.event()
    comes = builders.question(event, "Kuvaus", kind=QuestionKind.YES_NO)
    for name, answered in (("Kyllönen", {comes.id: True}), ("Eilä", {comes.id: False}), ("Vaikonen", {})):
        builders.registration(event, family_name=name, answers=answered)
    page = organiser.get(f"/staff/events/{event.id}/registrations")
    page = organiser.submit(page, "Filter", answer=f"{comes.id}:{said}")
    assert {name for name in ("Kyllönen", "Eilä", "Vaikonen") if name in page.words} == found


def test_chosen_options_are_answers_too_and_another_events_question_finds_nobody(organiser: PageClient) -> None:
    event, other = builders.event(), builders.event()
    lunch = builders.question(event, "Lounas", options=["Keitto", "Salaatti"])
    elsewhere = builders.question(other, "Muualla")
    builders.registration(event, family_name="Keittonen", answers={lunch.id: chosen(lunch, 0)})
    builders.registration(event, family_name="Vaikonen")
    path = f"/staff/events/{event.id}/registrations?answer="
    assert "Keittonen" in organiser.get(f"{path}{lunch.id}:answered").words
    unanswered = organiser.get(f"{path}{lunch.id}:unanswered").words
    assert ("Keittonen" in unanswered, "Vaikonen" in unanswered) == (False, True)
    for unknown in (f"{elsewhere.id}:unanswered", f"{lunch.id}:perhaps", "x", "9" * 30):
        assert "Vaikonen" not in organiser.get(path + unknown).words


def test_no_list_is_narrowed_by_a_sensitive_question_and_it_is_refused_by_name(organiser: PageClient) -> None:
    event = builders.event()
    diet = builders.question(event, "Ruokavalio", sensitive=True, options=["Vegaani"])
    path = f"/staff/events/{event.id}/registrations"
    assert f"{diet.id}:" not in organiser.get(path).get_data(as_text=True)
    for name in (f"{diet.id}:answered", str(builders.options(diet)[0].id)):
        refused = organiser.get(f"{path}?answer={name}")
        assert refused.status_code == 409
        assert "“Ruokavalio” is a sensitive question, so no list is narrowed by it." in refused.words


def test_adding_by_hand_asks_too_and_lets_required_answers_wait_for_the_person(organiser: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID)
    must = builders.question(event, "Lasku", required=True)
    parking = builders.question(event, "Parkki", mode=Mode.ON_SITE, required=True)
    builders.question(event, "Ruokavalio", sensitive=True)
    form = organiser.get(f"/staff/events/{event.id}/registrations/new?lang=en")
    assert "Ruokavalio" not in form.words
    person = {"given_name": "Outi", "family_name": "Niemi", "email": "outi@espoo.fi", "mode": "online"}
    page = organiser.submit(form, **person, **{f"question-{parking.id}": "kyllä"})
    assert page.h1 == "Outi Niemi"
    assert "Parkki" not in page.words
    outi = db.session.scalars(select(Registration)).one()
    assert answers.of(outi, sensitive=True) == []
    form = organiser.get(f"/staff/events/{event.id}/registrations/new?lang=en")
    page = organiser.submit(form, **person | {"email": "kaj@espoo.fi"}, **{f"question-{must.id}": "Viite 7"})
    assert "Lasku Viite 7" in page.words


def test_five_thousand_people_with_eight_answers_come_with_the_same_queries(
    organiser: PageClient, count_queries: CountQueries
) -> None:
    small, large = builders.event(), builders.event()
    counts = []
    for event, people in ((small, 10), (large, 5000)):
        builders.many_registrations(event, people)
        _answer_for_all(event)
        with count_queries() as queries:
            answer = organiser.get(f"/staff/events/{event.id}/municipalities.xlsx")
        counts.append(queries.count)
    assert counts[0] == counts[1]
    assert load_workbook(io.BytesIO(answer.data), read_only=True).worksheets[1].max_column == len(columns.COLUMNS) + 8


def _answer_for_all(event: Event) -> None:
    ids = list(db.session.scalars(select(Registration.id).where(Registration.event_id == event.id)))
    for number in range(4):
        typed = builders.question(event, f"Teksti {number}")
        listed = builders.question(event, f"Valinta {number}", options=["Yksi", "Kaksi", "Kolme"])
        made = builders.options(listed)
        db.session.execute(
            insert(Answer),
            [{"registration_id": one, "question_id": typed.id, "value": f"Vastaus {one}"} for one in ids],
        )
        db.session.execute(
            insert(AnswerChoice), [{"registration_id": one, "option_id": made[one % 3].id} for one in ids]
        )
    db.session.commit()
