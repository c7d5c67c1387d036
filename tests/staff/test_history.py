"""A registration's history: every deed leaves one line that says who did what, and never a sensitive value."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.database import begin_write, db
from app.events.models import Attendance, Event, Mode, Promotion
from app.people.models import Role, User
from app.registrations import approval, consents, history_words, links, offers, organiser_changes, own_changes
from app.registrations.answer_models import Change
from app.registrations.models import Registration
from app.registrations.queue_moves import Place, move
from tests import builders
from tests.page_client import PageClient
from tests.source import MODULES

NOTED = re.compile(r'history\.note\(\s*\w+,\s*"([\w-]+)"')
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def outi() -> User:
    return builders.user(Role.ORGANISER, name="Outi Organiser")


@pytest.fixture
def staff(client: PageClient, outi: User) -> PageClient:
    builders.signed_in(client, outi)
    return client


def told(client: PageClient, registration: Registration) -> list[tuple[str, str]]:
    """What the organiser's page tells, the latest first: what happened, and who did it."""
    page = client.get(f"/staff/registrations/{registration.id}")
    table = next(one for one in page.document.iter("table") if "What has happened" in "".join(one.itertext()))
    rows = [["".join(cell.itertext()).strip() for cell in row] for row in table.findall("./tbody/tr")]
    return [(what, who) for _when, what, who in rows]


def does(deed: Callable[[], object]) -> None:
    deed()
    db.session.commit()


def own(registration: Registration, part: str = "") -> str:
    return urlsplit(links.manage_url(registration)).path + part


def test_what_the_person_changes_is_told_with_old_and_new(staff: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID)
    mine = builders.registration(event, mode=Mode.ON_SITE, language="en")
    client: PageClient = staff.application.test_client()
    client.submit(client.get(own(mine, "/details")), given_name="Kaj", municipality=builders.VANTAA, language="sv")
    client.submit(client.get(own(mine) + "?lang=en"), "Switch to online")
    client.submit(client.get(own(mine, "/withdraw") + "?lang=en"), "Withdraw")
    assert told(staff, mine) == [
        ("Withdrawn", "the person"),
        ("Takes part: Online (before: On site)", "the person"),
        (
            "Given name: Kaj (before: Maria); Municipality: Vantaa (before: Espoo); "
            "Language of mails: Swedish (before: English)",
            "the person",
        ),
        ("Registered", "Outi Organiser"),
    ]


def test_what_staff_does_is_told_with_name_and_reason_to_staff_and_without_to_the_person(
    staff: PageClient, outi: User
) -> None:
    event = builders.event(places_online=0)
    mine = builders.registration(event, language="en")
    does(lambda: move(mine, Place.FRONT, "spoke at the opening", by=outi.id))
    does(lambda: organiser_changes.extra_place(mine, "is the host", by=outi.id))
    form = staff.get(f"/staff/registrations/{mine.id}/correct")
    staff.submit(form, municipality=builders.VANTAA)
    page = staff.submit(staff.get(f"/staff/registrations/{mine.id}"), "Mark as checked")
    staff.submit(page, "Remove the mark")
    outi_did = [
        "Mark “checked” removed",
        "Marked as checked",
        "Municipality: Vantaa (before: Espoo)",
        "Got an extra place. Reason: is the host",
        "Moved to the front of the waiting list. Reason: spoke at the opening",
        "Registered",
    ]
    assert told(staff, mine) == [(what, "Outi Organiser") for what in outi_did]
    words = staff.application.test_client().get(own(mine)).words
    assert "the organiser Got an extra place" in words
    assert "Outi" not in words
    assert "host" not in words


def test_what_the_service_does_is_told_too(staff: PageClient) -> None:
    event = builders.event(places_online=1, promotion=Promotion.OFFER)
    first = builders.registration(event)
    mine = builders.registration(event)
    does(lambda: own_changes.withdraw(first))
    does(lambda: offers.decline(mine))
    does(lambda: offers.wait_again(mine))
    does(lambda: offers.accept(mine))
    assert [what for what, _who in told(staff, mine)] == [
        "Took the offered place",
        "Was offered a place",
        "Back on the waiting list, at its end",
        "Declined the offered place",
        "Was offered a place",
        "Registered",
    ]
    assert told(staff, mine)[1] == ("Was offered a place", "the service")


def test_a_promotion_and_an_approval_are_told(staff: PageClient, outi: User) -> None:
    event = builders.event(places_online=1, approval=True)
    asks = builders.attempt(event).registration
    assert asks
    builders.registration(event)
    does(lambda: approval.approve(asks, by=outi.id))
    begin_write()
    db.session.get_one(Event, event.id).places_online = 2
    db.session.commit()
    does(lambda: organiser_changes.enter(asks))
    assert told(staff, asks) == [
        ("Got a place from the waiting list", "the service"),
        ("Approved", "Outi Organiser"),
        ("Registered", "the person"),
    ]


def test_a_changed_sensitive_answer_is_told_without_its_value(staff: PageClient) -> None:
    event = builders.event()
    diet = builders.question(event, "Ruokavalio", sensitive=True)
    agreed = {consents.to_answer(diet.id): "I agree"}
    mine = builders.registration(event, language="en", answers={diet.id: "Vegaani"}, consents=agreed)
    client: PageClient = staff.application.test_client()
    client.submit(client.get(own(mine, "/answers")), **{f"question-{diet.id}": "Pähkinätön"})
    client.submit(client.get(own(mine, "/consents")), "Withdraw and delete the answer")
    assert told(staff, mine)[:2] == [
        ("Withdrew a consent: Ruokavalio", "the person"),
        ("Changed answers: Ruokavalio", "the person"),
    ]
    kept = str([change.details for change in db.session.scalars(select(Change))])
    assert "Vegaani" not in kept
    assert "Pähkinätön" not in kept


def test_tutors_see_it_too(client: PageClient) -> None:
    tutor = builders.user(Role.TUTOR)
    mine = builders.registration(builders.event(tutors=[tutor]))
    builders.signed_in(client, tutor)
    assert told(client, mine)[-1][0] == "Registered"


def test_every_kind_of_line_has_words() -> None:
    """What history_words does not know would be shown by its code name."""
    noted = {what for module in MODULES for what in NOTED.findall(module.text)}
    assert len(noted) > 10
    assert noted - history_words.KNOWN == set()
