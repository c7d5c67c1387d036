"""The team's page of a sparring request."""

from tests import builders, sparring_builders
from tests.page_client import PageClient


def test_the_page_of_a_request_tells_the_wish_and_who_asked(client: PageClient) -> None:
    builders.signed_in(client)
    library = sparring_builders.theme("Libraries")
    asked = sparring_builders.request(themes=(library,), goal="A common way of helping customers", group_size=12)
    page = client.get(f"/staff/sparring/requests/{asked.id}")
    assert page.h1 == "Askola"  # type: ignore[attr-defined]
    for told in ("Libraries", "A common way of helping customers", "12 people", "kaisa.kontakti@askola.example"):
        assert told in page.words  # type: ignore[attr-defined]
