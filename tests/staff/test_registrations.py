"""An event's registrations as organisers and tutors meet them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, wording
from app.database import db
from app.events.models import Attendance, Mode
from app.messages.models import Message, Outcome, State
from app.people.models import AccessLogEntry
from app.registrations.models import Registration, Status
from tests import builders
from tests.conftest import CountQueries
from tests.page_client import Page, PageClient


def names(page: Page) -> list[str]:
    """The people of a list, in its order."""
    return ["".join(cell.itertext()).strip() for cell in page.document.findall(".//tbody/tr/th[@scope='row']")]


def test_names_are_in_finnish_order_and_written_family_name_first(organiser: PageClient) -> None:
    event = builders.event()
    for family in ("Öhman", "Wahl", "Virta", "Üksküll", "Yli", "Åkerlund", "Ärje"):
        builders.registration_row(event, family_name=family, given_name="Kaj")
    page = organiser.get(f"/staff/events/{event.id}/registrations")
    assert names(page) == [f"{family}, Kaj" for family in "Virta Wahl Üksküll Yli Åkerlund Ärje Öhman".split()]
    turned = organiser.click(page, "Name")
    assert names(turned)[0] == "Öhman, Kaj"


def test_municipalities_sort_in_the_readers_language_whatever_the_database_thinks_of_letters(
    organiser: PageClient,
) -> None:
    event = builders.event()
    for code, family in (("018", "Askolan"), ("149", "Ingån"), ("858", "Tusbyn"), ("049", "Esbon"), (None, "Muu")):
        builders.registration_row(event, family_name=family, given_name="Kaj", municipality_code=code)
    page = organiser.get(f"/staff/events/{event.id}/registrations?sort=municipality&lang=sv")
    assert [name.split(",")[0] for name in names(page)] == ["Askolan", "Esbon", "Ingån", "Tusbyn", "Muu"]


@pytest.mark.parametrize("text", ["akerlund", "Åkerlund, Maria", "maria åker", "MARIA@espoo", "@espoo.example"])
def test_a_search_finds_by_name_address_and_domain_and_stays_out_of_every_address(
    organiser: PageClient, text: str
) -> None:
    event = builders.event()
    builders.registration_row(event, given_name="Maria", family_name="Åkerlund", email="maria@espoo.example")
    builders.registration_row(event, given_name="Outi", family_name="Niemi", email="outi@vantaa.example")
    page = organiser.get(f"/staff/events/{event.id}/registrations?status=confirmed")
    found = organiser.submit(page, "Search", text=text)
    assert names(found) == ["Åkerlund, Maria"]
    assert found.request.full_path == f"/staff/events/{event.id}/registrations?status=confirmed"
    assert len(names(organiser.submit(found, "Clear the search"))) == 2


def test_a_search_belongs_to_its_event(organiser: PageClient) -> None:
    event, other = builders.event(), builders.event()
    for one in (event, other):
        builders.registration_row(one, family_name="Niemi")
    organiser.submit(organiser.get(f"/staff/events/{event.id}/registrations"), "Search", text="nobody")
    assert len(names(organiser.get(f"/staff/events/{other.id}/registrations"))) == 1


def test_tabs_tell_how_many_there_are_with_the_filters_kept(organiser: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID)
    builders.registration_row(event, mode=Mode.ONLINE)
    builders.registration_row(event, mode=Mode.ONLINE, status=Status.WAITING)
    builders.registration_row(event, mode=Mode.ON_SITE, status=Status.WITHDRAWN)
    page = organiser.get(f"/staff/events/{event.id}/registrations?mode=online")
    for words in ("All 2", "Confirmed 1", "Waiting 1", "Withdrawn 0"):
        assert words in page.words
    waiting = organiser.click(page, "Waiting 1")
    assert "mode=online" in waiting.request.full_path
    assert len(names(waiting)) == 1
    assert "Waiting, number 1" in waiting.words


def test_a_list_can_be_narrowed_to_other_organisations(organiser: PageClient) -> None:
    event = builders.event()
    builders.registration_row(event)
    builders.registration_row(event, family_name="Muu", municipality_code=None, organisation="Eläkeliitto ry")
    page = organiser.submit(organiser.get(f"/staff/events/{event.id}/registrations"), "Filter", municipality="other")
    assert names(page) == ["Muu, Maria"]
    assert "Eläkeliitto ry" in page.words


def test_five_thousand_registrations_cost_as_many_queries_as_fifty_and_a_page_stays_small(
    organiser: PageClient, count_queries: CountQueries
) -> None:
    small, large = builders.event(attendance=Attendance.HYBRID), builders.event(attendance=Attendance.HYBRID)
    builders.many_registrations(small, 60)
    builders.many_registrations(large, 5000)
    counts = []
    for event in (small, large):
        with count_queries() as queries:
            page = organiser.get(f"/staff/events/{event.id}/registrations?page=2")
        counts.append(queries.count)
    assert counts[0] == counts[1] < 19
    assert len(names(page)) == 50
    assert len(page.data) < 150_000


def test_looking_at_a_list_and_at_a_person_is_logged_once_without_anybodys_data(organiser: PageClient) -> None:
    event = builders.event()
    registration = builders.registration_row(event)
    organiser.get(f"/staff/events/{event.id}/registrations")
    organiser.get(f"/staff/registrations/{registration.id}")
    logged = [(row.action, row.subject) for row in db.session.scalars(select(AccessLogEntry))]
    assert logged == [
        ("registrations.view", f"event:{event.id}"),
        ("registration.view", f"registration:{registration.id}"),
    ]


def test_a_registration_tells_the_fate_of_each_mail_and_sends_it_again(organiser: PageClient) -> None:
    registration = builders.registration(builders.event())
    message = db.session.scalars(select(Message)).one()
    address = f"/staff/registrations/{registration.id}"
    assert "Waiting to be sent" in organiser.get(address).words
    message.state, message.sent_at = State.SENT, clock.now()
    db.session.commit()
    page = organiser.get(address)
    assert "Sent " in page.words
    written = wording.date_and_time(message.created_at, "en")
    again = organiser.submit(page, f"Send again: Confirmation, {message.recipient}, {written}")
    assert "The mail will be sent again." in again.words
    first, second = db.session.scalars(select(Message).order_by(Message.id))
    assert (second.recipient, second.calendar, second.state) == (first.recipient, first.calendar, State.QUEUED)


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        ({"state": State.SENDING}, "Being sent"),
        ({"attempts": 2}, "Did not go through yet; tried again"),
        ({"state": State.SENT, "sent_at": clock.now(), "maybe_delivered": True}, "possibly twice"),
        ({"state": State.FAILED, "outcome": Outcome.ADDRESS}, "Not delivered: the address does not take mail"),
        ({"state": State.FAILED, "outcome": Outcome.SUPPRESSED}, "Not sent: the address has refused mail before"),
        (
            {"state": State.FAILED, "outcome": Outcome.TEMPORARY},
            "Not delivered: the mail server did not take it in time",
        ),
    ],
)
def test_what_became_of_a_mail_is_said_in_words(organiser: PageClient, fate: dict[str, object], words: str) -> None:
    registration = builders.registration(builders.event())
    message = db.session.scalars(select(Message)).one()
    for name, value in fate.items():
        setattr(message, name, value)
    db.session.commit()
    assert words in organiser.get(f"/staff/registrations/{registration.id}").words


def test_of_an_erased_registration_only_the_figures_are_left_and_nothing_can_be_changed(organiser: PageClient) -> None:
    event = builders.event(starts_at=builders.in_days(-400))
    erased = builders.registration_row(event, given_name="", family_name="", email="", anonymised_at=clock.now())
    assert names(organiser.get(f"/staff/events/{event.id}/registrations")) == ["Details erased"]
    page = organiser.get(f"/staff/registrations/{erased.id}")
    assert page.h1 == "Details erased"
    assert "Correct" not in page.words
    refused = organiser.submit(organiser.get(f"/staff/registrations/{erased.id}/correct"), municipality="710")
    assert refused.errors == ["The personal details of this registration have been erased."]
    assert erased.municipality_code == "049"


def test_a_mail_about_somebody_else_is_not_sent_through_a_registration(organiser: PageClient) -> None:
    event = builders.event()
    mine, _other = builders.registration(event), builders.registration(event)
    messages = list(db.session.scalars(select(Message).order_by(Message.id)))
    token = _token(organiser.get(f"/staff/registrations/{mine.id}"))
    answer = organiser.post(
        f"/staff/registrations/{mine.id}/messages/{messages[1].id}/again", data={"csrf_token": token}
    )
    assert answer.status_code == 404


def test_withdrawing_asks_first_and_gives_the_place_to_the_queue(organiser: PageClient) -> None:
    event = builders.event(places_online=1)
    holder, waiting = builders.registration(event), builders.registration(event)
    page = organiser.click(organiser.get(f"/staff/registrations/{holder.id}"), "Withdraw")
    assert holder.status is Status.CONFIRMED
    done = organiser.submit(page, "Withdraw")
    assert "Withdrawn. The person is told by mail" in done.words
    assert (holder.status, waiting.status) == (Status.WITHDRAWN, Status.CONFIRMED)
    again = organiser.submit(page, "Withdraw")
    assert "had been withdrawn already" in again.words


def test_an_organiser_can_withdraw_someone_until_the_event_has_ended(organiser: PageClient) -> None:
    running = builders.event(starts_at=clock.now() - timedelta(hours=1))
    over = builders.event(starts_at=clock.now() - timedelta(hours=7))
    on_it, after = builders.registration_row(running), builders.registration_row(over)
    organiser.submit(organiser.get(f"/staff/registrations/{on_it.id}/withdraw"), "Withdraw")
    refused = organiser.submit(organiser.get(f"/staff/registrations/{after.id}/withdraw"), "Withdraw")
    assert "The event has ended" in refused.words
    assert (on_it.status, after.status) == (Status.WITHDRAWN, Status.CONFIRMED)


def test_a_place_is_given_by_hand_only_when_one_is_free(organiser: PageClient) -> None:
    event = builders.event(places_online=1)
    _holder, waiting = builders.registration(event), builders.registration(event)
    page = organiser.get(f"/staff/registrations/{waiting.id}")
    assert "No place is free" in organiser.submit(page, "Give a place").words
    assert waiting.status is Status.WAITING


def test_after_the_start_the_queue_stands_still_and_an_organiser_chooses_who_gets_a_free_place(
    organiser: PageClient,
) -> None:
    event = builders.event(starts_at=clock.now() - timedelta(hours=1), places_online=1)
    first = builders.registration_row(event, status=Status.WAITING, confirmed_at=None)
    second = builders.registration_row(event, status=Status.WAITING, confirmed_at=None)
    done = organiser.submit(organiser.get(f"/staff/registrations/{second.id}"), "Give a place")
    assert "has a place now" in done.words
    assert (first.status, second.status) == (Status.WAITING, Status.CONFIRMED)
    assert [mail.occasion for mail in db.session.scalars(select(Message))] == ["promoted"]


def test_adding_by_hand_fills_the_municipality_from_the_address_and_tells_the_person(organiser: PageClient) -> None:
    event = builders.event()
    page = organiser.get(f"/staff/events/{event.id}/registrations/new")
    done = organiser.submit(page, given_name="Kaj", family_name="Öhman", email="kaj@espoo.fi")
    assert done.h1 == "Kaj Öhman"
    assert "Added, with a place." in done.words
    added = db.session.scalars(select(Registration)).one()
    assert (added.municipality_code, added.added_by_id is not None) == ("049", True)
    assert db.session.scalars(select(Message)).one().recipient == "kaj@espoo.fi"


def test_adding_to_a_full_event_says_so_before_and_puts_on_the_waiting_list(organiser: PageClient) -> None:
    event = builders.event(places_online=0)
    page = organiser.get(f"/staff/events/{event.id}/registrations/new")
    assert "full. The person joins the waiting list." in page.words
    done = organiser.submit(
        page,
        given_name="Kaj",
        family_name="Öhman",
        email="kaj@yhdistys.example",
        municipality="other",
        organisation="Ry",
    )
    assert "Added to the waiting list." in done.words


def test_adding_an_address_that_is_there_keeps_what_was_typed(organiser: PageClient) -> None:
    event = builders.event()
    builders.registration(event, email="kaj@espoo.fi")
    page = organiser.get(f"/staff/events/{event.id}/registrations/new")
    refused = organiser.submit(page, given_name="Kaj", family_name="Öhman", email="kaj@espoo.fi")
    assert refused.errors == ["This address already has a registration for the event."]
    assert 'value="Öhman"' in refused.text


def test_nobody_is_added_to_a_draft(organiser: PageClient) -> None:
    event = builders.event(status="draft")
    assert organiser.get(f"/staff/events/{event.id}/registrations/new").status_code == 409


def test_correcting_a_municipality_tells_nobody_and_is_logged(organiser: PageClient) -> None:
    registration = builders.registration_row(builders.event())
    page = organiser.get(f"/staff/registrations/{registration.id}/correct")
    organiser.submit(page, municipality="710")
    assert registration.municipality_code == "710"
    assert db.session.scalars(select(Message)).all() == []
    actions = list(db.session.scalars(select(AccessLogEntry.action).order_by(AccessLogEntry.id)))
    assert "registration.correct" in actions


def test_correcting_the_mode_obeys_the_places_and_sends_the_new_calendar_entry(organiser: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=1, places_online=1)
    mine = builders.registration(event, mode=Mode.ON_SITE)
    other = builders.registration(event, mode=Mode.ONLINE)
    page = organiser.get(f"/staff/registrations/{mine.id}/correct")
    refused = organiser.submit(page, mode="online", municipality="710")
    assert "no room" in refused.errors[0]
    assert (mine.mode, mine.municipality_code) == (Mode.ON_SITE, "049")
    other.status = Status.WITHDRAWN
    db.session.commit()
    organiser.submit(page, mode="online", municipality="710")
    assert (mine.mode, mine.municipality_code) == (Mode.ONLINE, "710")
    last = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert last is not None
    assert (last.occasion, last.calendar_method) == ("changed", "REQUEST")


def test_checked_tells_who_and_when_and_can_be_taken_back(organiser: PageClient) -> None:
    registration = builders.registration_row(builders.event())
    page = organiser.submit(organiser.get(f"/staff/registrations/{registration.id}"), "Mark as checked")
    assert "by Staff" in page.words
    assert registration.checked_by is not None
    page = organiser.submit(page, "Remove the mark")
    assert "Not yet" in page.words
    assert registration.checked_at is None


def _token(page: Page) -> str:
    return next(one.get("value") for one in page.document.iter("input") if one.get("name") == "csrf_token")
