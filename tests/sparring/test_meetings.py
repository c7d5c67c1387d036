"""Changes of an agreed meeting: each reaches exactly the right calendars, under one UID with rising numbers."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app import clock
from app.database import begin_write, db
from app.messages.models import Message
from app.people import calendar_feeds
from app.people.models import User
from app.sparring import guests, links, meetings
from app.sparring.meeting_models import Meeting, MeetingGuest, MeetingItem
from app.sparring.models import RequestColleague, RequestState
from app.sparring.poll_models import Side
from tests import builders, meeting_builders, sparring_builders
from tests.calendar_checks import khal_events, libical_errors
from tests.meeting_builders import calendars
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def meeting_of(tutors: list[User]) -> tuple[Meeting, str]:
    meeting = meeting_builders.meeting(tutors=tutors)
    return meeting, meeting.request.contact_email


def join_path(meeting: Meeting, email: str) -> str:
    of_it = select(MeetingGuest).where(MeetingGuest.meeting_id == meeting.id, MeetingGuest.email == email)
    return f"/s/join/{links.guest_token(db.session.scalars(of_it).one().uuid)}"


def colleague(meeting: Meeting) -> RequestColleague:
    made = RequestColleague(
        request=meeting.request, name="Ville", email="ville@karkkila.example", email_key="ville@karkkila.example",
        language="sv", link_hash="x" * 64,
    )  # fmt: skip
    db.session.add(made)
    db.session.commit()
    return made


def test_a_change_of_time_a_swap_of_tutors_and_calling_off_reach_exactly_the_right_calendars(
    client: PageClient,
) -> None:
    builders.signed_in(client)
    aino, kaj, new = (meeting_builders.tutor(name=name) for name in ("Aino", "Kaj", "Nina"))
    meeting, contact = meeting_of([aino, kaj])
    path = f"/staff/sparring/meetings/{meeting.id}"

    preview = client.submit(client.get(f"{path}/time"), starts="12.00", ends="13.30")
    assert preview.h1 == "Save this change?"
    assert all(name in preview.words for name in ("Aino", "Kaj", "Outi Niemi"))
    assert calendars(meeting)[contact] == [("REQUEST", 0)]
    page = client.submit(preview, "Save and tell them")
    assert "12:00–13:30" in page.words
    everyone = {aino.email, kaj.email, contact}
    assert calendars(meeting) == {one: [("REQUEST", 0), ("REQUEST", 1)] for one in everyone}

    preview = client.submit(client.get(f"{path}/tutors"), tutors=[str(aino.id), str(new.id)])
    assert "The meeting leaves the calendar of: Kaj" in preview.words
    assert "The meeting comes into the calendar of: Nina" in preview.words
    client.submit(preview, "Save and tell them")
    got = calendars(meeting)
    assert got[kaj.email] == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert got[new.email] == [("REQUEST", 2)]
    assert got[aino.email] == got[contact] == [("REQUEST", 0), ("REQUEST", 1), ("REQUEST", 2)]

    preview = client.submit(client.get(f"{path}/call-off"), reason="Kirjasto on suljettu")
    page = client.submit(preview, "Call the meeting off")
    assert "The meeting is called off." in page.words
    after = calendars(meeting)
    assert after[kaj.email] == got[kaj.email]
    for one in (aino.email, new.email, contact):
        assert after[one] == [*got[one], ("CANCEL", 3)]
    assert meeting.request.state is RequestState.POSTPONED
    mails = db.session.scalars(select(Message).where(Message.recipient == aino.email, Message.calendar.is_not(None)))
    assert [event.status for event in khal_events(*[mail.calendar or b"" for mail in mails])] == ["CANCELLED"]


def test_a_new_place_is_told_and_a_new_link_or_material_is_not(client: PageClient) -> None:
    builders.signed_in(client)
    meeting, contact = meeting_of([meeting_builders.tutor()])
    path = f"/staff/sparring/meetings/{meeting.id}/details"
    page = client.submit(client.get(path), meeting_url="https://teams.microsoft.com/l/1", materials="# Kortit")
    assert "Saved. Nobody needed to be told." in page.get_data(as_text=True)
    assert calendars(meeting)[contact] == [("REQUEST", 0)]
    preview = client.submit(client.get(path), attendance="on-site", venue="Kirjasto", address="Torikatu 1")
    client.submit(preview, "Save and tell them")
    assert calendars(meeting)[contact] == [("REQUEST", 0), ("REQUEST", 1)]
    assert "Kirjasto, Torikatu 1" in client.get(join_path(meeting, contact)).words


def test_a_participant_by_name_comes_and_goes_without_a_word_to_the_others(client: PageClient) -> None:
    builders.signed_in(client)
    meeting, contact = meeting_of([meeting_builders.tutor()])
    path = f"/staff/sparring/meetings/{meeting.id}/participants"
    page = client.submit(client.get(path), "Add and send the invitation", name="Ville Aho", email="ville@k.example")
    client.submit(page, "Remove Ville Aho")
    got = calendars(meeting)
    assert got["ville@k.example"] == [("REQUEST", 0), ("CANCEL", 1)]
    assert got[contact] == [("REQUEST", 0)]
    assert "You are not expected" in client.get(join_path(meeting, "ville@k.example")).words


def test_a_meeting_is_not_moved_to_where_one_of_its_tutors_has_another(client: PageClient) -> None:
    builders.signed_in(client)
    aino, kaj = meeting_builders.tutor(name="Aino"), meeting_builders.tutor(name="Kaj")
    meeting_builders.meeting(builders.in_days(20), tutors=[aino], municipality_code=builders.ASKOLA)
    meeting, _contact = meeting_of([aino])
    path = f"/staff/sparring/meetings/{meeting.id}"
    day = clock.helsinki(builders.in_days(20)).date().isoformat()
    page = client.submit(client.get(f"{path}/time"), date=day)
    assert page.errors[0].startswith("Aino is taken then: Digital support sparring, Askola")
    builders.event(starts_at=meeting.starts_at, tutors=[kaj])
    page = client.submit(client.get(f"{path}/tutors"), tutors=[str(kaj.id)])
    assert page.errors[0].startswith("Kaj is taken then:")


def test_a_change_saved_over_somebody_elses_is_refused_and_keeps_what_was_typed(client: PageClient) -> None:
    builders.signed_in(client)
    meeting, _contact = meeting_of([meeting_builders.tutor()])
    path = f"/staff/sparring/meetings/{meeting.id}/details"
    first, second = client.get(path), client.get(path)
    client.submit(first, participants="12")
    page = client.submit(second, materials="Kortit")
    assert page.status_code == 409
    assert "Someone else changed this" in page.errors[0]
    assert "Kortit" in page.get_data(as_text=True)


def test_the_programme_runs_from_the_start_and_changes_its_order_by_buttons(client: PageClient) -> None:
    builders.signed_in(client)
    meeting, contact = meeting_of([meeting_builders.tutor()])
    path = f"/staff/sparring/meetings/{meeting.id}/programme"
    for topic, minutes in (("Kierros", "20"), ("Työpaja", "60")):
        page = client.submit(client.get(path), "Add to the programme", topic=topic, minutes=minutes)
    assert "9:00–9:20 Kierros" in page.words
    assert "10 minutes of the meeting are still free" in page.words
    page = client.submit(page, "Move earlier: Työpaja")
    assert "9:00–10:00 Työpaja" in page.words
    client.submit(page, "The programme is ready")
    assert db.session.get_one(Meeting, meeting.id).request.state is RequestState.PROGRAMME_READY
    assert "10:00–10:20 Kierros" in client.get(join_path(meeting, contact)).words


def test_the_join_page_opens_half_an_hour_before_and_leads_out_by_a_button_only(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, contact = meeting_of([meeting_builders.tutor()])
    meeting.meeting_url = "https://teams.microsoft.com/l/meetup"
    db.session.commit()
    path, starts_at, ends_at = join_path(meeting, contact), meeting.starts_at, meeting.ends_at
    early = client.get(path)
    assert "Join the meeting" not in early.words
    assert early.document.find(".//main//form") is None
    monkeypatch.setattr(clock, "now", lambda: starts_at - timedelta(minutes=29))
    page = client.get(path)
    assert "teams.microsoft.com" not in page.get_data(as_text=True)
    token = page.document.find(".//form/input[@name='csrf_token']").get("value")
    answer = client.post(path, data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "https://teams.microsoft.com/l/meetup")
    monkeypatch.setattr(clock, "now", lambda: ends_at)
    assert "The meeting is over" in client.get(path).words


def test_a_tutors_feed_holds_agreed_meetings_as_mailed_and_open_polls_as_tentative(client: PageClient) -> None:
    tutor = meeting_builders.tutor()
    meeting_of([tutor])
    wish = meeting_builders.request(municipality_code=builders.ASKOLA)
    meeting_builders.named(wish, tutor)
    meeting_builders.poll(wish, builders.in_days(20), builders.in_days(21))
    feed = calendar_feeds.path(calendar_feeds.make(tutor))
    db.session.commit()
    before = client.get(feed)
    entries = {str(one["UID"]): str(one["STATUS"]) for one in Calendar.from_ical(before.data).walk("VEVENT")}
    mailed = db.session.scalars(select(Message.calendar).where(Message.occasion == "meeting-agreed")).first()
    uid = str(Calendar.from_ical(mailed or b"").walk("VEVENT")[0]["UID"])
    assert libical_errors(before.data) == []
    assert sorted(entries.values()) == ["CONFIRMED", "TENTATIVE", "TENTATIVE"]
    assert entries[uid] == "CONFIRMED"
    tag = before.headers["ETag"]
    assert client.get(feed, headers={"If-None-Match": tag}).status_code == 304
    builders.signed_in(client)
    client.submit(client.get(f"/staff/sparring/requests/{wish.id}/poll"), "Close without agreeing")
    after = client.get(feed, headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert len(Calendar.from_ical(after.data).walk("VEVENT")) == 1


def test_calling_off_and_agreeing_again_begins_a_new_entry_since_calendars_remember_the_dead_one(
    client: PageClient,
) -> None:
    builders.signed_in(client)
    tutor = meeting_builders.tutor()
    meeting, _contact = meeting_of([tutor])
    first_uid = meeting.uid
    page = client.submit(client.get(f"/staff/sparring/meetings/{meeting.id}/call-off"), reason="Sairaus")
    client.submit(page, "Call the meeting off")
    wish = db.session.get_one(Meeting, meeting.id).request
    wish.state = RequestState.TUTORS_NAMED
    db.session.commit()
    poll = meeting_builders.poll(wish)
    meeting_builders.votes(poll)
    page = client.submit(client.get(f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm"))
    assert page.h1 == "Digital support sparring, Karkkila"
    db.session.rollback()
    again = db.session.get_one(Meeting, meeting.id)
    assert (again.uid != first_uid, again.sequence, len(guests.of(again))) == (True, 0, 2)


def test_a_colleague_taken_off_the_request_is_not_expected_at_its_meeting_either(client: PageClient) -> None:
    meeting, contact = meeting_of([meeting_builders.tutor()])
    removed = sparring_builders.colleague(meeting.request, email="ville@karkkila.example", language="en")
    begin_write()
    meetings.invite(meeting.id, guests.Person(Side.MUNICIPALITY, removed.name, removed.email, "en"), by=builders.user())
    db.session.commit()
    page = client.get(f"/s/{links.request_token(meeting.request)}")
    client.submit(page, f"Remove {removed.name}")
    got = calendars(meeting)
    assert got["ville@karkkila.example"] == [("REQUEST", 0), ("CANCEL", 1)]
    assert got[contact] == [("REQUEST", 0)]
    sent = db.session.scalars(
        select(Message.occasion).where(Message.recipient == "ville@karkkila.example").order_by(Message.id)
    )
    assert sent.all() == ["meeting-agreed", "meeting-removed"]
    assert "You are not expected" in client.get(join_path(meeting, "ville@karkkila.example")).words


@pytest.mark.parametrize(
    ("page", "button", "typed"),
    [
        ("participants", "Add and send the invitation", {"name": "Ville Aho", "email": "ville@k.example"}),
        ("programme", "Add to the programme", {"topic": "Työpaja", "minutes": "60"}),
        ("programme/ITEM", "Save", {"topic": "Kierros torilla", "minutes": "25"}),
    ],
)
def test_what_was_typed_for_a_meeting_just_called_off_is_kept_and_it_is_said_so(
    client: PageClient, page: str, button: str, typed: dict[str, str]
) -> None:
    builders.signed_in(client)
    meeting, _contact = meeting_of([meeting_builders.tutor()])
    path = f"/staff/sparring/meetings/{meeting.id}"
    client.submit(client.get(f"{path}/programme"), "Add to the programme", topic="Kierros", minutes="20")
    item = db.session.scalars(select(MeetingItem)).one()
    opened = client.get(f"{path}/{page}".replace("ITEM", str(item.id)))
    meeting.called_off_at = clock.now()
    db.session.commit()
    late = client.submit(opened, button, **typed)
    assert late.status_code == 409
    assert late.errors == ["The meeting is called off. What you typed was not saved, but it is kept here."]
    assert all(f'value="{value}"' in late.get_data(as_text=True) for value in typed.values())
    assert "ville@k.example" not in calendars(meeting)
    assert [one.topic for one in db.session.scalars(select(MeetingItem))] == ["Kierros"]


def test_a_button_pressed_for_a_meeting_just_called_off_says_so_on_its_page(client: PageClient) -> None:
    builders.signed_in(client)
    meeting, contact = meeting_of([meeting_builders.tutor()])
    opened = client.get(f"/staff/sparring/meetings/{meeting.id}/participants")
    meeting.called_off_at = clock.now()
    db.session.commit()
    page = client.submit(opened, "Remove Outi Niemi")
    assert (page.status_code, page.h1) == (200, "Participants by name")
    assert "The meeting is called off." in page.words
    assert calendars(meeting)[contact] == [("REQUEST", 0)]
