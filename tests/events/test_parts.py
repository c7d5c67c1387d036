"""What hangs on an event is kept by each process as long as the event's stamp stands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.database import begin_write, db
from app.events import parts
from app.events import queries as events
from app.events.models import Event, EventDay, ProgrammeItem
from app.questions import queries as questions
from app.questions.models import Question, QuestionOption
from app.registrations import own_words
from app.registrations.models import Occasion
from app.translated import Translated
from tests import builders

pytestmark = pytest.mark.usefixtures("app")


def first(part: type[Any]) -> Any:
    return db.session.scalars(select(part)).first()


def words(text: str) -> Callable[[Event], None]:
    return lambda event: own_words.save(
        event, Occasion.CONFIRMED, subject=Translated(fi=text), body=Translated(fi=text)
    )


def later(_event: Event) -> None:
    day = first(EventDay)
    day.starts_at, day.ends_at = day.starts_at + timedelta(days=1), day.ends_at + timedelta(days=1)


CHANGES: dict[str, Callable[[Event], Any]] = {
    "a day moves": later,
    "an item is signed up for": lambda event: setattr(first(ProgrammeItem), "sign_up", True),
    "an item goes": lambda event: db.session.delete(first(ProgrammeItem)),
    "a question is asked in other words": lambda event: setattr(first(Question), "label", Translated(fi="Muu")),
    "a question is retired": lambda event: setattr(first(Question), "retired_at", event.created_at),
    "an option is limited": lambda event: setattr(first(QuestionOption), "places", 1),
    "an organiser has own words": words("Tervetuloa"),
}


@pytest.fixture
def event() -> Event:
    made = builders.event()
    builders.programme_item(first(EventDay))
    builders.question(made, options=["Kyllä", "Ei"])
    return made


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_of_a_part_stamps_its_event_and_no_other(event: Event, change: Callable[[Event], Any]) -> None:
    other = builders.event()
    stamps, version = (event.parts_stamp, other.parts_stamp), event.version
    begin_write()
    change(event)
    db.session.commit()
    assert event.parts_stamp != stamps[0]
    assert (other.parts_stamp, event.version) == (stamps[1], version)


def test_what_is_kept_is_read_once_until_it_changes(event: Event) -> None:
    read: list[int] = []

    def reading(event_id: int) -> int:
        read.append(event_id)
        return len(read)

    assert [parts.kept(event, reading), parts.kept(event, reading)] == [1, 1]
    begin_write()
    later(event)
    db.session.commit()
    assert [parts.kept(event, reading), parts.kept(event, reading)] == [2, 2]


def test_what_was_read_before_a_rollback_is_never_taken_for_what_came_instead(event: Event) -> None:
    for text, is_kept in (("peruttu", False), ("tallennettu", True)):
        begin_write()
        words(text)(event)
        assert own_words.of(event)[Occasion.CONFIRMED].subject.fi == text
        (db.session.commit if is_kept else db.session.rollback)()
        assert (Occasion.CONFIRMED in own_words.of(event)) is is_kept


def test_a_change_that_another_process_commits_is_seen_at_the_next_read(event: Event) -> None:
    public = events.public_by_slug(event.slug)
    assert public
    before, asked = public.starts_at, questions.kept_form_of(public).questions
    with db.engine.begin() as another:
        another.execute(update(EventDay).values(starts_at=before - timedelta(hours=1)))
        another.execute(update(Event).values(parts_stamp="another"))
    db.session.rollback()
    public = events.public_by_slug(event.slug)
    assert public
    assert public.starts_at == before - timedelta(hours=1)
    assert questions.kept_form_of(public).questions == asked
