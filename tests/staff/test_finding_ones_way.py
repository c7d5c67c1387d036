"""What those who organise need on any page: their language, and questions in the order of the page."""

from tests import builders
from tests.page_client import PageClient


def test_a_language_chosen_once_goes_along_from_page_to_page(organiser: PageClient) -> None:
    event = builders.event()
    builders.registration_row(event, given_name="Outi", family_name="Niemi")
    page = organiser.get(f"/staff/events/{event.id}/registrations?lang=sv")
    one = organiser.click(page, "Niemi, Outi")
    assert one.headers["Content-Language"] == "sv"
    marked = organiser.submit(one, "Markera som granskad")
    assert "Markerad som granskad." in marked.words
    found = organiser.submit(organiser.click(marked, "Evenemangets alla anmälningar"), "Sök", text="Outi")
    assert found.request.full_path == f"/staff/events/{event.id}/registrations?lang=sv"


def test_an_empty_form_to_add_a_person_asks_in_the_order_of_the_page(organiser: PageClient) -> None:
    page = organiser.get(f"/staff/events/{builders.event().id}/registrations/new")
    assert organiser.submit(page).errors == ["Enter the given name", "Enter the family name", "Enter the work email"]
