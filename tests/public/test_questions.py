"""An event's own questions in the registration form: asked of whom they concern, kept as they were answered."""

import re
from datetime import date

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import db
from app.events.models import Attendance, Event, Mode
from app.messages.models import Message
from app.questions.models import Question, QuestionKind
from app.registrations import answers
from app.registrations.models import Registration
from tests import builders, page_form
from tests.conftest import CountQueries, MakeApp
from tests.page_client import PageClient

MARIA = {"given_name": "Maria", "family_name": "Åkerlund", "email": "maria@espoo.fi"}


def form_of(client: PageClient, event: Event) -> TestResponse:
    return client.get(f"/en/events/{event.slug}/register")


def named(question: Question) -> str:
    return f"question-{question.id}"


def given() -> dict[str, object]:
    """What the only registration has answered, by the question's Finnish label."""
    registration = db.session.scalars(select(Registration)).one()
    found = answers.of(registration, sensitive=True)
    return {one.label.fi: [label.fi for label in one.options] or one.value for one in found}


def path_of_the_link() -> str:
    text = db.session.scalars(select(Message.text).order_by(Message.id.desc())).first()
    return re.findall(r"/r/[\w-]{43}", text or "")[0]


def test_a_text_question_is_asked_kept_and_shown(client: PageClient) -> None:
    event = builders.event()
    asked = builders.question(event, "Mistä haluaisit kuulla?", required=True)
    refused = client.submit(form_of(client, event), **MARIA)
    assert refused.errors == ["Answer the question “Mistä haluaisit kuulla?”"]
    done = client.submit(refused, **{named(asked): "Digituesta"})
    assert done.h1 == "You have a place"
    assert given() == {"Mistä haluaisit kuulla?": "Digituesta"}


def test_answers_of_every_kind_reach_the_personal_page_and_the_files(client: PageClient) -> None:
    event = builders.event()
    lunch = builders.question(event, "Lounas", options=["Keitto", "Salaatti"])
    several = builders.question(event, "Aiheet", options=["Tablet", "Puhelin"], kind=QuestionKind.SEVERAL)
    number = builders.question(event, "Montako", kind=QuestionKind.NUMBER)
    day = builders.question(event, "Mistä alkaen", kind=QuestionKind.DATE)
    yes = builders.question(event, "Kuvaus", kind=QuestionKind.YES_NO)
    form = form_of(client, event)
    client.submit(form, **MARIA, **{
        named(lunch): str(builders.options(lunch)[1].id),
        named(several): [str(one.id) for one in builders.options(several)],
        named(number): "2,5", named(day): "21.10.2027", named(yes): "no",
    })  # fmt: skip
    assert given() == {"Lounas": ["Salaatti"], "Aiheet": ["Tablet", "Puhelin"], "Montako": 2.5,
                       "Mistä alkaen": date(2027, 10, 21), "Kuvaus": False}  # fmt: skip
    page = client.get(path_of_the_link())
    for words in ("Lounas Salaatti", "Aiheet Tablet, Puhelin", "2.5", "21 October 2027", "Kuvaus No"):
        assert words in page.words


def dinner(event: Event) -> tuple[Question, Question, Question]:
    """A dinner, its menu for those who come, and the wine of one menu: a chain of three."""
    comes = builders.question(event, "Tuletko illalliselle?", kind=QuestionKind.YES_NO)
    menu = builders.question(event, "Menu", options=["Liha", "Kala"], after=comes, required=True)
    wine = builders.question(event, "Viini", after=builders.options(menu)[1], required=True)
    return comes, menu, wine


def test_what_depends_on_an_answer_comes_on_the_next_steps_and_is_checked_before_registering(
    client: PageClient,
) -> None:
    event = builders.event()
    comes, menu, wine = dinner(event)
    more = client.submit(form_of(client, event), **MARIA, **{named(comes): "yes"})
    assert (more.h1, more.errors) == ("A few more questions", [])
    assert "Viini" not in more.words
    more = client.submit(more, "Continue")
    assert (more.h1, more.errors) == ("A few more questions", ["Choose an answer to “Menu”"])
    more = client.submit(more, "Continue", **{named(menu): str(builders.options(menu)[1].id)})
    assert "Viini" in more.words
    assert "Menu" not in more.words
    check = client.submit(more, "Continue", **{named(wine): "Riesling"})
    assert check.h1 == "Check your answers"
    assert "Menu Kala Change" in check.words
    assert db.session.scalars(select(Registration)).all() == []
    done = client.submit(check, "Register")
    assert done.h1 == "You have a place"
    assert given() == {"Tuletko illalliselle?": True, "Menu": ["Kala"], "Viini": "Riesling"}
    assert client.submit(check, "Register").request.path == done.request.path
    assert len(db.session.scalars(select(Registration)).all()) == 1


def test_changing_an_answer_keeps_the_others_and_drops_what_no_longer_applies(client: PageClient) -> None:
    event = builders.event()
    comes, menu, _wine = dinner(event)
    more = client.submit(form_of(client, event), **MARIA, **{named(comes): "yes"})
    check = client.submit(more, "Continue", **{named(menu): str(builders.options(menu)[0].id)})
    form = client.submit(check, "Change Menu")
    assert 'value="Åkerlund"' in form.text
    check = client.submit(form, **{named(comes): "no"})
    assert check.h1 == "Check your answers"
    assert "Menu" not in check.words
    client.submit(check, "Register")
    assert given() == {"Tuletko illalliselle?": False}


def test_a_page_that_has_shown_what_applies_needs_one_step(client: PageClient) -> None:
    """As with scripts: `asked` says what was seen."""
    event = builders.event()
    comes, menu, wine = dinner(event)
    form = page_form.find(form_of(client, event).document, None)
    kala = str(builders.options(menu)[1].id)
    typed = form.data() | MARIA | {named(comes): "yes", named(menu): kala, "asked": [str(menu.id), str(wine.id)]}
    refused = client.post(f"/en/events/{event.slug}/register", data=typed)
    assert refused.errors == ["Answer the question “Viini”"]
    done = client.submit(refused, **{named(wine): "Riesling"})
    assert done.h1 == "You have a place"


def test_a_question_of_one_way_of_taking_part_is_asked_only_of_those_who_take_it(client: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID)
    asked = builders.question(event, "Parkkipaikka", mode=Mode.ON_SITE, required=True)
    assert client.submit(form_of(client, event), **MARIA, mode="online").h1 == "You have a place"
    outi = MARIA | {"email": "outi@espoo.fi"}
    more = client.submit(form_of(client, event), **outi, mode="on-site")
    assert (more.h1, named(asked) in more.text) == ("A few more questions", True)
    online = builders.event(attendance=Attendance.ONLINE)
    builders.question(online, "Parkkipaikka", mode=Mode.ON_SITE, required=True)
    assert "Parkkipaikka" not in form_of(client, online).text


def test_a_full_option_is_shown_as_full_and_the_others_with_their_places(client: PageClient) -> None:
    event = builders.event()
    asked = builders.question(event, "Työpaja", options=[("Tablet", 1), ("Puhelin", 5), "Muu"])
    tablet, *_rest = builders.options(asked)
    client.submit(form_of(client, event), **MARIA, **{named(asked): str(tablet.id)})
    page = form_of(client, event)
    assert "Tablet Full Puhelin 5 places left Muu" in page.words
    assert re.search(rf'value="{tablet.id}"[^>]*disabled', page.text)
    asked.kind = QuestionKind.LIST
    db.session.commit()
    page = form_of(client, event)
    assert "Tablet (Full)Puhelin (5 places left)Muu" in page.words
    assert re.search(rf'<option disabled value="{tablet.id}">', page.text)


def test_a_choice_that_others_have_filled_meanwhile_is_made_again_with_everything_kept(client: PageClient) -> None:
    event = builders.event()
    asked = builders.question(event, "Työpaja", options=[("Tablet", 1), "Puhelin"])
    tablet, phone = builders.options(asked)
    mine, others = form_of(client, event), form_of(client, event)
    done = client.submit(others, **MARIA, **{named(asked): str(tablet.id)})
    assert client.submit(others, **MARIA, **{named(asked): str(tablet.id)}).request.path == done.request.path
    refused = client.submit(mine, **MARIA | {"email": "outi@espoo.fi"}, **{named(asked): str(tablet.id)})
    assert refused.errors == ["“Tablet” is full. Choose another answer."]
    assert client.submit(refused, **{named(asked): str(phone.id)}).h1 == "You have a place"


def test_the_form_costs_the_same_queries_however_long_it_is(client: PageClient, count_queries: CountQueries) -> None:
    counts = []
    for length in (0, 2, 20):
        event = builders.event()
        for _ in range(length):
            builders.question(event, options=[("Yksi", 3), "Kaksi"])
        form_of(client, event)
        with count_queries() as queries:
            form_of(client, event)
        counts.append(queries.count)
    assert counts[1] == counts[2]
    assert counts[2] - counts[0] <= 2


def test_beyond_the_limit_of_posts_all_answers_are_kept(make_app: MakeApp, app: Flask) -> None:
    limited = make_app(ratelimit_enabled=True, ratelimit_form_posts="1 per hour")
    client: PageClient = limited.test_client()
    event = builders.event()
    comes, menu, _wine = dinner(event)
    more = client.submit(form_of(client, event), **MARIA, **{named(comes): "yes"})
    again = client.submit(more, "Continue", **{named(menu): str(builders.options(menu)[0].id)})
    assert again.status_code == 429
    form = page_form.find(again.document, None)
    assert form.data()[named(menu)] == [str(builders.options(menu)[0].id)]
