"""Programme items with sign-up, as organisers run them: places, lists, and who is told when an item changes."""

import csv
import io
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.database import db
from app.events import copying
from app.events import queries as events
from app.events.models import Event, EventDay, ProgrammeItem
from app.messages.models import Message
from app.registrations import announcements, programme_choices
from app.registrations.models import CalendarEntry, Registration, Status
from app.translated import Translated
from tests import builders
from tests.page_client import Page, PageClient


@pytest.fixture
def event(organiser: PageClient) -> Event:
    """One day, from 9 to 15."""
    return builders.event()


@pytest.fixture
def day(event: Event) -> EventDay:
    return events.days_of(event)[0]


def programme(event: Event) -> str:
    return f"/staff/events/{event.id}/programme"


def goes_to(item: ProgrammeItem, **given: object) -> Registration:
    return builders.registration(item.day.event, **{"items": frozenset({item.id}), "language": "en"} | given)


def tell_everyone() -> list[Message]:
    db.session.rollback()
    while announcements.advance():
        db.session.commit()
    db.session.commit()
    told = select(Message).where(Message.occasion == "event-changed").order_by(Message.id)
    return list(db.session.scalars(told))


def test_an_item_can_ask_for_sign_up_and_have_places(organiser: PageClient, event: Event, day: EventDay) -> None:
    form = organiser.click(organiser.get(programme(event)), "Add an item")
    typed = {"starts": "9.00", "ends": "10.30", "title-fi": "Työpaja A", "sign_up": True, "places": "30"}
    page = organiser.submit(form, "Save", **typed)
    assert "0 of 30 places taken" in page.words
    [item] = events.programme_of(event)[day.id]
    assert (item.sign_up, item.places) == (True, 30)


def test_a_copied_event_keeps_sign_up_and_places(event: Event, day: EventDay) -> None:
    builders.sign_up_item(day, places=30)
    made = copying.copy(event.id, first_day=builders.in_days(60).date())
    [[item]] = events.programme_of(made).values()
    assert (item.sign_up, item.places) == (True, 30)


def test_lowering_under_what_is_taken_is_asked_about_and_takes_the_item_from_nobody(
    organiser: PageClient, event: Event, day: EventDay
) -> None:
    item = builders.sign_up_item(day, places=3)
    people = [goes_to(item) for _ in range(3)]
    page = organiser.submit(organiser.get(f"{programme(event)}/{item.id}"), "Save", places="1")
    assert "2 people more than the new limit have a place in this item. They keep it." in page.words
    page = organiser.submit(page, "Save the change")
    assert "3 of 1 places taken" in page.words
    db.session.rollback()
    assert programme_choices.people_of(item) == [one.id for one in people]
    assert tell_everyone() == []


def test_more_places_in_an_item_reach_those_who_wait_for_it(organiser: PageClient, event: Event, day: EventDay) -> None:
    item = builders.sign_up_item(day, places=1)
    goes_to(item)
    waiting = goes_to(item)
    assert waiting.status is Status.WAITING
    organiser.submit(organiser.get(f"{programme(event)}/{item.id}"), "Save", places="2")
    db.session.refresh(waiting)
    assert waiting.status is Status.CONFIRMED


def test_a_removed_item_stands_in_nobodys_way(organiser: PageClient, event: Event, day: EventDay) -> None:
    item = builders.sign_up_item(day, places=1)
    goes_to(item)
    waiting = goes_to(item)
    asked = organiser.submit(organiser.get(f"{programme(event)}/{item.id}"), "Remove from the programme")
    organiser.submit(asked, "Remove from the programme")
    db.session.refresh(waiting)
    assert waiting.status is Status.CONFIRMED


def test_a_moved_item_is_told_to_its_people_alone_with_old_and_new_and_their_calendars_follow(
    organiser: PageClient, event: Event, day: EventDay
) -> None:
    moved, other = (builders.sign_up_item(day, title, hour=2, room="Sali A") for title in ("Työpaja A", "Työpaja B"))
    mine, _theirs, _none = goes_to(moved), goes_to(other), builders.registration(event)
    form = organiser.get(f"{programme(event)}/{moved.id}")
    asked = organiser.submit(form, "Save", starts="13.00", ends="14.00", room="Sali B")
    assert "1 person has chosen this item and will be told by mail" in asked.words
    saved = organiser.submit(asked, "Save the change")
    assert "1 person will be told by mail" in saved.words
    [mail] = tell_everyone()
    assert mail.recipient == mine.email
    assert "Room: Sali B (before: Sali A)" in (mail.text or "")
    assert "11:00–12:00" in (mail.text or "")
    entry = Calendar.from_ical(mail.calendar or b"").walk("VEVENT")[0]
    assert (mail.calendar_method, entry["SEQUENCE"], entry["DTSTART"].dt.hour) == ("REQUEST", 1, 13)
    assert "13:00–14:00 Työpaja A, Sali B" in str(entry["DESCRIPTION"])


def test_a_new_title_is_told_in_the_language_that_it_changed_in(
    organiser: PageClient, event: Event, day: EventDay
) -> None:
    item = builders.sign_up_item(day, Translated(fi="Työpaja A", sv="Verkstad A"))
    swede = goes_to(item, language="sv")
    goes_to(item, language="fi")
    asked = organiser.submit(organiser.get(f"{programme(event)}/{item.id}"), "Save", **{"title-sv": "Verkstad Ö"})
    organiser.submit(asked, "Save the change")
    [mail] = tell_everyone()
    assert mail.recipient == swede.email
    assert "Verkstad Ö" in (mail.text or "")


def test_new_speakers_and_items_that_nobody_chose_are_saved_at_once_and_told_to_nobody(
    organiser: PageClient, event: Event, day: EventDay
) -> None:
    chosen, common = builders.sign_up_item(day), builders.programme_item(day)
    goes_to(chosen)
    page = organiser.submit(organiser.get(f"{programme(event)}/{chosen.id}"), "Save", speakers="Outi Niemi")
    assert "The programme is saved." in page.words
    page = organiser.submit(organiser.get(f"{programme(event)}/{common.id}"), "Save", ends="9.30", room="Sali C")
    assert "The programme is saved." in page.words
    assert tell_everyone() == []


def test_a_removed_item_is_asked_about_and_told_and_its_day_leaves_the_calendar(
    organiser: PageClient, event: Event, day: EventDay
) -> None:
    item = builders.sign_up_item(day, "Työpaja A")
    registration = goes_to(item)
    builders.sign_up_item(day, "Työpaja B")
    asked = organiser.submit(organiser.get(f"{programme(event)}/{item.id}"), "Remove from the programme")
    assert "1 person has signed up for this item and loses it" in asked.words
    organiser.submit(asked, "Remove from the programme")
    [mail] = tell_everyone()
    assert "“Työpaja A”, for which you had signed up, is no longer in the programme" in (mail.text or "")
    assert (mail.recipient, mail.calendar_method) == (registration.email, "CANCEL")
    assert db.session.get_one(Registration, registration.id).status is Status.CONFIRMED


def test_who_withdrew_before_the_mail_was_made_hears_nothing_of_the_item(
    organiser: PageClient, event: Event, day: EventDay
) -> None:
    item = builders.sign_up_item(day)
    staying, leaving = goes_to(item), goes_to(item)
    asked = organiser.submit(organiser.get(f"{programme(event)}/{item.id}"), "Save", room="Sali B")
    organiser.submit(asked, "Save the change")
    leaving = db.session.get_one(Registration, leaving.id)
    leaving.status = Status.WITHDRAWN
    db.session.commit()
    assert [mail.recipient for mail in tell_everyone()] == [staying.email]


def test_an_item_that_people_have_chosen_keeps_its_sign_up(organiser: PageClient, event: Event, day: EventDay) -> None:
    item = builders.sign_up_item(day)
    goes_to(item)
    page = organiser.submit(organiser.get(f"{programme(event)}/{item.id}"), "Save", sign_up=False)
    assert page.errors == ["People have signed up for this item, so it must keep its sign-up."]


def test_the_programme_leads_to_the_people_of_an_item(organiser: PageClient, event: Event, day: EventDay) -> None:
    item, other = builders.sign_up_item(day, "Työpaja A", places=2), builders.sign_up_item(day, "Työpaja B")
    goes_to(item, family_name="Ahola")
    goes_to(other, family_name="Virtanen")
    page = organiser.click(organiser.get(programme(event)), "1 of 2 places taken: Työpaja A")
    assert "Ahola" in page.words
    assert "Virtanen" not in page.words


def test_the_files_name_what_each_person_has_chosen(organiser: PageClient, event: Event, day: EventDay) -> None:
    items = [builders.sign_up_item(day, f"Työpaja {hour}", hour=hour) for hour in (1, 2)]
    builders.registration(event, items=frozenset(item.id for item in items))
    answer = organiser.get(f"/staff/events/{event.id}/municipalities.csv")
    [row] = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert row["Programme items"] == "Työpaja 1; Työpaja 2"


def change(organiser: PageClient, registration: Registration, *items: ProgrammeItem) -> Page:
    page = organiser.get(f"/staff/registrations/{registration.id}")
    form = organiser.click(page, "Change programme items")
    return organiser.submit(form, "Save", items=[str(item.id) for item in items])


def test_an_organiser_changes_somebodys_items_within_the_limits(
    organiser: PageClient, event: Event, day: EventDay
) -> None:
    builders.programme_item(day)
    mine, wished = builders.sign_up_item(day, "Työpaja A"), builders.sign_up_item(day, "Työpaja B", hour=2, places=1)
    registration = goes_to(mine)
    page = change(organiser, registration, wished)
    assert "11:00–12:00 Työpaja B" in page.words
    entry = db.session.scalars(select(CalendarEntry)).one()
    assert (entry.sequence, entry.ends_at - entry.starts_at) == (1, timedelta(hours=3))
    late = builders.registration(event)
    form = organiser.get(f"/staff/registrations/{late.id}/programme")
    [box] = [one for one in form.document.iter("input") if one.get("value") == str(wished.id)]
    assert box.get("disabled") is not None
