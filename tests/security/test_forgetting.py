"""After the longest time that anything is kept, a whole life in the service has left nothing of the person."""

from datetime import time, timedelta

import pytest
import time_machine
from flask import Flask, current_app
from sqlalchemy import select, update

from app import clock, privacy, worker
from app.database import Base, begin_write, db
from app.events.models import Event
from app.messages import addresses
from app.messages.models import Message
from app.people import queries as people
from app.people import sign_in
from app.people.models import Role, User
from app.questions.models import Question, QuestionKind
from app.registrations import links, optional_mail
from app.registrations.answer_models import Actor, Answer, Change, Consent, Handover
from app.registrations.mail_models import OpeningWish
from app.registrations.models import Group, Invitation, Registration
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request
from app.translated import Translated
from tests import builders, page_form
from tests.page_client import PageClient
from tests.security import sparring_life

SIGN = "zebra"  # in all that the person types
STAYS_PUBLIC = {"event.contact_name", "event.contact_email", "programme_item.speakers"}
KEPT_WHILE_WORKING = {
    "user_account.name",
    "user_account.email",
    "user_account.email_key",
    "user_account.last_signed_in_at",
    "calendar_feed.token_hash",
}
PERSON = {
    "given_name": "Zebra-Maria",
    "family_name": "Zebra",
    "email": "zebra@espoo.fi",
    "municipality": "other",
    "organisation": "Zebra ry",
    "role": "Zebra",
}


@pytest.fixture
def lived(client: PageClient) -> Event:
    """Registers, waits for a new address, joins; is looked at, refused by a mail server, and writes feedback."""
    event = builders.event(starts_at=clock.now() + timedelta(minutes=10), meeting_url="https://meeting.example/x")
    client.submit(client.get(f"/en/events/{event.slug}/register"), **PERSON)
    registration = db.session.scalars(select(Registration)).one()
    asking = client.get(f"/r/{links.token(links.Purpose.MANAGE, registration)}/address")
    client.submit(asking, email="new.zebra@espoo.fi")
    joining = client.get(f"/j/{links.token(links.Purpose.JOIN, registration)}")
    client.post(joining.request.path, data=page_form.find(joining.document, "Join the meeting").data())
    feedback = client.get("/en/accessibility-feedback")
    client.submit(feedback, message="Zebra cannot read this", email="zebra@espoo.fi")
    _staff_looks(client, event, registration)
    tutor = builders.user(Role.TUTOR)
    begin_write()
    _leave_traces(event, registration)
    sparring_life.leave_traces(event.season, tutor)
    addresses.refused("zebra@espoo.fi", enhanced_code="5.1.1", now=clock.now())
    optional_mail.refuse("zebra@espoo.fi")
    registration.calendar_declined_at = clock.now()
    registration_mail = select(Message).where(Message.occasion == "confirmed")
    db.session.scalars(registration_mail).one().unsubscribe_url = links.unsubscribe_url(registration)
    db.session.commit()
    return event


def _leave_traces(event: Event, registration: Registration) -> None:
    """What the other pages keep, as rows: a group, an invitation, answers, a consent, a handover, a wish."""
    address = "zebra@espoo.fi"
    db.session.add(Invitation(event_id=event.id, name="Zebra", link_hash="invitation"))
    db.session.add(
        Group(event_id=event.id, contact_name="Zebra", contact_email=address, language="fi", organisation="Zebra ry",
              all_or_none=False, manage_link_hash="group")
    )  # fmt: skip
    question = Question(event_id=event.id, position=1, kind=QuestionKind.TEXT, label=Translated(fi="Ruokavalio"))
    db.session.add(question)
    db.session.flush()
    db.session.add(Answer(registration_id=registration.id, question=question, value="zebra", sealed=b"zebra"))
    db.session.add(Consent(registration=registration, matter="participants-list", wording="zebra"))
    db.session.add(Change(registration_id=registration.id, actor=Actor.PERSON, what="details", details={"a": "zebra"}))
    db.session.add(
        Handover(registration=registration, given_name="Zebra", family_name="Zebra", email=address, language="fi",
                 link_hash="handover")
    )  # fmt: skip
    db.session.add(
        OpeningWish(event_id=event.id, email=address, email_key=address, language="fi", link_hash="wish")
    )  # fmt: skip


def _staff_looks(client: PageClient, event: Event, registration: Registration) -> None:
    builders.user(Role.ORGANISER, email="staff@kuntailmo.example")
    staff: PageClient = client.application.test_client()
    staff.submit(staff.get("/en/sign-in"), email="staff@kuntailmo.example")
    builders.signed_in(staff)
    staff.submit(staff.get("/staff/account"), "Make an address for your calendar")
    staff.get(f"/staff/registrations/{registration.id}")
    staff.get(f"/staff/events/{event.id}/municipalities.csv")


def test_every_personal_column_is_empty_in_the_end(lived: Event) -> None:
    filled = {column for column in privacy.PERSONAL if _holds_something(column)}
    assert privacy.PERSONAL.keys() - filled <= STAYS_PUBLIC, "the life above must leave its traces everywhere"
    assert _signs()
    longest = max(privacy.ACCESS_LOG_KEPT, privacy.REGISTRATIONS_KEPT, privacy.MESSAGES_KEPT)
    with time_machine.travel(clock.now() + longest + timedelta(days=1)):
        _forget()
    left = {column for column in privacy.PERSONAL if _holds_something(column)}
    assert left <= STAYS_PUBLIC | KEPT_WHILE_WORKING | {"registration.email_key"}
    assert _signs() == []
    assert db.session.scalars(select(Registration.email_key == Registration.uuid)).one()


@pytest.mark.parametrize(
    ("column", "kept"),
    [
        ("registration_attempt.email", timedelta(days=1)),
        ("address_change.email", timedelta(days=7)),
        ("sign_in_request.address_hash", sign_in.CODE_LASTS + timedelta(days=1)),
        ("user_session.token_hash", sign_in.SESSION_LASTS + timedelta(days=1)),
        ("answer.sealed", timedelta(days=14, hours=6, minutes=10)),
        ("handover.email", timedelta(days=7)),
        ("opening_wish.email", timedelta(hours=6, minutes=10)),
        ("registration.given_name", timedelta(days=365, hours=6, minutes=10)),
        ("join_click.clicked_at", timedelta(days=365, hours=6, minutes=10)),
        ("message.recipient", timedelta(days=365)),
        ("address_failure.address", timedelta(days=365)),
        ("optional_mail_refusal.email_key", timedelta(days=365, hours=6, minutes=10)),
        ("access_log.user_id", timedelta(days=730)),
        ("sparring_request_draft.answers", timedelta(days=1)),
    ],
)
def test_each_is_kept_for_its_own_time_and_no_longer(lived: Event, column: str, kept: timedelta) -> None:
    lived_until = clock.now()
    with time_machine.travel(lived_until + kept - timedelta(minutes=2)):
        _forget()
        assert _holds_something(column)
    with time_machine.travel(lived_until + kept + timedelta(minutes=2)):
        _forget()
        assert not _holds_something(column)


def test_sparring_keeps_what_a_municipality_wished_and_what_came_of_it_without_people(lived: Event) -> None:
    season_is_over = clock.helsinki_to_utc(lived.season.ends_on, time(23, 59)) + timedelta(days=366)
    with time_machine.travel(season_is_over - timedelta(days=2)):
        _forget()
        assert _holds_something("sparring_request.contact_email")
    with time_machine.travel(season_is_over):
        _forget()
    names = {name for name in privacy.PERSONAL if name.startswith(("sparring_", "tutor_", "date_poll_", "meeting"))}
    assert {name for name in names if _holds_something(name)} == set()
    assert db.session.scalars(select(Request.goal)).one() == "Kirjaston digituki"
    assert db.session.scalars(select(Meeting.discussed)).one() == "Puhuttiin kirjastosta"


def _forget() -> None:
    with current_app.app_context():
        while worker.forget():
            pass
    db.session.rollback()


def _holds_something(name: str) -> bool:
    table, _, column = name.partition(".")
    stored = Base.metadata.tables[table].c[column]
    return any(db.session.scalars(select(stored)))


def _signs() -> list[str]:
    """Where the person can still be read, in any column of any table."""
    return [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.c
        for value in db.session.scalars(select(column))
        if SIGN in (value.decode() if isinstance(value, bytes) else str(value)).casefold()
    ]


def test_the_calendar_address_of_someone_who_may_no_longer_sign_in_is_forgotten_at_once(lived: Event) -> None:
    begin_write()
    db.session.execute(update(User).values(active=False))
    db.session.commit()
    _forget()
    assert not _holds_something("calendar_feed.token_hash")


def test_someone_who_left_the_staff_is_forgotten_two_years_after_the_last_sign_in(app: Flask) -> None:
    gone, here = builders.user(Role.TUTOR, active=False), builders.user(Role.TUTOR)
    with time_machine.travel(clock.now() + privacy.STAFF_KEPT + timedelta(minutes=2)):
        _forget()
    assert (gone.name, gone.email) == ("", "")
    assert here.name
    assert people.users() == [here]
