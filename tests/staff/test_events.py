"""Organisers find, write and change events."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import select

from app import clock
from app.database import db
from app.events import queries as events
from app.events.models import Attendance, Event, EventStatus, Mode
from app.people.models import Role
from app.translated import Translated
from tests import builders
from tests.conftest import Queries
from tests.page_client import Page, PageClient

WEBINAR = {
    "title-fi": "Sähköinen asiointi & digituki",
    "days-0-date": "2027-03-10",
    "days-0-starts": "9.00",
    "days-0-ends": "11.30",
    "places_online": "60",
}


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    builders.season()
    builders.signed_in(client)
    return client


def send(organiser: PageClient, **fields: object) -> Page:
    return organiser.submit(organiser.get("/staff/events/new"), **WEBINAR | fields)


def latest() -> Event:
    return db.session.scalars(select(Event).order_by(Event.id.desc())).first()


def periods(event: Event) -> list[tuple[str, str]]:
    return [
        (f"{clock.helsinki(day.starts_at):%d.%m. %H.%M}", f"{clock.helsinki(day.ends_at):%d.%m. %H.%M}")
        for day in events.days_of(event)
    ]


def test_a_new_event_is_a_draft_with_its_address_made_from_the_finnish_title(organiser: PageClient) -> None:
    assert "The draft is saved." in send(organiser).words
    event = latest()
    assert (event.status, event.slug, event.places_online) == (EventStatus.DRAFT, "sahkoinen-asiointi-digituki", 60)
    assert periods(event) == [("10.03. 09.00", "10.03. 11.30")]


def test_two_events_of_one_title_have_addresses_of_their_own(organiser: PageClient) -> None:
    send(organiser)
    send(organiser)
    slugs = db.session.scalars(select(Event.slug).order_by(Event.id)).all()
    assert slugs == ["sahkoinen-asiointi-digituki", "sahkoinen-asiointi-digituki-2"]


def test_everything_typed_is_kept_and_shown_again(organiser: PageClient) -> None:
    tutor = builders.user(Role.TUTOR, name="Tuija Tutori")
    typed = WEBINAR | {
        "attendance": "hybrid",
        "title-sv": "E-tjänster och digitalt stöd",
        "description-fi": "**Tervetuloa**\n\n- yksi\n- kaksi",
        "venue-fi": "Hyvinkään pääkirjasto",
        "spoken_languages": ["fi", "sv"],
        "hosts": ["106", "049"],
        "tutors": [str(tutor.id)],
        "contact_email": "info@kunta.example",
        "meeting_url": "https://kokous.example/abc",
        "registration_closes_at-date": "2027-03-09",
        "registration_closes_at-time": "16:00",
        "waiting_list": False,
    }
    send(organiser, **typed)
    page = organiser.get(f"/staff/events/{latest().id}/edit").get_data(as_text=True)
    for text in ("E-tjänster och digitalt stöd", "- yksi\n- kaksi", "info@kunta.example", "https://kokous.example/abc"):
        assert text in page
    event = latest()
    assert (event.spoken_languages, event.waiting_list, event.attendance) == (["fi", "sv"], False, Attendance.HYBRID)
    assert clock.helsinki(event.registration_closes_at).hour == 16
    assert [host.name_fi for host in events.hosts_of([event])[event.id]] == ["Espoo", "Hyvinkää"]


def test_an_event_may_have_several_days_and_loses_those_left_empty(organiser: PageClient) -> None:
    second = {"days-1-date": "2027-03-11", "days-1-starts": "10.00", "days-1-ends": "14.00"}
    send(organiser, **second)
    event_id = latest().id
    assert len(events.days_of(latest())) == 2
    organiser.submit(organiser.get(f"/staff/events/{event_id}/edit"), **dict.fromkeys(second, ""))
    assert periods(latest()) == [("10.03. 09.00", "10.03. 11.30")]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title-fi": " "}, "Enter the title in Finnish"),
        ({"days-0-ends": "8.30"}, "A day must end after it starts"),
        ({"days-0-ends": ""}, "Enter when it ends"),
        ({"days-0-date": "31.2.2027"}, "Enter a date such as 21.10.2027"),
        (
            {"days-0-date": "2027-03-28", "days-0-starts": "3.30"},
            "The clocks go forward that night and skip this time. Choose another time.",
        ),
        (
            {"days-0-date": "2027-10-31", "days-0-starts": "3.30"},
            "The clocks go back that night and show this time twice. Choose another time.",
        ),
        (
            {"days-1-date": "2027-03-10", "days-1-starts": "11.00", "days-1-ends": "12.00"},
            "Give the days in order, each after the one before it",
        ),
        (
            {"registration_closes_at-date": "2027-03-10", "registration_closes_at-time": "9.01"},
            "Registration must close before the event starts",
        ),
        ({"meeting_url": "http://kokous.example"}, "Enter the whole address, starting with https://"),
        ({"meeting_url": "https://[kokous"}, "Enter the whole address, starting with https://"),
        ({"places_online": "-1"}, "Enter 0 or more, or leave this empty"),
        ({"contact_email": "info"}, "Enter an email address like name@municipality.fi"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_what_was_typed_is_kept(
    organiser: PageClient, fields: dict[str, str], sentence: str
) -> None:
    page = send(organiser, **{"summary-fi": "Pitkään mietitty"} | fields)
    assert page.errors == [sentence]
    assert "Pitkään mietitty" in page.words
    assert latest() is None


def test_registration_must_close_after_it_opens(organiser: PageClient) -> None:
    moments = {"opens": "2027-03-02", "closes": "2027-03-01"}
    fields = {f"registration_{name}_at-date": day for name, day in moments.items()}
    page = send(organiser, **fields | {f"registration_{name}_at-time": "9:00" for name in moments})
    assert page.errors == ["Registration must close after it opens"]


def test_a_draft_follows_its_title_and_a_published_event_keeps_its_address(organiser: PageClient) -> None:
    send(organiser)
    edit = f"/staff/events/{latest().id}/edit"
    organiser.submit(organiser.get(edit), **{"title-fi": "Digituki kirjastossa"})
    assert latest().slug == "digituki-kirjastossa"
    organiser.submit(organiser.get(f"/staff/events/{latest().id}/publish"), "Publish anyway")
    organiser.submit(organiser.get(edit), **{"title-fi": "Digituki kirjastoissa"})
    assert (latest().title.fi, latest().slug) == ("Digituki kirjastoissa", "digituki-kirjastossa")


def test_a_form_opened_before_someone_else_saved_is_not_saved_over_it(organiser: PageClient) -> None:
    event_id = builders.event(title=Translated(fi="Alkuperäinen"), status=EventStatus.DRAFT).id
    mine, theirs = (organiser.get(f"/staff/events/{event_id}/edit") for _ in range(2))
    organiser.submit(theirs, **{"title-fi": "Toisen otsikko"})
    late = organiser.submit(mine, **{"title-fi": "Minun otsikkoni", "summary-fi": "Minun tekstini"})
    assert late.status_code == 409
    assert "Someone else saved this event after you opened it." in late.errors[0]
    assert latest().title.fi == "Toisen otsikko"
    organiser.submit(late)
    assert (latest().title.fi, latest().summary.fi) == ("Minun otsikkoni", "Minun tekstini")


def test_adding_only_a_tutor_makes_an_open_form_stale_too(organiser: PageClient) -> None:
    tutor = builders.user(Role.TUTOR)
    event_id = builders.event(status=EventStatus.DRAFT).id
    mine, theirs = (organiser.get(f"/staff/events/{event_id}/edit") for _ in range(2))
    organiser.submit(theirs, tutors=[str(tutor.id)])
    assert organiser.submit(mine).status_code == 409


def test_the_list_is_parted_by_where_events_stand_and_searched_by_title_in_any_language(organiser: PageClient) -> None:
    builders.event(title=Translated(fi="Syysseminaari", sv="Höstseminarium"))
    builders.event(title=Translated(fi="Kevätwebinaari"))
    builders.event(title=Translated(fi="Ollut ja mennyt"), starts_at=builders.in_days(-9))
    builders.event(title=Translated(fi="Keskeneräinen"), status=EventStatus.DRAFT, days=0)
    builders.event(title=Translated(fi="Peruttu"), status=EventStatus.CALLED_OFF)
    first = organiser.get("/staff/events/")
    assert "Upcoming 2 Drafts 1 Past 1 Called off 1" in first.words
    assert "Kevätwebinaari" in first.words
    assert "Ollut ja mennyt" in organiser.click(first, "Past 1").words
    assert "Keskeneräinen" in organiser.click(first, "Drafts 1").words
    found = organiser.submit(first, "Search", q="HOST")
    assert "Syysseminaari" in found.words
    assert "Kevätwebinaari" not in found.words
    assert "No event has that in its title" in organiser.submit(first, "Search", q="talvi").words


def test_the_list_tells_the_places_of_each_mode_in_a_constant_number_of_queries(
    organiser: PageClient, count_queries: Callable[[], AbstractContextManager[Queries]]
) -> None:
    def one_more() -> None:
        event = builders.event(attendance=Attendance.HYBRID, places_on_site=1, places_online=None)
        for mode in (Mode.ON_SITE, Mode.ON_SITE, Mode.ONLINE):
            builders.registration(event, mode=mode)

    one_more()
    with count_queries() as for_one:
        page = organiser.get("/staff/events/")
    assert "On site: 1 of 1 places taken · 1 waiting" in page.words
    assert "Online: 1 taken, not limited" in page.words
    one_more()
    with count_queries() as for_two:
        organiser.get("/staff/events/")
    assert for_one.count == for_two.count


def test_a_long_list_comes_in_pages(organiser: PageClient) -> None:
    for number in range(21):
        builders.event(title=Translated(fi=f"Webinaari {number + 1}"), starts_at=builders.in_days(number + 1))
    first = organiser.get("/staff/events/")
    assert "Webinaari 20" in first.words
    assert "Webinaari 21" not in first.words
    assert "Webinaari 21" in organiser.click(first, "Next page").words


def test_a_tutor_finds_the_own_events_and_a_viewer_figures_only(client: PageClient) -> None:
    builders.event(title=Translated(fi="Espoon webinaari"), hosts=[builders.ESPOO])
    builders.event(title=Translated(fi="Vantaan webinaari"), hosts=[builders.VANTAA])
    builders.event(title=Translated(fi="Keskeneräinen"), status=EventStatus.DRAFT, hosts=[builders.ESPOO])
    builders.signed_in(client, Role.TUTOR)
    seen = client.get("/staff/events/")
    assert "Espoon webinaari" in seen.words
    assert "Vantaan" not in seen.words
    assert "Drafts 0" in seen.words
    builders.signed_in(client, Role.VIEWER)
    seen = client.get("/staff/events/")
    assert "Vantaan webinaari" in seen.words
    assert "Drafts 0" in seen.words
    assert not [link for link in seen.document.iter("a") if "/staff/events/1" in (link.get("href") or "")]
