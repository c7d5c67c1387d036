"""The attendee list per municipality, on its page."""

from sqlalchemy import select

from app.clock import now
from app.database import db
from app.people.models import AccessLogEntry
from app.registrations.models import Status
from tests import builders
from tests.conftest import CountQueries
from tests.html_checks import text_of
from tests.page_client import Page, PageClient


def groups(page: Page) -> dict[str, list[str]]:
    """The people under each heading of the list."""
    found = {}
    for body in page.document.findall(".//tbody"):
        heading, *rows = body.findall("./tr")
        found[text_of(heading)] = [text_of(row.find("./th")) for row in rows]
    return found


def test_people_stand_under_their_municipality_with_its_counts_and_other_organisations_last(
    organiser: PageClient,
) -> None:
    event = builders.event()
    builders.registration_row(event, family_name="Öhman", municipality_code="710")
    builders.registration_row(event, family_name="Aalto", municipality_code="710", status=Status.WAITING)
    builders.registration_row(event, family_name="Muu", municipality_code=None, organisation="Eläkeliitto ry")
    builders.registration_row(event, family_name="Niemi", municipality_code="018", status=Status.WITHDRAWN)
    page = organiser.get(f"/staff/events/{event.id}/municipalities")
    assert groups(page) == {
        "Askola 0 confirmed, 0 waiting, 1 withdrawn": ["Niemi, Maria"],
        "Raasepori 1 confirmed, 1 waiting, 0 withdrawn": ["Aalto, Maria", "Öhman, Maria"],
        "Other organisations 1 confirmed, 0 waiting, 0 withdrawn": ["Muu, Maria"],
    }


def test_the_whole_list_comes_on_one_page_for_paper_and_is_logged(organiser: PageClient) -> None:
    event = builders.event()
    builders.many_registrations(event, 420)
    page = organiser.click(organiser.get(f"/staff/events/{event.id}/municipalities"), "Print the whole list")
    rows = [row for row in page.document.iter("th") if row.get("scope") == "row"]
    assert len(rows) == 420
    assert "Askola" in page.words
    logged = db.session.scalars(select(AccessLogEntry.action)).all()
    assert logged.count("municipalities.print") == 1


def test_municipalities_of_the_region_without_anybody_are_named_in_the_readers_language(organiser: PageClient) -> None:
    event = builders.event()
    builders.many_registrations(event, 300)
    page = organiser.get(f"/staff/events/{event.id}/municipalities?lang=fi")
    assert "Askola" in page.words
    builders.registration_row(event, municipality_code="018", status=Status.WITHDRAWN)
    again = organiser.get(f"/staff/events/{event.id}/municipalities")
    assert "Nobody yet: Askola" in again.words
    builders.registration_row(event, municipality_code="018")
    full = organiser.get(f"/staff/events/{event.id}/municipalities")
    assert "Someone is registered from every municipality of the region." in full.words


def test_those_whose_details_were_erased_are_counted_without_names(organiser: PageClient) -> None:
    event = builders.event()
    builders.registration_row(event, family_name="Niemi")
    builders.registration_row(event, given_name="", family_name="", email="", anonymised_at=now())
    page = organiser.get(f"/staff/events/{event.id}/municipalities")
    assert groups(page) == {"Espoo 2 confirmed, 0 waiting, 0 withdrawn": ["Niemi, Maria"]}
    assert "The figures count 1 person whose personal details have been erased." in page.words


def test_a_long_list_comes_in_pages_that_cost_the_same(organiser: PageClient, count_queries: CountQueries) -> None:
    event = builders.event()
    builders.many_registrations(event, 450)
    with count_queries() as first:
        page = organiser.get(f"/staff/events/{event.id}/municipalities")
    assert sum(map(len, groups(page).values())) == 200
    with count_queries() as last:
        page = organiser.get(f"/staff/events/{event.id}/municipalities?page=3")
    assert sum(map(len, groups(page).values())) == 50
    assert first.count == last.count < 17
