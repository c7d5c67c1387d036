"""Places of a question's options: the form is changed behind the door, so a raised limit promotes at once."""

import pytest

from app.database import db
from app.events.models import Event, Mode
from app.questions.models import Question, QuestionOption
from app.registrations import doctor
from app.registrations.models import Registration, Status
from tests import builders
from tests.page_client import Page, PageClient


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    builders.signed_in(client)
    return client


@pytest.fixture
def event(organiser: PageClient) -> Event:
    return builders.event()


@pytest.fixture
def workshop(event: Event) -> Question:
    return builders.question(event, "Työpaja", options=[("Tekoäly", 1), ("Saavutettavuus", 5)])


def chooses(event: Event, option: QuestionOption) -> Registration:
    return builders.registration(
        event, mode=Mode.ONLINE, options=frozenset({option.id}), answers={option.question_id: frozenset({option.id})}
    )


def form(organiser: PageClient, workshop: Question) -> Page:
    return organiser.get(f"/staff/events/{workshop.event_id}/questions/{workshop.id}")


def status(registration: Registration) -> Status:
    return db.session.get_one(Registration, registration.id, populate_existing=True).status


def test_a_raised_limit_gives_the_place_to_the_first_who_waits_for_it(
    organiser: PageClient, event: Event, workshop: Question
) -> None:
    (ai, _other) = builders.options(workshop)
    first, second, third = (chooses(event, ai) for _ in range(3))
    assert [status(one) for one in (first, second, third)] == [Status.CONFIRMED, Status.WAITING, Status.WAITING]
    organiser.submit(form(organiser, workshop), "Save", **{"options-0-places": "2"})
    assert [status(one) for one in (second, third)] == [Status.CONFIRMED, Status.WAITING]
    organiser.submit(form(organiser, workshop), "Save", **{"options-0-places": ""})
    assert status(third) is Status.CONFIRMED


def test_a_limit_is_lowered_under_what_is_taken_only_after_saying_so_and_withdraws_nobody(
    organiser: PageClient, event: Event, workshop: Question
) -> None:
    (_ai, other) = builders.options(workshop)
    people = [chooses(event, other) for _ in range(3)]
    question = organiser.submit(form(organiser, workshop), "Save", **{"options-1-places": "1"})
    assert "Saavutettavuus: 2 people more than the new limit" in question.words
    back = organiser.submit(question, "Back to the form")
    assert organiser.submit(back, "Save").h1 == "Save this change?"
    assert builders.options(workshop)[1].places == 5
    db.session.rollback()
    organiser.submit(question, "Save the change")
    assert db.session.get_one(QuestionOption, other.id, populate_existing=True).places == 1
    assert {status(one) for one in people} == {Status.CONFIRMED}
    assert [finding.note for finding in doctor.examine()] == [True]


def test_nobody_waits_for_an_option_that_is_no_longer_offered(
    organiser: PageClient, event: Event, workshop: Question
) -> None:
    (ai, _other) = builders.options(workshop)
    _first, second = (chooses(event, ai) for _ in range(2))
    page = organiser.submit(form(organiser, workshop), "Add an option")
    page = organiser.submit(page, "Remove option 1", **{"options-2-label-fi": "Kirjasto"})
    organiser.submit(page, "Save")
    assert status(second) is Status.CONFIRMED
    assert doctor.examine() == []
