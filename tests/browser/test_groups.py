"""Groups and hand-overs in a real browser: without scripts, on the narrowest screen, and under axe's eye."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.database import db
from app.events.models import Attendance, Event
from app.registrations import group_members, hand_over, links
from app.registrations.answer_models import Handover
from app.registrations.groups import GroupApplication, register
from app.registrations.hand_over_notices import Receiver
from app.registrations.models import Group, Registration
from tests import builders
from tests.browser.conftest import NARROWEST, enter, follow
from tests.browser.test_registering import is_wide

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def seminar() -> Event:
    return builders.event(attendance=Attendance.HYBRID, largest_group=4)


def fill(page, number: int, given: str) -> None:
    page.fill(f"#members-{number}-given_name", given)
    page.fill(f"#members-{number}-family_name", "Järvinen")
    page.fill(f"#members-{number}-email", f"{given.lower()}@espoo.fi")
    page.select_option(f"#members-{number}-mode", "on-site")


def test_without_scripts_a_group_of_three_is_registered(new_page, live_server, seminar) -> None:
    page = new_page(java_script_enabled=False, viewport=NARROWEST)
    page.goto(f"{live_server(processes=1)}/en/events/{seminar.slug}")
    follow(page, 'a[href$="/register-group"]')
    for field, text in (("given_name", "Maria"), ("family_name", "Åkerlund"), ("email", "maria@espoo.fi")):
        page.fill(f"#{field}", text)
    fill(page, 0, "Outi")
    follow(page, "button[value=add]")
    assert page.input_value("#members-0-given_name") == "Outi"
    assert page.url.endswith("#person-3")
    fill(page, 2, "Petri")
    page.focus("#members-2-email")
    enter(page)
    assert page.locator("[role=alert] li").all_inner_texts() == ["Choose what is done if there are too few places"]
    page.check("input[name=all_or_none][value=yes]")
    page.focus("#members-2-email")
    enter(page)
    assert page.inner_text("h1") == "Your group is registered"
    assert not is_wide(page)
    db.session.rollback()
    assert [one.given_name for one in db.session.scalars(select(Registration))] == ["Outi", "Petri"]


def every_page(seminar: Event) -> list[str]:
    """All that a contact, a giver and a receiver meet."""
    members = [builders.application(mode="on-site", given_name=given) for given in ("Outi", "Petri")]
    application = GroupApplication(
        contact_name="Hanna Salo", contact_email="hanna@espoo.fi", language="fi", municipality_code=builders.ESPOO,
        all_or_none=True, members=members,
    )  # fmt: skip
    register(seminar.id, application, nonce="nonce")
    db.session.commit()
    giver = db.session.scalars(select(Registration)).first()
    group = db.session.scalars(select(Group)).one()
    assert giver
    hand_over.ask(giver, Receiver(given_name="Kaj", family_name="Öhman", email="kaj@espoo.fi", language="fi"))
    db.session.commit()
    asked_at = db.session.get_one(Handover, giver.id).requested_at.isoformat()
    token = links.token(links.Purpose.HANDOVER, giver, f"kaj@espoo.fi {asked_at}")
    of_group, of_giver = (urlsplit(url).path for url in (links.group_url(group), links.manage_url(giver)))
    key = group_members.of(group)[0].key
    return [of_group, f"{of_group}/add", f"{of_group}/withdraw/{key}", of_giver, f"{of_giver}/hand-over",
            f"/r/hand-over/{token}", "/r/hand-over-confirmed", f"/fi/events/{seminar.slug}"]  # fmt: skip


def test_axe_finds_nothing_and_nothing_is_too_wide(new_page, live_server, axe, seminar) -> None:
    page, narrow = new_page(), new_page(viewport=NARROWEST)
    site = live_server(processes=1)
    for address in every_page(seminar):
        page.goto(site + address)
        axe(page)
        narrow.goto(site + address)
        assert not is_wide(narrow), f"{page.url} scrolls sideways"
    page.goto(f"{site}/sv/events/{seminar.slug}/register-group")
    follow(page, "button[value=add]")
    follow(page, "main form > button:last-of-type")
    assert page.locator("[role=alert] li").count() > 0
    axe(page)
