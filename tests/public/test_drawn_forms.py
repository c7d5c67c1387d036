"""The registration form that is drawn once for everyone: it shows every change at once, and nothing of one visitor."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, template_rendered

from app.database import db
from app.events import queries as events
from app.events.models import Admission, Attendance, Event, EventAdmitted, ProgrammeItem
from app.questions.models import Question, QuestionKind, QuestionOption
from app.registrations import links
from app.registrations.models import Invitation
from app.translated import Translated
from tests import builders
from tests.builders import ESPOO
from tests.conftest import CountQueries
from tests.page_client import Page, PageClient

OWN = re.compile(r'name="(?:csrf_token|nonce)"[^>]* value="([^"]+)"')
KINDS_WITH_OPTIONS = {"Bus": QuestionKind.CHOICE, "Train": QuestionKind.LIST, "Ferry": QuestionKind.SEVERAL}
MARIA = {"given_name": "Maria", "family_name": "Åkerlund", "email": "maria@espoo.fi"}


@pytest.fixture
def drawn(app: Flask) -> Iterator[list[str]]:
    """The names of the pages that were drawn."""
    names: list[str] = []

    def note(_app: Flask, template: Any, **_given: Any) -> None:
        names.append(template.name)

    with template_rendered.connected_to(note, app):
        yield names


def opened(app: Flask, event: Event, language: str = "en") -> Page:
    """The form in a browser that has not been here before."""
    return app.test_client().get(f"/{language}/events/{event.slug}/register")


def with_everything() -> Event:
    """A hybrid event with few places, an item to sign up for, and a question whose options have places."""
    event = builders.event(
        attendance=Attendance.HYBRID, places_on_site=5, title=Translated(fi="Päivä", sv="Dag", en="Day")
    )
    builders.sign_up_item(events.days_of(event)[0], "Työpaja", places=5)
    builders.question(event, "Bussi", options=[("Espoosta", 5), ("Vantaalta", 5)])
    return event


def take_a_place(event: Event) -> None:
    item, option = only(ProgrammeItem), builders.options(only(Question))[0]
    answers = {option.question_id: frozenset({option.id})}
    builders.registration(
        event, mode=event.modes[0], items=frozenset({item.id}), answers=answers, options=frozenset({option.id})
    )


def only(kind: type[Any]) -> Any:
    return db.session.query(kind).order_by(kind.id).first()


def test_it_is_drawn_once_and_each_visitor_gets_an_own_token_and_nonce(app: Flask, drawn: list[str]) -> None:
    event = builders.event()
    visitors: list[PageClient] = [app.test_client() for _ in range(3)]
    pages = [visitor.get(f"/en/events/{event.slug}/register") for visitor in visitors]
    assert drawn.count("public/register.html") == 1
    own = [OWN.findall(page.text) for page in pages]
    assert len({value for values in own for value in values}) == 6
    assert len({OWN.sub("", page.text) for page in pages}) == 1
    first, *others = ({name: value for name, value in page.headers if name != "Set-Cookie"} for page in pages)
    assert [{**headers, "X-Request-ID": ""} for headers in others] == [{**first, "X-Request-ID": ""}] * 2
    for number, (visitor, page) in enumerate(zip(visitors, pages, strict=True)):
        assert visitor.submit(page, **MARIA | {"email": f"maria{number}@espoo.fi"}).h1 == "You have a place"


CHANGES: dict[str, tuple[Callable[[Event], Any], str]] = {
    "title": (lambda event: setattr(event, "title", Translated(en="Evening")), "Evening"),
    "day": (lambda event: setattr(events.days_of(event)[0], "ends_at", builders.in_days(15)), ""),
    "list": (lambda event: setattr(event, "participants_list", True), "participants"),
    "item": (lambda event: setattr(only(ProgrammeItem), "title", Translated(en="Panel")), "Panel"),
    "item's places": (lambda event: setattr(only(ProgrammeItem), "places", 77), "77 places left"),
    "no item": (lambda event: db.session.delete(only(ProgrammeItem)), ""),
    "question": (lambda event: setattr(only(Question), "label", Translated(en="Train")), "Train"),
    "new question": (lambda event: builders.question(event, "Allergiat"), "Allergiat"),
    "option": (lambda event: setattr(only(QuestionOption), "label", Translated(en="Sipoo")), "Sipoo"),
    "no option": (lambda event: db.session.delete(only(QuestionOption)), ""),
    "option's places": (lambda event: setattr(only(QuestionOption), "places", 88), "88 places left"),
    "places": (lambda event: setattr(event, "places_on_site", 99), "99 places left"),
    "a place taken": (take_a_place, "4 places left"),
    "no room": (lambda event: (setattr(event, "places_on_site", 0), setattr(event, "places_online", 0)), "full"),
    "limit": (lambda event: setattr(event, "municipality_limit", 3), "3 places at the most"),
    "who may": (lambda event: setattr(event, "admission", Admission.REGION), "of Uusimaa"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_it_shows_a_change_at_once(app: Flask, drawn: list[str], what: str) -> None:
    event = with_everything()
    before = [opened(app, event).words for _ in range(2)]
    assert drawn.count("public/register.html") == 1
    change, says = CHANGES[what]
    change(event)
    db.session.commit()
    after = opened(app, event).words
    assert after != before[0]
    assert says in after
    assert after.count(says) > before[1].count(says) or not says


def test_its_questions_are_read_again_only_when_someone_has_changed_them(
    app: Flask, count_queries: CountQueries
) -> None:
    event = with_everything()
    opened(app, event)
    with count_queries() as queries:
        opened(app, event)
    assert not [one for one in queries.statements if "FROM question " in one]
    only(Question).position += 1
    db.session.commit()
    with count_queries() as queries:
        opened(app, event)
    assert len([one for one in queries.statements if "FROM question " in one]) == 1


def test_places_left_of_the_ways_of_taking_part_are_put_in_without_drawing_it(app: Flask, drawn: list[str]) -> None:
    event = builders.event(attendance=Attendance.HYBRID, places_on_site=5, places_online=9)
    before = opened(app, event)
    for mode in event.modes:
        builders.registration(event, mode=mode)
    after = opened(app, event)
    assert "5 places left, of 5" in before.words
    assert after.words.index("4 places left, of 5") < after.words.index("8 places left, of 9")
    assert drawn.count("public/register.html") == 1


def test_places_left_of_options_are_put_in_without_drawing_it_until_one_is_full(app: Flask, drawn: list[str]) -> None:
    event = builders.event()
    town = [("Espoosta", 3), ("Vantaalta", 2)]
    asked = [builders.question(event, name, kind=kind, options=town) for name, kind in KINDS_WITH_OPTIONS.items()]
    assert opened(app, event).words.count("2 places left") == 3
    for number, said in ((1, "1 place left"), (2, "Full")):
        chosen = {one.id: frozenset({builders.options(one)[1].id}) for one in asked}
        builders.registration(event, answers=chosen, options=frozenset().union(*chosen.values()))
        after = opened(app, event).words
        assert (after.count("3 places left"), after.count(said)) == (3, 3)
        assert drawn.count("public/register.html") == number


def test_a_place_taken_counts_for_the_way_of_taking_part_the_item_and_the_option(app: Flask) -> None:
    event = with_everything()
    assert opened(app, event).words.count("5 places left") == 4
    take_a_place(event)
    assert opened(app, event).words.count("4 places left") == 3


def test_another_municipality_may_register_at_once(app: Flask) -> None:
    event = builders.event(admission=Admission.LISTED)
    db.session.add(EventAdmitted(event_id=event.id, municipality_code=ESPOO))
    db.session.commit()
    assert "Espoo." in opened(app, event).words
    db.session.add(EventAdmitted(event_id=event.id, municipality_code=builders.TAMPERE))
    db.session.commit()
    assert "Espoo and Tampere." in opened(app, event).words


def test_each_language_and_each_event_has_its_own(app: Flask) -> None:
    event, other = with_everything(), builders.event(title=Translated(en="Something else"))
    opened(app, event)
    assert opened(app, event, "sv").title.startswith("Anmälan: Dag")
    assert opened(app, event, "fi").document.get("lang") == "fi"
    assert "Something else" in opened(app, other).words


def flash(client: PageClient, _event: Event) -> None:
    with client.session_transaction() as session:
        session["_flashes"] = [("message", "Only for you")]


def invite(client: PageClient, event: Event) -> None:
    organiser = client.application.test_client()
    builders.signed_in(organiser)
    page = organiser.get(f"/staff/events/{event.id}/invitations")
    organiser.submit(page, "Make the link", name="Opettajat")
    kept = only(Invitation)
    client.get(f"/i/{links.invitation_token(kept.uuid)}")


def sign_in(client: PageClient, _event: Event) -> None:
    builders.signed_in(client)


@pytest.mark.parametrize(
    ("make_personal", "query", "says"),
    [
        (flash, "", "Only for you"),
        (invite, "", "You are registering by invitation."),
        (sign_in, "", ""),
        (lambda *_: None, "?for=you", "?for=you"),
    ],
    ids=["message", "invitation", "signed in", "query"],
)
def test_what_is_for_one_visitor_is_neither_kept_nor_answered_with_what_is_kept(
    client: PageClient, drawn: list[str], make_personal: Callable[[PageClient, Event], None], query: str, says: str
) -> None:
    event = with_everything()
    of_everyone = opened(client.application, event)
    for _ in range(2):
        make_personal(client, event)
        drawn.clear()
        page = client.get(f"/en/events/{event.slug}/register{query}")
        assert drawn == ["public/register.html"]
        assert says in page.text
    again = opened(client.application, event)
    assert drawn == ["public/register.html"]
    assert OWN.sub("", again.text) == OWN.sub("", of_everyone.text)
