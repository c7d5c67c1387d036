"""A confirmation drafted before the event is locked: used as long as it is true, and written anew when it is not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Event
from app.messages.models import Message
from app.registrations import drafts, own_words, posting
from app.registrations.models import CalendarEntry, Occasion, Registration, Status
from app.translated import Translated
from tests import builders

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Lets something happen between the draft of a confirmation and the lock."""
    drafted = drafts.confirmation

    def happens(deed: Callable[[], Any]) -> None:
        def confirmation(*given: Any) -> drafts.Draft | None:
            draft = drafted(*given)
            assert draft
            begin_write()
            deed()
            db.session.commit()
            return draft

        monkeypatch.setattr(drafts, "confirmation", confirmation)

    return happens


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each mail that is laid out, whether that was in a write transaction."""
    when: list[bool] = []
    lay_out = posting.lay_out

    def noting(*given: Any) -> tuple[str, str]:
        when.append(bool(db.session.connection().get_execution_options().get("write")))
        return lay_out(*given)

    monkeypatch.setattr(posting, "lay_out", noting)
    return when


def only_mail() -> Message:
    return db.session.scalars(select(Message)).one()


def move_day(event: Event) -> None:
    (day,) = events.days_of(event)
    day.starts_at, day.ends_at = day.starts_at + timedelta(days=3), day.ends_at + timedelta(days=3)


def test_the_mail_and_the_calendar_are_written_before_the_event_is_locked(written: list[bool]) -> None:
    registration = builders.attempt(builders.event()).registration
    assert registration
    assert written == [False]
    mail, entry = only_mail(), db.session.scalars(select(CalendarEntry)).one()
    assert (mail.occasion, mail.about) == (Occasion.CONFIRMED, f"registration:{registration.uuid}")
    assert (entry.registration_id, entry.sequence) == (registration.id, 0)
    assert mail.calendar
    assert entry.uid.encode() in mail.calendar.replace(b"\r\n ", b"")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda event: setattr(event, "title", Translated(fi="Toinen nimi")), "Toinen nimi"),
        (lambda event: setattr(event, "contact_email", "uusi@hanko.example"), None),
        (move_day, None),
    ],
)
def test_what_changed_before_the_lock_is_what_the_mail_says(
    change: Callable[[Event], Any], says: str | None, meanwhile: Any, written: list[bool]
) -> None:
    event = builders.event()
    meanwhile(lambda: change(event))
    builders.attempt(event)
    assert written == [False, True]
    mail, entry = only_mail(), db.session.scalars(select(CalendarEntry)).one()
    (day,) = events.days_of(event)
    assert (entry.starts_at, entry.ends_at) == (day.starts_at, day.ends_at)
    assert mail.reply_to == posting.contact(event)
    assert says is None or (says in mail.subject and says in (mail.text or "") and says in (mail.html or ""))


def test_who_gets_no_place_meanwhile_is_told_only_that(meanwhile: Any) -> None:
    event = builders.event(places_online=1)
    meanwhile(lambda: db.session.add(builders.registration_row(event)))
    answer = builders.attempt(event)
    assert answer.status is Status.WAITING
    assert only_mail().occasion == Occasion.WAITING
    assert db.session.scalar(select(CalendarEntry)) is None
    assert answer.registration
    assert answer.registration.confirmed_at is None


def test_an_address_that_has_a_registration_gets_no_second_one_from_the_draft() -> None:
    event = builders.event()
    for _ in range(2):
        builders.attempt(event, email="maija@espoo.example")
    assert len(db.session.scalars(select(Registration)).all()) == 1
    assert len(db.session.scalars(select(CalendarEntry)).all()) == 1


def test_the_organisers_own_words_stand_in_the_draft(written: list[bool]) -> None:
    event = builders.event()
    begin_write()
    own_words.save(event, Occasion.CONFIRMED, subject=Translated(fi="Tervetuloa!"), body=Translated(fi="Nähdään."))
    db.session.commit()
    builders.attempt(event)
    assert written == [False]
    assert only_mail().subject == "Tervetuloa!"
    assert "Nähdään." in (only_mail().text or "")
