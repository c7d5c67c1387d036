"""Who the pages of staff are for."""

import pytest

from tests import builders
from tests.page_client import PageClient


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    """A browser in which an organiser has signed in."""
    builders.signed_in(client)
    return client
