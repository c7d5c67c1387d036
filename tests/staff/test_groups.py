"""Organisers see which group somebody came with, in the list, on the registration's page and in the files."""

import secrets

from app.database import db
from app.registrations import groups
from app.registrations.groups import GroupApplication
from tests import builders
from tests.builders import ESPOO
from tests.page_client import PageClient


def test_a_group_is_seen_in_the_list_on_the_page_and_in_the_files(client: PageClient) -> None:
    event = builders.event(largest_group=3)
    builders.registration(event, given_name="Alone", family_name="Wahlroos")
    members = [builders.application(given_name=given, family_name="Järvinen") for given in ("Outi", "Petri")]
    application = GroupApplication(
        contact_name="Hanna Salo", contact_email="hanna@espoo.fi", language="fi", municipality_code=ESPOO,
        all_or_none=False, members=members,
    )  # fmt: skip
    groups.register(event.id, application, nonce=secrets.token_urlsafe(16))
    db.session.commit()
    builders.signed_in(client)
    page = client.get(f"/staff/events/{event.id}/registrations?lang=en")
    assert page.words.count("Group of Hanna Salo") == 2
    only = client.click(page, "Group of Hanna Salo")
    assert "Only the group of Hanna Salo." in only.words
    assert "Alone" not in only.words
    assert "by Hanna Salo" in client.click(only, "Järvinen, Outi").words
    lines = client.get(f"/staff/events/{event.id}/municipalities.csv?lang=en").get_data(as_text=True).splitlines()
    assert [line.count("Hanna Salo") for line in lines] == [0, 1, 1, 0]
