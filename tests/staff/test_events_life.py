"""From draft to published, called off, archived, and copied for the next time."""

from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from app import clock, wording
from app.database import db
from app.events import editing
from app.events import queries as events
from app.events.models import Admission, Attendance, Event, EventAdmitted, EventStatus, QueueOrder
from app.messages.models import Message
from app.registrations import announcements
from app.registrations.models import Announcement
from app.translated import Translated
from tests import builders
from tests.page_client import PageClient


def the(event_id: int) -> Event:
    return db.session.get_one(Event, event_id, populate_existing=True)


def test_an_organiser_sees_the_public_page_of_a_draft_in_each_language_before_publishing(
    organiser: PageClient,
) -> None:
    made = builders.event(status=EventStatus.DRAFT, places_online=10, title=Translated(fi="Syysseminaari", sv="Höst"))
    page = organiser.click(organiser.get(f"/staff/events/{made.id}"), "See the public page before publishing")
    assert "This is a draft. Only organisers see this page" in page.text
    assert "10 places left" in page.words
    assert "noindex" in page.text
    assert "/register" not in page.text
    assert organiser.get(f"/sv/events/{made.slug}/preview").h1 == "Höst"
    assert organiser.application.test_client().get(f"/sv/events/{made.slug}/preview").status_code == 302
    made.status = EventStatus.PUBLISHED
    db.session.commit()
    assert organiser.get(f"/fi/events/{made.slug}/preview").location.endswith(f"/fi/events/{made.slug}")


def test_before_publishing_each_missing_translation_is_named(organiser: PageClient) -> None:
    event = builders.event(
        status=EventStatus.DRAFT,
        title=Translated(fi="Digituki", sv="Digitalt stöd"),
        summary=Translated(fi="Päivä", sv="En dag", en="A day"),
    )
    builders.programme_item(events.days_of(event)[0], title=Translated(fi="Avaus", en="Opening"))
    page = organiser.get(f"/staff/events/{event.id}/publish")
    assert "Title there missing" in page.words
    assert "Programme: Avaus missing there" in page.words
    assert "Summary" not in page.words
    organiser.submit(page, "Publish anyway")
    assert the(event.id).status is EventStatus.PUBLISHED
    assert the(event.id).published_at is not None


def test_an_event_with_everything_is_just_published(organiser: PageClient) -> None:
    full = Translated(fi="Digituki", sv="Digitalt stöd", en="Digital support")
    event = builders.event(status=EventStatus.DRAFT, title=full, summary=full, venue=Translated())
    event.contact_email, event.meeting_url = "info@kunta.example", "https://kokous.example"
    db.session.commit()
    page = organiser.get(f"/staff/events/{event.id}/publish")
    assert "Everything is there in Finnish, Swedish and English." in page.words
    assert "The event is published." in organiser.submit(page, "Publish").words


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"days": 0}, "The event has no day yet, nor does it say when it is expected."),
        ({"title": Translated(sv="Digitalt stöd")}, "The title is missing in Finnish."),
        (
            {"attendance": Attendance.HYBRID, "venue": Translated()},
            "People come on site, but the venue is missing in Finnish.",
        ),
        ({"starts_at": builders.in_days(-3)}, "The event is over already."),
    ],
)
def test_what_blocks_publishing_is_said_and_holds(
    organiser: PageClient, given: dict[str, object], sentence: str
) -> None:
    event = builders.event(status=EventStatus.DRAFT, **given)
    page = organiser.get(f"/staff/events/{event.id}/publish")
    assert sentence in page.words
    assert sentence in organiser.submit(page).words
    assert the(event.id).status is EventStatus.DRAFT


def test_a_published_event_is_not_published_again(organiser: PageClient) -> None:
    event = builders.event(status=EventStatus.DRAFT)
    page = organiser.get(f"/staff/events/{event.id}/publish")
    organiser.submit(page, "Publish anyway")
    published_at = the(event.id).published_at
    assert organiser.submit(page, "Publish anyway").status_code == 409
    assert the(event.id).published_at == published_at


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"status": EventStatus.DRAFT}, "Opens when the event is published"),
        ({"registration_opens_at": builders.in_days(2)}, "Opens "),
        ({"registration_closes_at": builders.in_days(2)}, "Open until "),
        ({}, "Open until the event starts"),
        ({"status": EventStatus.CALLED_OFF}, "Closed"),
    ],
)
def test_the_overview_tells_whether_people_can_register(
    organiser: PageClient, given: dict[str, object], words: str
) -> None:
    page = organiser.get(f"/staff/events/{builders.event(**given).id}")
    moment = next((wording.date_and_time(at, "en") for at in given.values() if isinstance(at, datetime)), "")
    assert f"Registration {words}{moment}" in page.words


def test_an_event_that_nobody_has_registered_for_can_be_taken_back(organiser: PageClient) -> None:
    event = builders.event()
    overview = organiser.get(f"/staff/events/{event.id}")
    organiser.submit(organiser.click(overview, "Unpublish"), "Unpublish")
    assert the(event.id).status is EventStatus.DRAFT


def test_taking_back_is_neither_offered_nor_done_once_someone_has_registered(organiser: PageClient) -> None:
    event = builders.event()
    page = organiser.get(f"/staff/events/{event.id}/unpublish")
    builders.registration(event)
    assert "Unpublish" not in organiser.get(f"/staff/events/{event.id}").words
    answer = organiser.submit(page, "Unpublish")
    assert answer.status_code == 409
    assert "the event can only be called off" in answer.words
    assert the(event.id).is_published


def test_an_event_is_archived_after_its_end_only(organiser: PageClient) -> None:
    over, coming = builders.event(starts_at=builders.in_days(-3)), builders.event()
    assert "Archive" not in organiser.get(f"/staff/events/{coming.id}").words
    assert organiser.submit(organiser.get(f"/staff/events/{coming.id}/archive"), "Archive").status_code == 409
    organiser.submit(organiser.click(organiser.get(f"/staff/events/{over.id}"), "Archive"), "Archive")
    assert the(over.id).status is EventStatus.ARCHIVED


def test_calling_off_shows_the_message_and_how_many_are_told_and_then_tells_them(organiser: PageClient) -> None:
    event = builders.event(places_online=1)
    for language in ("fi", "sv"):
        builders.registration(event, language=language)
    page = organiser.click(organiser.get(f"/staff/events/{event.id}"), "Call off")
    check = organiser.submit(page, "Continue", **{"message-fi": "Puhuja sairastui.", "message-sv": "Talaren är sjuk."})
    assert check.h1 == "Call the event off now?"
    assert "1 person who has a place" in check.words
    assert "1 person on the waiting list" in check.words
    assert the(event.id).is_published

    done = organiser.submit(check, "Call the event off")
    assert "The event is called off." in done.words
    assert the(event.id).is_called_off
    before = db.session.scalars(select(Message.id)).all()
    announcements.advance()
    db.session.commit()
    told = db.session.scalars(select(Message).where(Message.id.not_in(before)).order_by(Message.language)).all()
    assert ["Puhuja sairastui." in (told[0].text or ""), "Talaren är sjuk." in (told[1].text or "")] == [True, True]


def test_the_message_of_calling_off_is_needed_in_finnish_and_can_be_changed_before_it_goes(
    organiser: PageClient,
) -> None:
    event = builders.event()
    page = organiser.get(f"/staff/events/{event.id}/call-off")
    assert organiser.submit(page, "Continue").errors == ["Write the message in Finnish"]
    check = organiser.submit(page, "Continue", **{"message-fi": "Puhuja\nsairastui."})
    back = organiser.submit(check, "Back to the message")
    assert "Puhuja\nsairastui." in back.get_data(as_text=True).replace("\r\n", "\n")
    assert db.session.scalars(select(Announcement)).all() == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"status": EventStatus.DRAFT}, "Only a published event can be called off."),
        ({"starts_at": builders.in_days(-3)}, "The event is already over."),
    ],
)
def test_what_is_not_ahead_cannot_be_called_off(organiser: PageClient, given: dict[str, object], sentence: str) -> None:
    event = builders.event(**given)
    page = organiser.get(f"/staff/events/{event.id}/call-off")
    assert page.status_code == 409
    assert sentence in page.words


def test_a_copy_is_a_draft_on_another_date_without_people_and_without_the_meetings_address(
    organiser: PageClient,
) -> None:
    original = builders.event(
        days=2,
        hosts=[builders.ESPOO],
        meeting_url="https://kokous.example",
        places_online=60,
        attendance=Attendance.ONLINE,
    )
    builders.programme_item(events.days_of(original)[1], speakers="Maria Åkerlund")
    builders.registration(original)
    form = organiser.click(organiser.get(f"/staff/events/{original.id}"), "Copy")
    page = organiser.submit(form, "Make a copy", first_day="2027-06-01")
    assert "This is the new draft." in page.words
    made = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (made.status, made.meeting_url, made.places_online) == (EventStatus.DRAFT, None, 60)
    assert made.slug != the(original.id).slug
    first, second = events.days_of(made)
    assert clock.helsinki(first.starts_at).isoformat() == "2027-06-01T09:00:00+03:00"
    assert clock.helsinki(second.starts_at).date() == date(2027, 6, 2)
    (item,) = events.programme_of(made)[second.id]
    assert (item.speakers, item.starts_at) == ("Maria Åkerlund", second.starts_at)
    assert [host.code for host in events.hosts_of([made])[made.id]] == [builders.ESPOO]
    assert "0 of 60 places taken" in organiser.get(f"/staff/events/{made.id}").words


def test_a_copy_belongs_to_the_season_of_its_date(organiser: PageClient) -> None:
    original = builders.event()
    coming = builders.season(name=Translated(fi="Kausi 2027"), starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    organiser.submit(organiser.get(f"/staff/events/{original.id}/copy"), "Make a copy", first_day="2027-06-01")
    assert db.session.scalars(select(Event.season_id).order_by(Event.id.desc())).first() == coming.id


def test_a_copy_needs_a_date_whose_clocks_show_its_times(organiser: PageClient) -> None:
    night = builders.event(starts_at=clock.helsinki_to_utc(date(2027, 1, 15), time(3, 30)))
    form = organiser.get(f"/staff/events/{night.id}/copy")
    assert organiser.submit(form, "Make a copy").errors == ["Enter the date of the new event"]
    (error,) = organiser.submit(form, "Make a copy", first_day="2027-03-28").errors
    assert "skip this time" in error
    assert len(db.session.scalars(select(Event)).all()) == 1


def test_what_was_written_when_calling_off_keeps_its_lines_and_links_in_the_mail(organiser: PageClient) -> None:
    event = builders.event()
    builders.registration(event)
    question = organiser.submit(
        organiser.get(f"/staff/events/{event.id}/call-off"),
        **{"message-fi": "Kouluttaja sairastui.\n\nUusi aika: https://kunta.example/uusi"},
    )
    organiser.submit(question, "Call the event off")
    announcements.advance()
    db.session.commit()
    told = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert told is not None
    assert "Kouluttaja sairastui.\n\nUusi aika: https://kunta.example/uusi\n" in str(told.text)
    assert '<p class="quote">Kouluttaja sairastui.\n\nUusi aika: <a href="https://kunta.example/uusi"' in str(told.html)


@pytest.mark.parametrize("status", [EventStatus.CALLED_OFF, EventStatus.ARCHIVED])
def test_an_event_that_cannot_be_edited_offers_no_page_to_edit_it(organiser: PageClient, status: EventStatus) -> None:
    event = builders.event(status=status)
    page = organiser.get(f"/staff/events/{event.id}")
    links = {link.get("href") for link in page.document.iter("a")}
    assert f"/staff/events/{event.id}/registrations" in links
    assert not links & {f"/staff/events/{event.id}/edit", f"/staff/events/{event.id}/programme"}


def test_a_copy_keeps_the_rules_of_registration_and_moves_their_dates(organiser: PageClient) -> None:
    event = builders.event(
        days=2,
        admission=Admission.LISTED,
        queue_order=QueueOrder.FAIR,
        municipality_limit=3,
        municipality_limit_until=builders.in_days(7),
        still_coming_days=2,
    )
    db.session.add(EventAdmitted(event_id=event.id, municipality_code=builders.ESPOO))
    events.days_of(event)[0].invited_only = True
    db.session.commit()
    first_day = clock.helsinki(builders.in_days(44)).date()
    organiser.submit(organiser.get(f"/staff/events/{event.id}/copy"), first_day=first_day.isoformat())
    copied = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert copied
    assert (copied.admission, copied.queue_order) == (Admission.LISTED, QueueOrder.FAIR)
    assert (copied.municipality_limit, copied.still_coming_days) == (3, 2)
    assert copied.municipality_limit_until == builders.in_days(37)
    assert editing.admitted_codes(copied) == [builders.ESPOO]
    assert [day.invited_only for day in events.days_of(copied)] == [True, False]
