"""Organisers decide who may register, in which order, and until when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.database import db
from app.events.models import Admission, Event, EventStatus, Promotion, QueueOrder
from app.registrations import registration_rules
from app.registrations.models import Registration, Status
from tests import builders
from tests.builders import ASKOLA, ESPOO, VANTAA
from tests.page_client import Page, PageClient


def change(organiser: PageClient, event_id: int, **fields: object) -> Page:
    return organiser.submit(organiser.get(f"/staff/events/{event_id}/rules"), "Save", **fields)


def the(event_id: int) -> Event:
    return db.session.get_one(Event, event_id, populate_existing=True)


def statuses() -> list[Status]:
    return list(db.session.scalars(select(Registration.status).order_by(Registration.id)))


def test_the_rules_are_shown_as_they_were_saved_and_an_untouched_form_changes_none(organiser: PageClient) -> None:
    event_id = builders.event().id
    before = registration_rules.rules_of(the(event_id))
    change(organiser, event_id)
    assert registration_rules.rules_of(the(event_id)) == before

    ends = clock.helsinki(builders.in_days(7))
    typed = {
        "admission": "listed-municipalities",
        "admitted": [ESPOO, VANTAA],
        "approval": True,
        "municipality_limit": "4",
        "municipality_limit_until-date": ends.date().isoformat(),
        "municipality_limit_until-time": "12.00",
        "queue_order": "fair",
        "promotion": "offer",
        "offer_hours": "48",
        "largest_group": "5",
        "still_coming_days": "3",
        "participants_list": True,
    }
    assert "The rules are saved." in change(organiser, event_id, **typed).words
    saved = registration_rules.rules_of(the(event_id))
    assert (saved.admission, saved.admitted) == (Admission.LISTED, {ESPOO, VANTAA})
    assert (saved.queue_order, saved.promotion, saved.offer_hours) == (QueueOrder.FAIR, Promotion.OFFER, 48)
    assert (saved.municipality_limit, saved.municipality_limit_until) == (4, builders.in_days(7) + timedelta(hours=3))
    assert (saved.approval, saved.largest_group, saved.still_coming_days, saved.participants_list) == (True, 5, 3, True)
    change(organiser, event_id)
    assert registration_rules.rules_of(the(event_id)) == saved
    change(organiser, event_id, still_coming_days="")
    assert the(event_id).still_coming_days is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"admission": "listed-municipalities"}, "Choose at least one municipality"),
        ({"municipality_limit": "0"}, "Enter a number from 1 to 10000"),
        ({"offer_hours": ""}, "Enter how many hours an offer is held"),
        (
            {"queue_closes_at-date": "2090-01-01", "queue_closes_at-time": "9.00"},
            "Enter a time before the event starts",
        ),
        (
            {"municipality_limit_until-date": "2026-01-01", "municipality_limit_until-time": "9.00"},
            "Enter the limit too, or leave its end empty",
        ),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    organiser: PageClient, fields: dict[str, str], sentence: str
) -> None:
    event_id = builders.event().id
    page = change(organiser, event_id, largest_group="7", **fields)
    assert page.errors == [sentence]
    assert 'value="7"' in page.get_data(as_text=True)
    assert the(event_id).largest_group == 1


def test_a_form_opened_before_someone_elses_change_is_not_saved_over_it(organiser: PageClient) -> None:
    event_id = builders.event().id
    opened = organiser.get(f"/staff/events/{event_id}/rules")
    change(organiser, event_id, largest_group="3")
    page = organiser.submit(opened, "Save", largest_group="9")
    assert page.status_code == 409
    assert 'value="9"' in page.get_data(as_text=True)
    assert the(event_id).largest_group == 3
    organiser.submit(page, "Save")
    assert the(event_id).largest_group == 9


def test_a_limit_under_what_a_municipality_has_is_asked_about_and_withdraws_nobody(organiser: PageClient) -> None:
    event = builders.event()
    for code in (ESPOO, ESPOO, ESPOO, VANTAA, VANTAA, ASKOLA):
        builders.registration(event, municipality_code=code)
    question = change(organiser, event.id, municipality_limit="1", largest_group="4")
    assert question.h1 == "Save this limit?"
    assert "Espoo: 3 places Vantaa: 2 places" in question.words
    assert "Askola" not in question.words
    assert the(event.id).municipality_limit is None

    form = organiser.submit(question, "Back to the form")
    assert 'value="4"' in form.get_data(as_text=True)
    organiser.submit(organiser.submit(form, "Save"), "Save the limit")
    assert the(event.id).municipality_limit == 1
    assert set(statuses()) == {Status.CONFIRMED}
    assert "The rules are saved." in change(organiser, event.id, largest_group="2").words


def test_the_rules_of_an_event_that_is_called_off_are_closed(organiser: PageClient) -> None:
    event = builders.event(status=EventStatus.CALLED_OFF)
    assert organiser.get(f"/staff/events/{event.id}/rules").status_code == 409
