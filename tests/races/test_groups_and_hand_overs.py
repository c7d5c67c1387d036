"""Groups and hand-overs beside others, through HTTP and two server processes."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from app.database import db
from app.events.models import Event
from app.messages.models import Message
from app.registrations import doctor, hand_over, links
from app.registrations.answer_models import Handover
from app.registrations.hand_over_notices import Receiver
from app.registrations.models import Group, Registration, Status
from tests import builders
from tests.conftest import LiveServer
from tests.races.test_last_place import ROUNDS, different_people, registrations, send_at_once, statuses, withdrawal

pytestmark = pytest.mark.usefixtures("app")

UNLOCKED = "tests.races.unlocked:app"


def group_of_three(event: Event) -> tuple[str, dict[str, str]]:
    contact = {"given_name": "Maria", "family_name": "Åkerlund", "municipality": "049"}
    contact["email"] = f"maria.{event.id}@espoo.fi"  # one address may register so many groups a day
    members = {
        f"members-{at}-{name}": value
        for at in range(3)
        for name, value in {"given_name": "Kaj", "family_name": "Öhman", "email": f"kaj.{at}@espoo.fi"}.items()
    }
    return f"/fi/events/{event.slug}/register-group", contact | {"language": "fi", "all_or_none": "yes"} | members


def of_the_group(event: Event) -> Counter[Status]:
    db.session.rollback()
    members = select(Registration.status).join(Group).where(Registration.event_id == event.id)
    return Counter(db.session.scalars(members))


def receiver_of(event: Event) -> str:
    return f"outi.{event.id}@espoo.fi"


def handed_over(event: Event) -> tuple[Registration, tuple[str, dict[str, str]], tuple[str, dict[str, str]]]:
    """A registration whose colleague has the link: it, the withdrawal of the giver, the receiver's confirmation."""
    made = builders.registration(event)
    email = receiver_of(event)
    hand_over.ask(made, Receiver(given_name="Outi", family_name="Järvinen", email=email, language="fi"))
    db.session.commit()
    detail = f"{email} {db.session.get_one(Handover, made.id).requested_at.isoformat()}"
    token = links.token(links.Purpose.HANDOVER, made, detail)
    giver = withdrawal(made)
    db.session.rollback()
    return made, giver, (f"/r/hand-over/{token}", {})


def mails(occasion: str, event: Event) -> int:
    about = select(Registration.uuid).where(Registration.event_id == event.id)
    keys = [f"registration:{uuid}" for uuid in db.session.scalars(about)]
    of_them = select(func.count()).where(Message.occasion == occasion, Message.about.in_(keys))
    return db.session.scalars(of_them).one()


def test_a_group_that_finds_too_few_places_takes_none_beside_singles_who_do(live_server: LiveServer) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = builders.event(places_online=4, largest_group=3)
        for _person in range(2):
            builders.registration(event)
        db.session.rollback()
        singles = registrations(event, different_people()[:4])
        answers = send_at_once(server, [*singles[:2], group_of_three(event), *singles[2:]])
        assert {answer.status for answer in answers} == {303}
        assert statuses(event)[Status.CONFIRMED] == 4
        assert of_the_group(event) == ({Status.WAITING: 3})
    assert doctor.examine() == []


def test_a_group_that_just_fits_has_all_places_or_none(live_server: LiveServer) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = builders.event(places_online=3, largest_group=3)
        answers = send_at_once(server, [group_of_three(event), *registrations(event, different_people()[:3])])
        assert {answer.status for answer in answers} == {303}
        assert statuses(event)[Status.CONFIRMED] == 3
        assert of_the_group(event) in ({Status.WAITING: 3}, {Status.CONFIRMED: 3})
    assert doctor.examine() == []


def test_control_with_the_count_before_the_lock_a_group_takes_places_that_others_have(live_server: LiveServer) -> None:
    event = builders.event(places_online=3, largest_group=3)
    server = live_server(processes=2, application=UNLOCKED)
    send_at_once(server, [group_of_three(event), *registrations(event, different_people()[:7])])
    assert statuses(event)[Status.CONFIRMED] > 3
    assert doctor.examine() != []


def test_a_hand_over_confirmed_twice_at_once_is_made_once(live_server: LiveServer) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = builders.event()
        made, _giver, receiver = handed_over(event)
        answers = send_at_once(server, [receiver] * 4)
        assert {answer.status for answer in answers} == {303}
        db.session.refresh(made)
        assert (made.email, made.link_generation) == (receiver_of(event), 2)
        assert mails("handed-over", event) == 2


def test_a_giver_who_withdraws_while_the_receiver_confirms_never_takes_the_receivers_place(
    live_server: LiveServer,
) -> None:
    server = live_server(processes=2)
    for _ in range(ROUNDS):
        event = builders.event()
        made, giver, receiver = handed_over(event)
        answers = send_at_once(server, [giver, receiver])
        assert {answer.status for answer in answers} == {303}
        db.session.refresh(made)
        is_receivers = made.email == receiver_of(event)
        assert made.status is (Status.CONFIRMED if is_receivers else Status.WITHDRAWN)
        assert mails("withdrawn", event) == (not is_receivers)


def test_control_without_a_second_look_at_the_link_the_giver_withdraws_the_receiver(live_server: LiveServer) -> None:
    event = builders.event()
    made, giver, receiver = handed_over(event)
    send_at_once(live_server(processes=2, application="tests.races.old_links:app"), [giver, receiver])
    db.session.refresh(made)
    assert (made.email, made.status) == (receiver_of(event), Status.WITHDRAWN)
