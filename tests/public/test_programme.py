"""Programme items with sign-up, as participants meet them: in the form, on the personal page, in calendars."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import db
from app.events import queries as events
from app.events.models import Event, EventDay
from app.messages.models import Message
from app.registrations import programme_choices
from app.registrations.models import Registration, Status
from app.translated import Translated
from tests import builders, calendar_checks
from tests.conftest import CountQueries
from tests.page_client import PageClient
from tests.public.test_personal import manage

MARIA = {"given_name": "Maria", "family_name": "Åkerlund", "email": "maria@espoo.fi"}


def first_day(event: Event) -> EventDay:
    return events.days_of(event)[0]


def form_of(client: PageClient, event: Event, language: str = "en") -> TestResponse:
    return client.get(f"/{language}/events/{event.slug}/register")


def send(client: PageClient, event: Event, items: Sequence[int], **fields: object) -> TestResponse:
    return client.submit(form_of(client, event), **MARIA | {"items": [str(one) for one in items]} | fields)


def choose(client: PageClient, registration: Registration, *items: int) -> TestResponse:
    page = client.click(client.get(manage(registration)), "Choose programme items")
    return client.submit(page, items=[str(one) for one in items])


def maria() -> Registration:
    return db.session.scalars(select(Registration).where(Registration.email == MARIA["email"])).one()


def entries() -> list[tuple[str, int, str, timedelta]]:
    """Each calendar part that was mailed: method, number, UID and how long it lasts."""
    sent = []
    for message in db.session.scalars(select(Message).where(Message.calendar.is_not(None)).order_by(Message.id)):
        assert calendar_checks.libical_errors(message.calendar or b"") == []
        entry = Calendar.from_ical(message.calendar or b"").walk("VEVENT")[0]
        lasts = entry["DTEND"].dt - entry["DTSTART"].dt
        sent.append((message.calendar_method or "", int(entry["SEQUENCE"]), str(entry["UID"]), lasts))
    return sent


def last_mail() -> Message:
    return db.session.scalars(select(Message).order_by(Message.id.desc())).first()


def test_the_event_page_says_which_items_one_signs_up_for_and_how_many_places_they_have(client: PageClient) -> None:
    event = builders.event()
    day = first_day(event)
    builders.programme_item(day)
    full = builders.sign_up_item(day, "Täysi", places=1)
    builders.sign_up_item(day, "Tilava", places=3)
    builders.sign_up_item(day, "Rajaton")
    builders.registration(event, items=frozenset({full.id}))
    words = client.get(f"/en/events/{event.slug}").words
    assert "Avaus" in words
    for said in ("Täysi Sign-up, full", "Tilava Sign-up, 3 places left", "Rajaton Sign-up"):
        assert said in words


def test_the_event_page_asks_no_more_for_many_items_than_for_one(
    client: PageClient, count_queries: CountQueries
) -> None:
    few, many = builders.event(), builders.event()
    builders.sign_up_item(first_day(few), places=3)
    for number in range(9):
        builders.sign_up_item(first_day(many), f"Työpaja {number}", places=3)
    counts = []
    for event in (few, many):
        with count_queries() as asked:
            client.get(f"/en/events/{event.slug}")
        counts.append(asked.count)
    assert counts[0] == counts[1]


def test_what_is_chosen_in_the_form_sets_the_hours_of_the_calendar_entry_and_stands_in_it(client: PageClient) -> None:
    event = builders.event()
    day = first_day(event)
    builders.programme_item(day)
    item = builders.sign_up_item(day, "Työpaja A", hour=2, room="Huone 2")
    page = send(client, event, [item.id])
    assert page.h1 == "You have a place"
    [(method, _sequence, _uid, lasts)] = entries()
    assert (method, lasts) == ("REQUEST", timedelta(hours=3))
    mail = last_mail()
    assert "Programme items: 11:00–12:00 Työpaja A, Huone 2" in (mail.text or "")
    calendar = (mail.calendar or b"").decode().replace("\r\n ", "")
    assert "11:00–12:00 Työpaja A\\, Huone 2" in calendar


@pytest.mark.parametrize(("language", "title"), [("fi", "Työpaja A"), ("sv", "Verkstad A")])
def test_items_at_the_same_time_are_refused_by_name_in_the_pages_language(
    client: PageClient, language: str, title: str
) -> None:
    event = builders.event()
    day = first_day(event)
    first = builders.sign_up_item(day, Translated(fi="Työpaja A", sv="Verkstad A"))
    second = builders.sign_up_item(day, "Työpaja B", starts_at=first.starts_at + timedelta(minutes=30))
    form = form_of(client, event, language)
    page = client.submit(form, **MARIA | {"items": [str(first.id), str(second.id)]})
    [error] = page.errors
    assert f"”{title}”" in error or f"“{title}”" in error
    assert "Työpaja B" in error
    assert db.session.scalars(select(Registration)).all() == []


def test_items_one_after_the_other_can_both_be_chosen(client: PageClient) -> None:
    event = builders.event()
    items = [builders.sign_up_item(first_day(event), f"Työpaja {hour}", hour=hour).id for hour in (1, 2)]
    assert send(client, event, items).h1 == "You have a place"
    assert [item.id for item in programme_choices.of(maria())] == items


def test_an_item_of_another_event_cannot_be_chosen(client: PageClient) -> None:
    event, other = builders.event(), builders.event()
    builders.sign_up_item(first_day(event))
    form, foreign = form_of(client, event), builders.sign_up_item(first_day(other))
    token = form.document.find(".//form/input[@name='csrf_token']").get("value")
    page = client.post(form.request.path, data=MARIA | {"csrf_token": token, "items": str(foreign.id)})
    assert page.errors == ["Choose from the options"]


def test_a_full_item_is_refused_by_name_until_the_person_chooses_to_wait_for_it(client: PageClient) -> None:
    event = builders.event()
    full = builders.sign_up_item(first_day(event), "Työpaja A", places=1)
    builders.registration(event, items=frozenset({full.id}))
    page = send(client, event, [full.id])
    assert page.errors == ["Full: “Työpaja A”. Choose otherwise, or tick below that you wait with these choices."]
    page = client.submit(page, wait_for_items=True)
    assert page.h1 == "You are on the waiting list"
    assert [item.id for item in programme_choices.of(maria())] == [full.id]


def test_who_waits_for_a_full_item_gets_a_place_by_choosing_otherwise(client: PageClient) -> None:
    event = builders.event()
    day = first_day(event)
    full, roomy = builders.sign_up_item(day, "Työpaja A", places=1), builders.sign_up_item(day, "Työpaja B", hour=2)
    builders.registration(event, items=frozenset({full.id}))
    waiting = builders.registration(event, items=frozenset({full.id}), language="en")
    assert client.get(manage(waiting)).h1 == "You are on the waiting list"
    assert choose(client, waiting, roomy.id).h1 == "You have a place"
    assert last_mail().calendar_method == "REQUEST"


def test_where_nobody_waits_a_full_item_cannot_be_ticked(client: PageClient) -> None:
    event = builders.event(waiting_list=False)
    full = builders.sign_up_item(first_day(event), "Työpaja A", places=1)
    form = form_of(client, event)
    builders.registration(event, items=frozenset({full.id}))
    page = client.submit(form, **MARIA | {"items": [str(full.id)]})
    assert page.errors == ["Full: “Työpaja A”. Choose otherwise."]
    [box] = [one for one in page.document.iter("input") if one.get("name") == "items"]
    assert box.get("disabled") is not None


def test_a_changed_choice_reaches_the_calendar_with_one_mail(client: PageClient) -> None:
    event = builders.event()
    day = first_day(event)
    builders.programme_item(day)
    early, late = (builders.sign_up_item(day, f"Työpaja {hour}", hour=hour) for hour in (1, 3))
    registration = builders.registration(event, language="en", items=frozenset({early.id}))
    page = choose(client, registration, late.id)
    assert "Your choices are saved." in page.words
    assert "12:00–13:00 Työpaja 3" in page.words
    (_, first, uid, lasts), (method, second, same, longer) = entries()
    assert (method, same, second) == ("REQUEST", uid, first + 1)
    assert (lasts, longer) == (timedelta(hours=2), timedelta(hours=4))
    assert last_mail().occasion == "changed"


def test_the_same_choice_again_mails_nobody(client: PageClient) -> None:
    event = builders.event()
    item = builders.sign_up_item(first_day(event))
    registration = builders.registration(event, language="en", items=frozenset({item.id}))
    choose(client, registration, item.id)
    assert len(entries()) == 1


def test_a_day_that_falls_away_is_cancelled_and_comes_back_under_a_new_uid(client: PageClient) -> None:
    event = builders.event(days=2)
    second = events.days_of(event)[1]
    item = builders.sign_up_item(second)
    registration = builders.registration(event, language="en", items=frozenset({item.id}))
    choose(client, registration)
    choose(client, registration, item.id)
    (_, _, first_uid, _), (_, _, uid, _), cancelled, again = entries()
    assert cancelled[:3] == ("CANCEL", 1, uid)
    assert (again[0], again[1]) == ("REQUEST", 0)
    assert again[2] not in (uid, first_uid)


def test_who_attends_nothing_of_a_day_has_no_entry_of_it_and_no_file(client: PageClient) -> None:
    event = builders.event()
    builders.sign_up_item(first_day(event))
    registration = builders.registration(event, language="en")
    assert entries() == []
    page = client.get(manage(registration))
    assert "You have chosen none of the items" in page.words
    assert "Add to calendar" not in page.words
    assert client.get(f"{manage(registration)}/calendar.ics").status_code == 404


def test_a_place_is_kept_when_the_wished_item_is_full(client: PageClient) -> None:
    event = builders.event()
    day = first_day(event)
    mine, full = builders.sign_up_item(day, "Työpaja A"), builders.sign_up_item(day, "Työpaja B", hour=2, places=1)
    registration = builders.registration(event, language="en", items=frozenset({mine.id}))
    page = client.get(f"{manage(registration)}/programme")
    builders.registration(event, items=frozenset({full.id}))
    page = client.submit(page, items=[str(full.id)])
    assert "Työpaja B" in page.errors[0]
    db.session.refresh(registration)
    assert registration.status is Status.CONFIRMED
    assert [item.id for item in programme_choices.of(registration)] == [mine.id]


def test_a_link_to_choose_leads_back_where_nobody_signs_up(client: PageClient) -> None:
    registration = builders.registration(builders.event())
    assert client.get(f"{manage(registration)}/programme").status_code == 302
