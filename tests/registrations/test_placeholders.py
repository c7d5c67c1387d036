"""Whatever stands in braces is either filled in or refused with a sentence, and nothing is filled in twice."""

import re

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.events.models import Event
from app.registrations import placeholders, previews
from app.registrations.placeholders import KNOWN, Subject
from app.translated import Translated
from tests import builders

TEXTS = st.text(st.sampled_from("{}{} \nåaz_%()|.") | st.characters(), max_size=40) | st.lists(
    st.sampled_from(
        [*(one.written for one in KNOWN.values()), "{ event }", "{", "}", "{{", "{password}", "Hei", "%(x)s"]
    )
).map("".join)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXTS, name=TEXTS)
def test_any_text_is_filled_in_or_refused(app: Flask, text: str, name: str) -> None:
    event = db.session.scalars(select(Event)).first() or builders.event()
    person = previews.example(event, f"{name} Person", "a@espoo.example", "fi")
    subject = Subject(person, event, list)
    if _is_refused(text):
        assert "{" in text or "}" in text
        return
    filled = placeholders.fill(text, subject)
    assert all(part in filled for part in re.split(r"\{[^{}]*\}", text))
    assert ("{" in filled or "}" in filled) <= ("{" in name or "}" in name)


def _is_refused(text: str) -> bool:
    try:
        placeholders.check([Translated(fi=text)])
    except Refused as refused:
        return bool(str(refused))
    return False


def test_what_fills_a_placeholder_is_not_searched_for_another_one(app: Flask) -> None:
    event = builders.event()
    person = previews.example(event, "{contact} Östman", "a@espoo.example", "fi")
    assert (
        placeholders.fill("Hei {given_name}!", Subject(person, event, lambda: events.days_of(event)))
        == "Hei {contact}!"
    )


@pytest.mark.parametrize("text", ["{password}", "{manage_link}", "{given_name", "}", "{}", "{answer:diet}"])
def test_a_mistake_is_named(text: str, app: Flask) -> None:
    with pytest.raises(Refused) as refused:
        placeholders.check([Translated(sv=f"Hej {text}")])
    assert text.strip() in str(refused.value) or "stands alone" in str(refused.value)


def test_no_placeholder_leads_to_a_page_that_manages(app: Flask) -> None:
    event = builders.event()
    person = builders.registration(event)
    filled = placeholders.fill(" ".join(one.written for one in KNOWN.values()), Subject(person, event, list))
    assert "/r/" not in filled
    assert "/j/" not in filled
