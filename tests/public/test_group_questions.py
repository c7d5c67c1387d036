"""The contact of a group answers the event's questions for each member, or leaves them to the member."""

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from app.errors import Refused
from app.events.models import Attendance, Event
from app.questions.models import QuestionKind
from app.registrations import answers
from app.registrations.models import Status
from tests import builders
from tests.conftest import MakeApp
from tests.page_client import PageClient
from tests.public.test_groups import (
    CONTACT,
    corrected_at,
    group_event,
    group_link,
    mails,
    opened,
    registrations,
    rows,
    send,
)

FIRST, SECOND = "Questions for Outi Järvinen 1 of 2", "Questions for Petri Laaksonen 2 of 2"


@pytest.fixture
def sealing(make_app: MakeApp) -> Iterator[PageClient]:
    """A browser of an installation that has a key for sensitive answers."""
    app = make_app(sensitive_keys=builders.new_key())
    with app.app_context():
        yield app.test_client()


def answered(client: PageClient, page: TestResponse, button: str = "Continue", **fields: object) -> TestResponse:
    """What the page asks, by the end of its fields' names; what goes along unseen stands before them."""
    names = [part.get("name", "") for part in page.document.iter() if part.get("name")]
    full = {next(name for name in reversed(names) if name.endswith(key)): value for key, value in fields.items()}
    return client.submit(page, button, **full)


def given() -> list[dict[int, object]]:
    return [dict(answers.by_question(answers.of(one, sensitive=True))) for one in registrations()]


def test_each_members_questions_are_a_step_and_all_is_looked_at_before_it_is_sent(client: PageClient) -> None:
    event = group_event()
    task = builders.question(event, "Työtehtävä", required=True)
    key = f"question-{task.id}"
    page = send(client, event)
    assert page.h1 == FIRST
    page = client.submit(page, "Continue")
    assert page.errors == ["Answer the question “Työtehtävä”"]
    page = answered(client, page, **{key: "kirjasto"})
    assert page.h1 == SECOND
    page = answered(client, page, **{key: "neuvonta"})
    assert page.h1 == "Check your answers"
    assert "Työtehtävä kirjasto" in page.words
    assert registrations() == [], "nothing is sent before it has been looked at"
    page = client.submit(page, "Change Petri Laaksonen")
    page = answered(client, page, **{key: "opastus"})
    done = client.submit(page, "Register the group")
    assert done.h1 == "Your group is registered"
    assert [list(one.values()) for one in given()] == [["kirjasto"], ["opastus"]]
    assert not any("The organiser has questions for you." in (mail.text or "") for mail in mails("confirmed"))


def test_a_choice_that_others_fill_meanwhile_is_asked_again_of_its_member(client: PageClient) -> None:
    event = group_event(waiting_list=False)
    bus = builders.question(event, "Kyyti", options=[("linja-auto", 1), "oma"])
    key = f"question-{bus.id}"
    seat, own = builders.options(bus)
    page = answered(client, send(client, event), **{key: str(own.id)})
    page = answered(client, page, **{key: str(seat.id)})
    builders.attempt(event, answers={bus.id: frozenset({seat.id})}, options=frozenset({seat.id}))
    again = client.submit(page, "Register the group")
    assert again.h1 == SECOND
    assert "full" in again.errors[0]
    assert corrected_at(again)[0].startswith("of-")
    done = client.submit(answered(client, again, **{key: str(own.id)}), "Register the group")
    assert done.h1 == "Your group is registered"


def test_what_the_contact_leaves_is_asked_of_the_member_by_mail(client: PageClient) -> None:
    event = group_event()
    task = builders.question(event, "Työtehtävä", required=True)
    page = answered(client, send(client, event), **{f"question-{task.id}": "kirjasto"})
    page = client.submit(page, "Petri answers these")
    assert "Left to Petri" in page.words
    client.submit(page, "Register the group")
    asked = ["The organiser has questions for you." in (mail.text or "") for mail in mails("confirmed")]
    assert asked == [False, True]


def test_a_question_that_depends_on_an_answer_comes_without_scripts_too(client: PageClient) -> None:
    event = group_event(attendance=Attendance.HYBRID)
    bus = builders.question(event, "Tuletko linja-autolla?", kind=QuestionKind.YES_NO, required=True)
    stop = builders.question(event, "Miltä pysäkiltä?", after=bus, required=True)
    modes = {"members-0-mode": "on-site", "members-1-mode": "online"}
    page = answered(client, send(client, event, **modes), **{f"question-{bus.id}": "yes"})
    assert page.h1 == FIRST
    assert "brings a few more questions" in page.words
    page = answered(client, page, **{f"question-{stop.id}": "Tapiola"})
    page = answered(client, page, **{f"question-{bus.id}": "no"})
    client.submit(page, "Register the group")
    assert given() == [{bus.id: True, stop.id: "Tapiola"}, {bus.id: False}]


def test_answers_stay_with_their_member_when_rows_change_between_the_steps(client: PageClient) -> None:
    event = group_event()
    task = builders.question(event, "Työtehtävä")
    page = send(client, event, 3)
    for answer in ("a", "b"):
        page = answered(client, page, **{f"question-{task.id}": answer})
    page = client.submit(page, "Back to the first page")
    page = client.submit(client.submit(page, "Remove colleague 1"))
    assert page.h1 == "Questions for Salla Niemi 2 of 2", "what was answered for Petri is there"
    client.submit(answered(client, page, **{f"question-{task.id}": "c"}), "Register the group")
    assert given() == [{task.id: "b"}, {task.id: "c"}]


def choosing(event: Event, places: int) -> tuple[str, str]:
    """A question of which one answer has places: its field, and that answer."""
    meal = builders.question(event, "Ryhmä", options=[("Aamu", places), "Ilta"], required=True)
    return f"question-{meal.id}", str(builders.options(meal)[0].id)


def test_places_of_an_answer_are_counted_over_all_members(client: PageClient) -> None:
    event = group_event()
    key, morning = choosing(event, 1)
    page = answered(client, send(client, event), **{key: morning})
    assert (page.h1, "Full" in page.words) == (SECOND, True), "Outi has taken the only one"


def test_an_answer_that_others_have_filled_meanwhile_is_chosen_again_or_left(client: PageClient) -> None:
    event = group_event()
    key, morning = choosing(event, 2)
    page = send(client, event, all_or_none="yes")
    for _ in range(2):
        page = answered(client, page, **{key: morning})
    chosen = frozenset({int(morning)})
    builders.attempt(event, options=chosen, answers={int(key.removeprefix("question-")): chosen})
    page = client.submit(page, "Register the group")
    assert (page.h1, page.errors) == (SECOND, ["“Aamu” is full. Choose another answer."])
    client.submit(client.submit(page, "Petri answers these"), "Register the group")
    assert {one.status for one in registrations() if one.group_id} == {Status.CONFIRMED}


def test_a_whole_group_larger_than_the_places_of_an_answer_is_refused(client: PageClient) -> None:
    event = group_event()
    morning = builders.options(builders.question(event, "Ryhmä", options=[("Aamu", 1), "Ilta"]))[0].id
    with pytest.raises(Refused, match=r"The number of places in “Aamu” is 1\. The group cannot fit as a whole"):
        builders.group(event, "Aho", "Niemi", options=frozenset({morning}))


def test_sensitive_questions_are_asked_of_each_by_mail_alone(sealing: PageClient) -> None:
    event = group_event()
    builders.question(event, "Erityisruokavalio", sensitive=True)
    page = opened(sealing, event)
    assert "Not asked here, since it is sensitive: “Erityisruokavalio”." in page.words
    done = sealing.submit(page, **CONTACT | {"all_or_none": "no"} | rows(2))
    assert done.h1 == "Your group is registered"
    assert all("something that only you can answer" in (mail.text or "") for mail in mails("confirmed"))


def test_who_is_added_later_is_asked_too(client: PageClient) -> None:
    event = group_event()
    send(client, event)
    task = builders.question(event, "Työtehtävä", required=True)
    page = client.click(client.get(group_link()), "Add a colleague")
    page = client.submit(page, given_name="Salla", family_name="Niemi", email="salla@espoo.fi")
    assert page.h1 == "Questions for Salla Niemi"
    page = answered(client, page, **{f"question-{task.id}": "kirjasto"})
    assert "Salla Niemi Confirmed" in page.words
    assert given()[-1] == {task.id: "kirjasto"}
