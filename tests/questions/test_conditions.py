"""Conditions stay sound whatever an organiser does, in whatever order."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.database import db
from app.errors import Refused
from app.events.models import Event
from app.questions import conditions, editing, order, retiring
from app.questions.editing import Given
from app.questions.models import Question, QuestionKind
from app.questions.order import Direction
from app.questions.queries import Asked, Form, form_of
from app.questions.retiring import Answered
from app.translated import Translated
from tests import builders

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "condition", "another", "up", "down", "remove", "sensitive"]),
        st.integers(0, 5),
        st.integers(-1, 5),
    ),
    min_size=4,
    max_size=25,
)


def given_like(asked: Asked | None, **changed: object) -> Given:
    told = {"label": asked.label, "condition": asked.condition, "sensitive": asked.sensitive} if asked else {}
    return Given(**{"kind": QuestionKind.YES_NO, "label": Translated(fi="?")} | told | changed)


def take(step: str, event: Event, form: Form, this: Asked | None, earlier: Asked | None) -> None:
    wanted = (earlier.id, None) if earlier else None
    if step == "add" or this is None:
        editing.add(event, given_like(None, condition=wanted))
        return
    changes: dict[str, Callable[[], object]] = {
        "condition": lambda: change(event, this, condition=wanted),
        "another": lambda: change(event, this, condition=wanted, answered=True),
        "sensitive": lambda: change(event, this, sensitive=not this.sensitive),
        "up": lambda: order.move(event.id, this.id, Direction.UP),
        "down": lambda: order.move(event.id, this.id, Direction.DOWN),
        "remove": lambda: retiring.remove(db.session.get_one(Question, this.id), Answered()),
    }
    changes[step]()


def change(event: Event, this: Asked, *, answered: bool = False, **changed: object) -> None:
    has = Answered(frozenset({this.id})) if answered else Answered()
    editing.change(
        event,
        this.id,
        given_like(this, **changed),
        version=editing.version_of(this),
        answered=has,
        is_another=answered,
    )


@given(STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_moves_and_edits_builds_a_loop(app: Flask, steps: list[tuple[str, int, int]]) -> None:
    """Each condition looks at a question that is asked, is not sensitive and stands before: so there is no loop."""
    db.session.execute(delete(Question))
    event = db.session.get(Event, 1) or builders.event()
    for step, this, earlier in steps:
        asked = form_of(event.id).questions
        picked = [asked[number % len(asked)] if asked and number >= 0 else None for number in (this, earlier)]
        try:
            with db.session.begin_nested():
                take(step, event, form_of(event.id), *picked)
        except Refused:
            pass
        seen: dict[int, Asked] = {}
        for one in form_of(event.id).questions:
            if one.condition:
                assert one.condition[0] in seen, f"after {step}: {one.label} looks at what is not before it"
                assert conditions.can_be_earlier(seen[one.condition[0]])
            seen[one.id] = one
    db.session.rollback()


def test_a_loop_is_refused_with_both_names(app: Flask) -> None:
    event = builders.event()
    first = builders.question(event, "Tuletko?", kind=QuestionKind.YES_NO)
    middle = builders.question(event, "Yövytkö?", kind=QuestionKind.YES_NO, after=first)
    last = builders.question(event, "Aamiainen?", kind=QuestionKind.YES_NO, after=middle)
    other = builders.question(event, "Kuvaus?", kind=QuestionKind.YES_NO)
    with pytest.raises(Refused, match=r"“Aamiainen.” is itself asked only after “Tuletko.”"):
        conditions.must_be_possible(form_of(event.id), (last.id, None), first.id)
    with pytest.raises(Refused, match=r"“Kuvaus.” stands after “Tuletko.”. Move it up"):
        conditions.must_be_possible(form_of(event.id), (other.id, None), first.id)
