"""The answer the form's script asks for, from a mail domain alone."""

import pytest

from tests.page_client import PageClient

ADDRESS = "/api/v1/municipality-of"


@pytest.mark.parametrize(("domain", "code"), [("espoo.fi", "049"), ("EDU.Espoo.fi", "049"), ("gmail.example", None)])
def test_a_domain_tells_its_municipality(client: PageClient, domain: str, code: str | None) -> None:
    answer = client.get(ADDRESS, query_string={"domain": domain})
    assert answer.json == {"code": code}
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("domain", ["", "maria@espoo.fi", "espoo", "a b.fi", "x" * 300 + ".fi"])
def test_anything_but_a_domain_is_refused(client: PageClient, domain: str) -> None:
    answer = client.get(ADDRESS, query_string={"domain": domain})
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
