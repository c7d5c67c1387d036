"""A date poll through its pages: opened, answered by personal links, agreed; and what the clock does meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, worker
from app.database import db
from app.messages.models import Message
from app.sparring import links, namings
from app.sparring.meeting_models import Meeting
from app.sparring.models import RequestChange, RequestState
from app.sparring.poll_models import Poll, Side, Suits, Vote, Voter
from tests import builders, meeting_builders, sparring_builders
from tests.page_client import PageClient

pytestmark = pytest.mark.usefixtures("app")


def sent(occasion: str) -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


def windows(days: list[str], ends: str = "13.00") -> dict[str, str]:
    """What the form of a poll holds for these days, from nine on."""
    fields = {}
    for number, day in enumerate(days):
        fields |= {f"windows-{number}-date": day, f"windows-{number}-starts": "9.00", f"windows-{number}-ends": ends}
    return fields


def test_the_team_proposes_times_tutors_answer_and_the_time_is_agreed_for_all(client: PageClient) -> None:
    wish = meeting_builders.request(owner=builders.signed_in(client))
    aino, kaj = meeting_builders.tutor(name="Aino"), meeting_builders.tutor(name="Kaj")
    meeting_builders.named(wish, aino, kaj)
    page = client.get(f"/staff/sparring/requests/{wish.id}/poll", follow_redirects=True)
    days = [clock.helsinki(builders.in_days(number)).date().isoformat() for number in (14, 15)]
    windows = {}
    for number, day in enumerate(days):
        windows |= {
            f"windows-{number}-date": day,
            f"windows-{number}-starts": "9.00",
            f"windows-{number}-ends": "13.00",
        }
    page = client.submit(page, **windows, asks_participants=True)
    assert page.h1 == "Date poll"
    assert "Nobody has answered yet." in page.words
    assert {mail.recipient for mail in sent("sparring-poll")} == {aino.email, kaj.email, wish.contact_email}

    poll = db.session.scalars(select(Poll)).one()
    first, second = (window.id for window in meeting_builders.poll_queries.windows(poll))
    for who, suits in ((aino, ("yes", "if-need-be")), (kaj, ("yes", "no")), (None, ("yes", "yes"))):
        path = meeting_builders.voter_path(poll, who)
        answers = {f"suits_{first}": suits[0], f"suits_{second}": suits[1]}
        page = client.submit(client.get(path), **answers, **{f"starts_{first}": "10.00"} if who is aino else {})
        assert "your answer is saved" in page.words
    assert [mail.recipient for mail in sent("sparring-poll-over")] == [wish.owner.email]

    page = client.get(f"/staff/sparring/requests/{wish.id}/poll")
    assert "It suits all who are required." in page.words
    assert "ruled out" in page.words
    page = client.submit(client.click(page, "Agree the time"))
    assert page.h1 == "Digital support sparring, Karkkila"
    meeting = db.session.scalars(select(Meeting)).one()
    assert clock.helsinki(meeting.starts_at).hour == 10
    assert meeting.request.state is RequestState.AGREED
    invitations = sent("meeting-agreed")
    assert {mail.recipient for mail in invitations} == {aino.email, kaj.email, wish.contact_email}
    assert all(mail.calendar_method == "REQUEST" for mail in invitations)

    late = client.get(meeting_builders.voter_path(poll, kaj))
    assert late.h1 == "The time has been agreed"
    assert "10:00–11:30" in late.words


def test_a_poll_of_one_time_or_of_times_that_overlap_or_are_too_short_is_refused_in_words(client: PageClient) -> None:
    builders.signed_in(client)
    wish = meeting_builders.request()
    meeting_builders.named(wish, meeting_builders.tutor())
    day = clock.helsinki(builders.in_days(14)).date().isoformat()
    path = f"/staff/sparring/requests/{wish.id}/poll/new"
    assert client.submit(client.get(path), **windows([day])).errors == ["Propose from 2 to 8 times."]
    overlap = client.submit(client.get(path), **windows([day, day]))
    assert overlap.errors == ["Two of the times overlap. Join them into one, or move one."]
    later = clock.helsinki(builders.in_days(15)).date().isoformat()
    short = client.submit(client.get(path), **windows([day, later], ends="10.00"))
    assert short.errors == ["Each time must be at least as long as the meeting."]
    assert sent("sparring-poll") == []


def test_an_answer_can_be_changed_and_an_exact_start_must_leave_room_for_the_meeting(client: PageClient) -> None:
    wish, tutor = meeting_builders.request(), meeting_builders.tutor()
    meeting_builders.named(wish, tutor)
    poll = meeting_builders.poll(wish)
    path = meeting_builders.voter_path(poll, tutor)
    first, second = (window.id for window in meeting_builders.poll_queries.windows(poll))
    page = client.submit(client.get(path), **{f"suits_{first}": "yes"})
    assert page.errors == ["Choose yes, if need be or no"]
    late = {f"suits_{first}": "yes", f"starts_{first}": "12.30", f"suits_{second}": "no", "note": "Torstai sopii"}
    page = client.submit(client.get(path), **late)
    assert page.errors == ["The meeting lasts 90 minutes and does not fit from then."]
    client.submit(page, **{f"starts_{first}": "11.30"})
    page = client.submit(client.get(path), **{f"suits_{second}": "if-need-be"})
    assert "your answer is saved" in page.words
    builders.signed_in(client)
    results = client.get(f"/staff/sparring/requests/{wish.id}/poll").words
    assert "Yes 11:30" in results
    assert "If need be" in results
    assert "Torstai sopii" in results


def test_tutors_see_their_own_meetings_and_events_beside_the_times_and_others_do_not(client: PageClient) -> None:
    tutor = meeting_builders.tutor()
    meeting_builders.meeting(builders.in_days(14), tutors=[tutor], municipality_code=builders.ASKOLA)
    builders.event(starts_at=builders.in_days(15), tutors=[tutor])
    wish = meeting_builders.request()
    meeting_builders.named(wish, tutor)
    poll = meeting_builders.poll(wish, asks_participants=True)
    own = client.get(meeting_builders.voter_path(poll, tutor)).words
    assert "Digital support sparring, Askola" in own
    assert "Kuntatutoreiden syysseminaari" in own
    assert "You have that day" not in client.get(meeting_builders.voter_path(poll)).words


def test_a_required_no_is_refused_unless_a_reason_overrides_it(client: PageClient) -> None:
    builders.signed_in(client)
    wish, aino = meeting_builders.request(), meeting_builders.tutor(name="Aino")
    meeting_builders.named(wish, aino)
    poll = meeting_builders.poll(wish)
    meeting_builders.votes(poll, Suits.NO)
    path = f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm"
    day = clock.helsinki(builders.in_days(14)).date().isoformat()
    chosen = {"starts_at-date": day, "starts_at-time": "9.00", "tutors": [str(aino.id)]}
    page = client.submit(client.get(path), **chosen)
    assert page.errors == ["Aino is required and cannot come then. Say why it is agreed all the same."]
    elsewhen = client.submit(page, **{"starts_at-time": "17.00"})
    assert elsewhen.errors[0].startswith("This is another time than those that were asked about.")
    page = client.submit(page, reason="Sovittiin puhelimessa")
    assert page.h1 == "Digital support sparring, Karkkila"
    change = db.session.scalars(select(RequestChange).where(RequestChange.to_state == RequestState.AGREED)).one()
    assert change.reason == "Sovittiin puhelimessa"


def test_a_tutor_who_has_an_event_or_another_meeting_then_is_not_booked_twice(client: PageClient) -> None:
    builders.signed_in(client)
    aino = meeting_builders.tutor(name="Aino")
    meeting_builders.meeting(builders.in_days(14), tutors=[aino], municipality_code=builders.ASKOLA)
    builders.event(starts_at=builders.in_days(15), tutors=[aino])
    wish = meeting_builders.request()
    meeting_builders.named(wish, aino)
    poll = meeting_builders.poll(wish)
    meeting_builders.votes(poll)
    path = f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm"
    for window, what in zip(
        meeting_builders.poll_queries.windows(poll), ("Digital support sparring, Askola", "syysseminaari"), strict=True
    ):
        page = client.submit(client.get(f"{path}?window={window.id}"))
        assert page.errors[0].startswith("Aino is taken then:")
        assert what in page.errors[0]
    assert len(db.session.scalars(select(Meeting)).all()) == 1
    assert client.submit(page, **{"starts_at-time": "15.00", "reason": "Tapahtuman jälkeen"}).errors == []


def test_a_time_that_the_clock_change_skips_or_shows_twice_is_refused(client: PageClient) -> None:
    builders.signed_in(client)
    wish = meeting_builders.request()
    meeting_builders.named(wish, meeting_builders.tutor())
    poll = meeting_builders.poll(wish)
    meeting_builders.votes(poll)
    path = f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm"
    for day, word in (("2027-03-28", "skip"), ("2027-10-31", "twice")):
        page = client.submit(client.get(path), **{"starts_at-date": day, "starts_at-time": "3.30", "reason": "x"})
        assert word in page.errors[0]


def test_a_page_that_somebody_else_was_faster_on_says_so_and_shows_what_was_agreed(client: PageClient) -> None:
    builders.signed_in(client)
    wish = meeting_builders.request()
    meeting_builders.named(wish, meeting_builders.tutor())
    poll = meeting_builders.poll(wish)
    meeting_builders.votes(poll)
    path = f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm"
    first, second = client.get(path), client.get(path)
    client.submit(first)
    page = client.submit(second)
    assert page.status_code == 409
    assert "Agreed:" in page.words
    assert len(sent("meeting-agreed")) == 2


def test_the_silent_are_reminded_once_and_the_owner_is_told_when_the_time_is_up(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = builders.user()
    wish = meeting_builders.request(owner=owner)
    aino, kaj = meeting_builders.tutor(), meeting_builders.tutor()
    meeting_builders.named(wish, aino, kaj)
    poll = meeting_builders.poll(wish)
    first, second = (window.id for window in meeting_builders.poll_queries.windows(poll))
    client.submit(
        client.get(meeting_builders.voter_path(poll, kaj)), **{f"suits_{first}": "yes", f"suits_{second}": "no"}
    )
    answer_by = poll.answer_by
    moments = {-49: (0, 0), -47: (1, 0), -46: (1, 0), 1: (1, 1), 2: (1, 1)}
    for hours, (reminders, told) in moments.items():
        at = answer_by + timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        worker.follow_polls()
        assert [mail.recipient for mail in sent("sparring-poll-reminder")] == [aino.email] * reminders
        assert [mail.recipient for mail in sent("sparring-poll-over")] == [owner.email] * told
    db.session.refresh(wish)
    assert wish.next_step == "Agree the time of the meeting"


def test_who_answered_but_is_not_needed_is_told_the_result_and_gets_no_calendar_entry(client: PageClient) -> None:
    builders.signed_in(client)
    wish, aino, kaj = meeting_builders.request(), meeting_builders.tutor(), meeting_builders.tutor()
    meeting_builders.named(wish, aino)
    meeting_builders.named(wish, kaj, required=False)
    poll = meeting_builders.poll(wish)
    meeting_builders.votes(poll)
    page = client.get(f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm")
    client.submit(page, tutors=[str(aino.id)])
    [told] = sent("sparring-poll-result")
    assert (told.recipient, told.calendar) == (kaj.email, None)
    assert kaj.email not in {mail.recipient for mail in sent("meeting-agreed")}


def test_a_late_answer_is_not_counted_and_shows_what_was_agreed_or_that_it_is_called_off(client: PageClient) -> None:
    wish, tutor = meeting_builders.request(), meeting_builders.tutor()
    meeting_builders.named(wish, tutor)
    poll = meeting_builders.poll(wish)
    meeting_builders.votes(poll)
    path = meeting_builders.voter_path(poll, tutor)
    late, voted = client.get(path), db.session.scalars(select(Vote.suits)).all()
    builders.signed_in(client)
    client.submit(client.get(f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm"))
    first, second = (window.id for window in meeting_builders.poll_queries.windows(poll))
    page = client.submit(late, **{f"suits_{first}": "no", f"suits_{second}": "no"})
    assert page.h1 == "The time has been agreed"
    assert db.session.scalars(select(Vote.suits)).all() == voted
    meeting = db.session.scalars(select(Meeting)).one()
    page = client.submit(client.get(f"/staff/sparring/meetings/{meeting.id}/call-off"), reason="Sairaus")
    client.submit(page, "Call the meeting off")
    assert client.get(path).h1 == "The meeting is called off"
    assert {mail.recipient for mail in sent("meeting-called-off")} == {tutor.email, wish.contact_email}
    assert sent("sparring-postponed") == sent("sparring-postponed-tutor") == []


def test_a_tutor_who_accepts_once_a_poll_is_open_is_asked_by_it_and_counts_as_the_others(client: PageClient) -> None:
    wish = meeting_builders.request(owner=builders.signed_in(client))
    aino, kaj = meeting_builders.tutor(name="Aino"), meeting_builders.tutor(name="Kaj")
    meeting_builders.named(wish, aino)
    late = sparring_builders.naming(wish, namings.profile_of(wish.season, kaj))
    poll = meeting_builders.poll(wish)
    meeting_builders.votes(poll)
    shown = client.get(f"/staff/sparring/requests/{wish.id}/poll/{poll.id}/confirm")

    page = client.submit(client.get(f"/s/tutor/{links.naming_token(late)}"), "I accept")
    assert "You are a tutor of this sparring" in page.words
    assert [mail.recipient for mail in sent("sparring-poll")] == [aino.email, kaj.email]
    assert [mail.recipient for mail in sent("sparring-accepted")] == [wish.owner.email]
    assert client.submit(shown).status_code == 409

    client.click(page, "Answer the poll")
    first, second = (window.id for window in meeting_builders.poll_queries.windows(poll))
    answers = {f"suits_{first}": "no", f"suits_{second}": "yes"}
    client.submit(client.get(meeting_builders.voter_path(poll, kaj)), **answers)
    page = client.get(f"/staff/sparring/requests/{wish.id}/poll")
    assert "Kaj" in page.words
    assert "ruled out" in page.words
    assert len(sent("sparring-poll-over")) == 1


def test_who_was_asked_as_a_colleague_and_accepts_as_a_tutor_keeps_the_one_link(client: PageClient) -> None:
    wish, kaj = meeting_builders.request(), meeting_builders.tutor()
    meeting_builders.named(wish, meeting_builders.tutor())
    sparring_builders.colleague(wish, email=kaj.email)
    late = sparring_builders.naming(wish, namings.profile_of(wish.season, kaj))
    poll = meeting_builders.poll(wish, asks_participants=True)
    client.submit(client.get(f"/s/tutor/{links.naming_token(late)}"), "I accept")
    assert [mail.recipient for mail in sent("sparring-poll")].count(kaj.email) == 1
    voter = db.session.scalars(select(Voter).where(Voter.poll_id == poll.id, Voter.email_key == kaj.email_key)).one()
    assert (voter.side, voter.user_id, voter.is_required) == (Side.TUTOR, kaj.id, True)
