"""Addresses that nobody's page leads to: answered like any page that is not there, on both databases."""

import pytest

from app.people.models import Role
from tests import builders
from tests.page_client import PageClient

A_NUMBER_NO_ROW_HAS = 2**63


@pytest.mark.parametrize("path", ["/en/events/%00", "/events/%00.ics", "/en/?mode=%00", "/r/%00/details"])
def test_a_zero_byte_finds_nothing(client: PageClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["mail-domains/%00", "events/1/registrations?municipality=%00", "events/?q=%00"])
def test_a_zero_byte_finds_nothing_among_staff(client: PageClient, path: str) -> None:
    builders.signed_in(client, Role.ADMINISTRATOR)
    assert client.get(f"/staff/{path}").status_code == 404


@pytest.mark.parametrize("path", ["events/{}", "events/{}/registrations", "registrations/{}", "users/{}", "seasons/{}"])
def test_a_number_larger_than_any_row_has_finds_nothing(client: PageClient, path: str) -> None:
    builders.signed_in(client, Role.ADMINISTRATOR)
    for number in (A_NUMBER_NO_ROW_HAS, 2**31):
        assert client.get(f"/staff/{path.format(number)}").status_code == 404


@pytest.mark.parametrize("query", ["event_id=5", "endpoint=5", "_method=GET", "_external=1&_scheme=javascript"])
def test_words_of_our_own_in_the_query_of_a_list_are_only_words(client: PageClient, query: str) -> None:
    event = builders.event()
    builders.signed_in(client)
    page = client.get(f"/staff/events/{event.id}/registrations?{query}")
    (search,) = [form for form in page.document.iter("form") if form.get("role") == "search"]
    assert search.get("action") == f"/staff/events/{event.id}/registrations/search?{query}"
