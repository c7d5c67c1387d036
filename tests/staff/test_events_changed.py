"""An event changes after publishing: what is asked first, what is saved, who is told."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text

from app import clock
from app.database import db
from app.events import queries as events
from app.events.models import Attendance, Event, EventStatus, Mode
from app.messages.models import Message
from app.registrations import announcements, doctor, own_changes
from app.registrations.models import Announcement, Registration, Status
from app.translated import Translated
from tests import builders
from tests.page_client import Page, PageClient


@pytest.fixture
def seminar(organiser: PageClient) -> int:
    """Two confirmed on site, one waiting there."""
    made = builders.event(attendance=Attendance.HYBRID, places_on_site=2, places_online=10)
    for _ in range(3):
        builders.registration(made, mode=Mode.ON_SITE)
    return made.id


def change(organiser: PageClient, event_id: int, **fields: object) -> Page:
    return organiser.submit(organiser.get(f"/staff/events/{event_id}/edit"), "Save", **fields)


def the(event_id: int) -> Event:
    return db.session.get_one(Event, event_id, populate_existing=True)


def announced() -> list[Announcement]:
    return list(db.session.scalars(select(Announcement)))


def tell_everyone() -> list[str]:
    db.session.execute(Message.__table__.delete())
    db.session.commit()
    while announcements.advance():
        db.session.commit()
    db.session.commit()
    return [message.text or "" for message in db.session.scalars(select(Message).order_by(Message.id))]


def test_a_new_venue_is_shown_with_the_number_of_people_before_it_is_saved(organiser: PageClient, seminar: int) -> None:
    question = change(organiser, seminar, **{"venue-fi": "Lohjan pääkirjasto"})
    assert question.h1 == "Save this change?"
    assert "Hyvinkään pääkirjasto, Torikatu 5, Hyvinkää" in question.words
    assert "Lohjan pääkirjasto, Torikatu 5, Hyvinkää" in question.words
    assert "2 people who have a place" in question.words
    assert "1 person on the waiting list" in question.words
    assert the(seminar).venue.fi == "Hyvinkään pääkirjasto"
    assert announced() == []

    done = organiser.submit(question, "Save the change")
    assert "The event is saved. 3 people will be told by mail." in done.words
    assert the(seminar).venue.fi == "Lohjan pääkirjasto"
    texts = tell_everyone()
    assert len(texts) == 3
    assert all("Lohjan pääkirjasto" in told for told in texts)


def test_one_may_go_back_from_the_question_with_all_that_was_typed(organiser: PageClient, seminar: int) -> None:
    question = change(organiser, seminar, address="Laurinkatu 10, Lohja", **{"summary-en": "Typed"})
    form = organiser.submit(question, "Back to the form")
    assert form.h1 == "Edit"
    page = form.get_data(as_text=True)
    assert "Laurinkatu 10, Lohja" in page
    assert "Typed" in page
    assert the(seminar).address == "Torikatu 5, Hyvinkää"


def test_moving_the_day_moves_its_programme(organiser: PageClient, seminar: int) -> None:
    (day,) = events.days_of(the(seminar))
    builders.programme_item(day)
    old = clock.helsinki(day.starts_at)
    moved = (old + timedelta(days=7)).date()
    question = change(organiser, seminar, **{"days-0-date": moved.isoformat()})
    organiser.submit(question, "Save the change")
    (item,) = events.programme_of(the(seminar))[day.id]
    assert clock.helsinki(item.starts_at).date() == moved
    assert clock.helsinki(item.starts_at).time() == old.time()


def test_texts_and_the_meetings_address_change_without_a_question_or_a_mail(
    organiser: PageClient, seminar: int
) -> None:
    page = change(organiser, seminar, meeting_url="https://kokous.example/x", **{"summary-fi": "Toinen teksti"})
    assert "The event is saved." in page.words
    assert the(seminar).meeting_url == "https://kokous.example/x"
    assert announced() == []


def test_a_draft_changes_without_a_question(organiser: PageClient) -> None:
    made = builders.event(status=EventStatus.DRAFT)
    change(organiser, made.id, address="Laurinkatu 10, Lohja")
    assert the(made.id).address == "Laurinkatu 10, Lohja"


def test_a_venue_named_in_swedish_too_is_told_only_to_those_who_read_swedish(organiser: PageClient) -> None:
    made = builders.event(attendance=Attendance.ON_SITE, venue=Translated(fi="Hyvinkään pääkirjasto"))
    builders.registration(made, language="fi")
    builders.registration(made, language="sv")
    question = change(organiser, made.id, **{"venue-sv": "Hyvinge huvudbibliotek"})
    assert "Hyvinge huvudbibliotek" in question.words
    organiser.submit(question, "Save the change")
    (told,) = tell_everyone()
    assert "Hyvinge huvudbibliotek" in told


def test_a_limit_lowered_under_what_is_taken_is_asked_about_and_nobody_loses_a_place(
    organiser: PageClient, seminar: int
) -> None:
    question = change(organiser, seminar, places_on_site="1")
    assert "On site, 1 person more than the new limit has a place. They keep it." in question.words
    organiser.submit(question, "Save the change")
    assert the(seminar).places_on_site == 1
    confirmed = select(Registration).where(Registration.status == Status.CONFIRMED)
    assert len(db.session.scalars(confirmed).all()) == 2
    assert "The event is saved." in change(organiser, seminar, **{"summary-fi": "Uusi"}).words


def test_more_places_go_to_the_queue_at_once(organiser: PageClient, seminar: int) -> None:
    change(organiser, seminar, places_on_site="3")
    assert set(db.session.scalars(select(Registration.status))) == {Status.CONFIRMED}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"days-0-date": "", "days-0-starts": "", "days-0-ends": ""},
            "People have registered, so the event needs at least one day.",
        ),
    ],
)
def test_nobody_is_left_without_a_place_to_go(
    organiser: PageClient, seminar: int, fields: dict[str, str], sentence: str
) -> None:
    page = change(organiser, seminar, **fields)
    assert page.errors == [sentence]
    assert the(seminar).attendance is Attendance.HYBRID


def test_a_change_confirmed_after_someone_else_saved_is_not_saved(organiser: PageClient, seminar: int) -> None:
    question = change(organiser, seminar, address="Laurinkatu 10, Lohja")
    change(organiser, seminar, **{"summary-fi": "Ehdin ensin"})
    late = organiser.submit(question, "Save the change")
    assert late.status_code == 409
    assert "Laurinkatu 10, Lohja" in late.get_data(as_text=True)
    assert announced() == []


def test_the_overview_tells_how_far_the_mails_have_come(organiser: PageClient, seminar: int) -> None:
    organiser.submit(change(organiser, seminar, address="Laurinkatu 10, Lohja"), "Save the change")
    overview = f"/staff/events/{seminar}"
    assert "0 of 3 people" in organiser.get(overview).words
    tell_everyone()
    page = organiser.get(overview)
    assert "The event was changed On its way" in page.words
    assert "3 of 3 people 0 0" in page.words


@pytest.mark.parametrize("status", [EventStatus.CALLED_OFF, EventStatus.ARCHIVED])
def test_what_is_called_off_or_archived_stays_as_it_was(organiser: PageClient, status: EventStatus) -> None:
    made = builders.event(status=status)
    assert organiser.get(f"/staff/events/{made.id}/edit").status_code == 409


@pytest.fixture
def meanwhile() -> Iterator[Callable[[str], None]]:
    """`meanwhile(sql)`: another connection does this between the page's reading and the lock it takes to write."""
    pending: list[str] = []

    def do_it(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        takes_the_lock = statement == "BEGIN IMMEDIATE" or "FOR UPDATE" in statement
        if pending and takes_the_lock:
            meanwhile = text(pending.pop())
            with db.engine.connect().execution_options(write=True) as other:
                other.execute(meanwhile)
                other.commit()

    event.listen(db.engine, "before_cursor_execute", do_it)
    yield pending.append
    event.remove(db.engine, "before_cursor_execute", do_it)


@pytest.mark.parametrize(
    ("statement", "status", "sentence"),
    [
        ("UPDATE event SET version = version + 1", 409, "Someone else saved this event after you opened it."),
        ("UPDATE event SET status = 'called-off'", 200, "An event that is called off or archived can no longer"),
    ],
)
def test_what_happens_in_the_very_moment_of_saving_is_noticed_under_the_lock(
    organiser: PageClient, seminar: int, meanwhile: Callable[[str], None], statement: str, status: int, sentence: str
) -> None:
    form = organiser.get(f"/staff/events/{seminar}/edit")
    meanwhile(statement)
    page = organiser.submit(form, "Save", **{"summary-fi": "Minun tekstini"})
    assert page.status_code == status
    assert sentence in page.errors[0]
    assert "Minun tekstini" in page.get_data(as_text=True)
    assert the(seminar).summary.fi == "Päivä digituesta kunnissa."


def test_those_who_wait_are_not_told_of_a_place_they_do_not_have(organiser: PageClient, seminar: int) -> None:
    organiser.submit(change(organiser, seminar, **{"venue-fi": "Lohjan pääkirjasto"}), "Save the change")
    tell_everyone()
    waiting = db.session.scalars(select(Registration.email).where(Registration.status == Status.WAITING)).one()
    texts = {message.recipient: message.text or "" for message in db.session.scalars(select(Message))}
    assert "jonottaa" in texts[waiting]
    assert [to for to, told in texts.items() if "joku toinen saa paikan" in told] == [
        to for to in texts if to != waiting
    ]


def test_a_new_way_of_taking_part_is_saved_only_after_both_counts_are_shown(organiser: PageClient) -> None:
    made = builders.event(attendance=Attendance.ON_SITE, places_on_site=3)
    for number in range(3):
        builders.registration(made, email=f"p{number}@espoo.example")
    question = change(organiser, made.id, attendance="online", places_online="2")
    assert "2 people take part online from now on and keep the place." in question.words
    assert "1 person does not fit and waits, in the order of registering." in question.words
    assert the(made.id).attendance is Attendance.ON_SITE

    organiser.submit(question, "Save the change")
    standing = {row.email[:2]: (row.mode, row.status) for row in db.session.scalars(select(Registration))}
    online = Mode.ONLINE
    assert standing == {
        "p0": (online, Status.CONFIRMED),
        "p1": (online, Status.CONFIRMED),
        "p2": (online, Status.WAITING),
    }
    assert len(tell_everyone()) == 3


def test_a_whole_group_keeps_all_its_places_or_waits_also_with_those_who_need_not_move(organiser: PageClient) -> None:
    made = builders.event(attendance=Attendance.HYBRID, places_on_site=9, places_online=9, largest_group=3)
    alone = builders.registration(made, mode=Mode.ONLINE)
    small = builders.group(made, "Aho", "Niemi")
    large = builders.group(made, "Kivi", "Laine", "Zitting", language="en")
    own_changes.switch_mode(large[2], Mode.ONLINE)
    db.session.commit()
    last = builders.registration(made, mode=Mode.ON_SITE)
    question = change(organiser, made.id, attendance="online", places_online="5")
    assert "3 people take part online from now on and keep the place." in question.words
    assert "2 people do not fit and wait, in the order of registering." in question.words
    assert "1 person who takes part online already waits too" in question.words

    organiser.submit(question, "Save the change")
    db.session.expire_all()
    assert {one.mode for one in [alone, *small, *large, last]} == {Mode.ONLINE}
    assert {one.status for one in [alone, *small, last]} == {Status.CONFIRMED}
    assert {one.status for one in large} == {Status.WAITING}
    assert len([told for told in tell_everyone() if "Your group waits together" in told]) == len(large)
    cancelled = select(Message.recipient).where(Message.calendar_method == "CANCEL")
    assert {one.email for one in large} <= set(db.session.scalars(cancelled))
    change(organiser, made.id, places_online="7")
    assert {one.status for one in large} == {Status.CONFIRMED}
    assert doctor.examine() == []


def test_whom_a_day_is_for_changes_only_before_people_have_registered(organiser: PageClient) -> None:
    made = builders.event(days=2)
    change(organiser, made.id, **{"days-0-invited_only": True})
    assert [day.invited_only for day in events.days_of(made)] == [True, False]
    builders.registration(made)
    page = change(organiser, made.id, **{"days-0-invited_only": False})
    assert page.errors == ["People have registered, so whom a day is for can no longer change."]
    one_day_left = change(organiser, builders.event().id, **{"days-0-invited_only": True})
    assert one_day_left.errors[0].startswith("Leave a day open.")


@pytest.fixture
def two_days(organiser: PageClient) -> Event:
    """The first day by invitation; one is registered for both days, three for the second."""
    made = builders.event(days=2)
    events.days_of(made)[0].invited_only = True
    db.session.commit()
    builders.registration(made, email="puhuja@espoo.example", takes_place=False)
    for _ in range(3):
        builders.registration(made)
    return made


def test_a_moved_day_by_invitation_is_told_only_to_those_who_have_it(organiser: PageClient, two_days: Event) -> None:
    question = change(organiser, two_days.id, **{"days-0-starts": "08:30"})
    assert "1 person who has a place" in question.words
    done = organiser.submit(question, "Save the change")
    assert "1 person will be told by mail." in done.words
    tell_everyone()
    told = select(Message.recipient).where(Message.occasion == "event-changed")
    assert set(db.session.scalars(told)) == {"puhuja@espoo.example"}


def test_a_moved_open_day_is_told_to_everyone_without_the_days_of_others(
    organiser: PageClient, two_days: Event
) -> None:
    invited_day, open_day = (clock.helsinki(day.starts_at) for day in events.days_of(two_days))
    question = change(organiser, two_days.id, **{"days-1-starts": "08:30"})
    assert "4 people who have a place" in question.words
    organiser.submit(question, "Save the change")
    dated = f"{invited_day.day}.{invited_day.month}."
    texts = [text for text in tell_everyone() if "Kuntatutoreiden" in text]
    assert len([text for text in texts if "8.30" in text]) == 4
    others = [text for text in texts if "puhuja" not in text and "8.30" in text and dated not in text]
    assert len(others) == 3
    assert open_day.day != invited_day.day


def test_the_mail_of_a_change_tells_nobody_that_they_wait_who_does_not(organiser: PageClient) -> None:
    made = builders.event(places_online=1, promotion="offer")
    for status in (Status.AWAITING_APPROVAL, Status.OFFERED, Status.WAITING):
        builders.registration_row(made, status=status, language="en", offer_expires_at=builders.in_days(9))
    later = {f"days-0-{name}": value for name, value in {"starts": "12:00", "ends": "17:00"}.items()}
    organiser.submit(change(organiser, made.id, **later), "Save the change")
    awaiting, offered, waiting = tell_everyone()
    assert "awaits approval" in awaiting
    assert "A place is offered to you" in offered
    assert [text for text in (awaiting, offered) if "waiting list" in text] == []
    assert "You are on the waiting list" in waiting
