"""Every limit binds beside the others: of a mode, a municipality, a programme item, an option. The tightest says no."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app import clock, worker
from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.events.models import Attendance, Event, EventStatus, Mode
from app.questions.models import Question, QuestionKind, QuestionOption
from app.registrations import doctor, links, organiser_changes, own_changes
from app.registrations.answer_models import AnswerChoice
from app.registrations.models import Registration
from app.translated import Translated
from tests import builders
from tests.builders import ESPOO, VANTAA
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def workshop(event: Event, places: int | None) -> int:
    (day, *_) = events.days_of(event)
    item = builders.programme_item(day, title=Translated(fi="Työpaja", sv="Verkstad"), sign_up=True, places=places)
    return item.id


def option(event: Event, places: int) -> int:
    question = Question(event_id=event.id, position=1, kind=QuestionKind.CHOICE, label=Translated(fi="Bussi"))
    db.session.add(question)
    db.session.flush()
    made = QuestionOption(question=question, position=1, label=Translated(fi="Espoosta"), places=places)
    db.session.add(made)
    db.session.commit()
    return made.id


def statuses(*registrations: Registration) -> list[str]:
    db.session.rollback()
    return [registration.status.value for registration in registrations]


def register(event: Event, **given: Any) -> Registration:
    answer = builders.attempt(event, **given)
    assert answer.registration
    return answer.registration


def test_a_municipality_has_no_more_than_its_places_until_the_day_on_which_they_are_released() -> None:
    event = builders.event(municipality_limit=1, municipality_limit_until=builders.in_days(3), places_online=5)
    first, second = register(event), register(event)
    other = register(event, municipality_code=VANTAA)
    assert statuses(first, second, other) == ["confirmed", "waiting", "confirmed"]
    assert doctor.examine() == []
    with time_machine.travel(builders.in_days(3) + timedelta(minutes=1)):
        assert worker.settle() == 1
        assert statuses(second) == ["confirmed"]
        assert worker.settle() == 0


def test_the_day_of_release_holds_by_the_clock_when_no_worker_runs() -> None:
    event = builders.event(municipality_limit=1, municipality_limit_until=builders.in_days(3), places_online=2)
    _first, second = register(event), register(event)
    with time_machine.travel(builders.in_days(3) + timedelta(minutes=1)):
        newcomer = register(event, municipality_code=VANTAA)
        assert statuses(second, newcomer) == ["confirmed", "waiting"]


def test_other_organisations_share_one_municipalitys_places() -> None:
    event = builders.event(municipality_limit=1)
    people = [register(event, municipality_code=None, organisation=name) for name in ("Yksi ry", "Toinen ry")]
    assert statuses(*people) == ["confirmed", "waiting"]


def test_without_a_waiting_list_the_person_is_told_which_limit_says_no() -> None:
    event = builders.event(municipality_limit=1, waiting_list=False)
    register(event)
    with pytest.raises(Refused, match="All places reserved for Espoo are taken"):
        register(event)
    db.session.rollback()


def test_a_full_workshop_lets_nobody_in_who_wants_it_and_others_pass() -> None:
    event = builders.event(places_online=5)
    item = workshop(event, 1)
    first, second = (register(event, items=frozenset({item})) for _ in range(2))
    third = register(event)
    assert statuses(first, second, third) == ["confirmed", "waiting", "confirmed"]
    own_changes.withdraw(first)
    db.session.commit()
    assert statuses(second) == ["confirmed"]
    assert doctor.examine() == []


def test_giving_up_a_workshop_lets_the_next_into_it_in_the_same_transaction() -> None:
    event = builders.event()
    item = workshop(event, 1)
    first, second = (register(event, items=frozenset({item})) for _ in range(2))
    own_changes.choose_items(first, frozenset())
    db.session.commit()
    assert statuses(first, second) == ["confirmed", "confirmed"]


def test_choosing_a_full_workshop_is_refused_by_its_name_and_changes_nothing() -> None:
    event = builders.event()
    item = workshop(event, 1)
    register(event, items=frozenset({item}))
    other = register(event)
    with pytest.raises(Refused, match="“Työpaja” is full"):
        own_changes.choose_items(other, frozenset({item}))
    db.session.rollback()


def test_a_choice_with_its_own_places_is_counted() -> None:
    event = builders.event()
    bus = option(event, 1)
    first = register(event, options=frozenset({bus}))
    db.session.add(AnswerChoice(registration_id=first.id, option_id=bus))
    db.session.commit()
    with pytest.raises(Refused, match="“Espoosta” is full"):
        register(event, options=frozenset({bus}))
    db.session.rollback()
    assert statuses(first, register(event)) == ["confirmed", "confirmed"]


def test_speakers_take_no_place() -> None:
    event = builders.event(places_online=1, waiting_list=False)
    speaker = builders.registration(event, takes_place=False)
    first = register(event)
    assert statuses(speaker, first) == ["confirmed", "confirmed"]
    assert statuses(builders.registration(event, takes_place=False)) == ["confirmed"]
    assert doctor.examine() == []


def test_an_extra_place_raises_the_limit_by_one_for_this_person_only() -> None:
    event = builders.event(places_online=1, municipality_limit=1)
    _holder, next_one, wanted = (register(event) for _ in range(3))
    organiser_changes.extra_place(wanted, "pitää puheenvuoron", by=builders.user().id)
    db.session.commit()
    assert statuses(next_one, wanted) == ["waiting", "confirmed"]
    assert event.places_online == 2
    assert doctor.examine() == []


def test_correcting_a_municipality_may_leave_its_limit_exceeded_which_the_doctor_notes() -> None:
    event = builders.event(municipality_limit=1)
    register(event)
    wrong = register(event, municipality_code=VANTAA)
    correction = organiser_changes.Correction(municipality_code=ESPOO, organisation="", mode=Mode.ONLINE)
    organiser_changes.correct(wrong, correction, by=builders.user().id)
    db.session.commit()
    assert [finding.note for finding in doctor.examine()] == [True]


def test_nobody_moves_by_the_own_details_into_a_municipality_whose_places_are_taken() -> None:
    event = builders.event(municipality_limit=1)
    register(event)
    other = register(event, municipality_code=VANTAA)
    details = own_changes.Details(
        given_name="Maria", family_name="Åkerlund", municipality_code=ESPOO, organisation="", role="", language="fi"
    )
    with pytest.raises(Refused, match="Espoo"):
        own_changes.change_details(other, details)
    db.session.rollback()


def test_a_queue_that_has_closed_moves_no_more_and_free_places_are_everybodys() -> None:
    event = builders.event(places_online=1, queue_closes_at=builders.in_days(2))
    holder, waiting = register(event), register(event)
    with time_machine.travel(builders.in_days(2) + timedelta(minutes=1)):
        own_changes.withdraw(holder)
        db.session.commit()
        assert statuses(waiting, register(event)) == ["waiting", "confirmed"]
        with pytest.raises(Refused):
            register(event)
        db.session.rollback()


def test_someone_who_switches_mode_counts_once_for_the_municipality() -> None:
    event = builders.event(attendance=Attendance.HYBRID, municipality_limit=1, places_on_site=1, places_online=1)
    person = register(event, mode=Mode.ONLINE)
    own_changes.switch_mode(person, Mode.ON_SITE)
    db.session.commit()
    assert person.mode is Mode.ON_SITE
    assert doctor.examine() == []


def test_a_draft_settles_nothing() -> None:
    event = builders.event(
        municipality_limit=1, municipality_limit_until=clock.now() - timedelta(days=1), status=EventStatus.DRAFT
    )
    assert worker.settle() == 0
    assert db.session.scalars(select(Event.municipality_limit_released_at).where(Event.id == event.id)).one() is None


def test_who_stands_above_a_lowered_limit_can_still_change_what_it_does_not_concern(client: PageClient) -> None:
    event = builders.event(places_online=2)
    item_id, asked = workshop(event, 5), builders.question(event, "Bussi", options=[("Espoosta", 2)])
    (bus,) = builders.options(asked)
    mine, _other = (
        register(event, answers={asked.id: frozenset({bus.id})}, options=frozenset({bus.id})) for _ in range(2)
    )
    note = builders.question(event, "Terveisiä")
    event.places_online, bus.places = 1, 1
    db.session.commit()
    address = f"/r/{links.token(links.Purpose.MANAGE, mine)}"
    page = client.submit(client.get(f"{address}/answers?lang=en"), **{f"question-{note.id}": "Hei"})
    assert "Your answers are saved." in page.words
    assert own_changes.choose_items(mine, frozenset({item_id}))
    db.session.commit()
    page = client.submit(client.get(f"{address}/details?lang=en"), municipality=VANTAA)
    assert "Your details are saved." in page.words
