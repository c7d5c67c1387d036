"""The team's board and list of sparring requests."""

from datetime import timedelta

import pytest

from app.people.models import Role
from app.sparring import board
from app.sparring.models import RequestState
from tests import builders, sparring_builders
from tests.builders import ESPOO, VANTAA
from tests.conftest import CountQueries
from tests.page_client import PageClient


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    builders.signed_in(client, builders.user(Role.ORGANISER, name="Oona Omistaja"))
    return client


def test_the_board_shows_each_open_request_in_its_state_and_says_which_are_late(organiser: PageClient) -> None:
    yesterday = board.today() - timedelta(days=1)
    sparring_builders.request(due_on=yesterday)
    sparring_builders.request(municipality_code=ESPOO, state=RequestState.AGREED, next_step="Book the room")
    sparring_builders.request(municipality_code=VANTAA, state=RequestState.CALLED_OFF)
    words = organiser.get("/staff/sparring/").words.partition("1 request is late")[2]
    assert "New (1)" in words
    assert "1 day late" in words
    assert "Time agreed (1)" in words
    assert "Book the room" in words
    assert "Called off (1)" in words
    assert "Askola" in words.partition("New (1)")[2].partition("In preparation")[0]


@pytest.mark.parametrize("address", ["/staff/sparring/", "/staff/sparring/requests/"])
def test_the_filters_narrow_by_owner_theme_municipality_and_state(organiser: PageClient, address: str) -> None:
    owner, library = builders.user(name="Olli"), sparring_builders.theme("Libraries")
    sparring_builders.request(next_step="First", themes=(library,), owner=owner)
    sparring_builders.request(next_step="Second", municipality_code=ESPOO, state=RequestState.PREPARING)
    for query, found in [
        (f"owner={owner.id}", "First"),
        ("owner=0", "Second"),
        (f"theme={library.id}", "First"),
        ("municipality=049", "Second"),
        ("state=new", "First"),
        ("state=preparing&owner=0", "Second"),
    ]:
        words = organiser.get(f"{address}?{query}").words
        assert [name for name in ("First", "Second") if name in words] == [found], query


def test_the_list_sorts_and_pages(organiser: PageClient) -> None:
    for number in range(51):
        sparring_builders.request(next_step=f"Step {number:02}", due_on=board.today() + timedelta(days=number))
    first = organiser.get("/staff/sparring/requests/?sort=due&order=desc")
    assert "Step 50" in first.words
    assert "Step 00" not in first.words
    assert "Step 00" in organiser.click(first, "Next page").words


@pytest.mark.parametrize("address", ["/staff/sparring/", "/staff/sparring/requests/"])
def test_more_requests_take_no_more_queries(organiser: PageClient, count_queries: CountQueries, address: str) -> None:
    def asked_of_the_database() -> int:
        with count_queries() as queries:
            organiser.get(address)
        return queries.count

    for code in (ESPOO, VANTAA):
        sparring_builders.request(municipality_code=code, owner=builders.user())
    few = asked_of_the_database()
    for _ in range(10):
        sparring_builders.request(owner=builders.user(), state=RequestState.PREPARING)
    assert asked_of_the_database() == few
