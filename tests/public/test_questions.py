"""An event's own questions in the registration form: asked of whom they concern, kept as they were answered."""

import re
from datetime import date

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import db
from app.events.models import Event
from app.messages.models import Message
from app.questions.models import Question, QuestionKind
from app.registrations import answers
from app.registrations.models import Registration
from tests import builders
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
