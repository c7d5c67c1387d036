"""The demo season: what a visitor sees after `flask seed-demo`, and that it can be made on any day of any year."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app import clock, privacy
from app.database import begin_write, db
from app.demo import calendar
from app.events import queries as events
from app.events.models import Event, EventDay, Mode
from app.messages.models import Message
from app.people import queries as people
from app.people.models import MailDomain, Municipality, Role
from app.registrations import capacity, doctor, waitlist
from app.registrations.models import CalendarEntry, Registration, Status
from tests.conftest import MakeApp
from tests.page_client import CommandRunner, PageClient

SEMINAR, LIBRARY = "kuntatutoreiden-syysseminaari", "kirjasto-digituen-kotina"
SWEDISH = "digitalt-stod-pa-svenska-i-kommunerna"


@pytest.fixture
def sown(app: Flask, runner: CommandRunner) -> None:
    result = runner.invoke(args=["seed-demo", "--force"])
    assert result.output == "The demo season is ready.\n"


def places(slug: str) -> capacity.Places:
    event = events.by_slug(slug)
    assert event
    return capacity.places_of([event])[event.id]


@pytest.mark.usefixtures("sown")
def test_the_past_is_as_it_is_known() -> None:
    past = events.past(clock.now(), limit=20)
    days = {event.slug: [clock.helsinki(day.starts_at).date() for day in events.days_of(event)] for event in past}
    assert sorted(days.values()) == [
        [date(2020, 5, 19)],
        [date(2020, 6, 10)],
        [date(2020, 8, 18)],
        [date(2020, 10, 12), date(2020, 10, 13)],
        [date(2021, 10, 6)],
    ]
    hosts = events.hosts_of(past)
    named = {municipality.name_fi for found in hosts.values() for municipality in found}
    assert named == {"Järvenpää", "Vantaa", "Helsinki"}
    (espoo_is_told_of,) = [event for event in past if "Espoon webinaarista tiedetään vain" in event.description.fi]
    assert "Esbo" in espoo_is_told_of.description.sv


@pytest.mark.usefixtures("sown")
def test_over_200_came_from_nearly_all_of_the_region() -> None:
    in_the_past = select(Registration).join(Registration.event).where(Event.ends_at < clock.now()).subquery()
    assert (db.session.scalar(select(func.count()).select_from(in_the_past)) or 0) > 200
    region = {municipality.code for municipality in people.municipalities_of_the_region("fi")}
    reached = region & set(db.session.scalars(select(in_the_past.c.municipality_code).distinct()))
    assert 23 <= len(reached) < 26


@pytest.mark.usefixtures("sown")
@pytest.mark.parametrize(("slug", "fewest", "municipalities"), [
    ("digitukifoorumi-jarvenpaa-2020", 50, 15), ("kunnan-digituki-kuntoon-yhteistyolla-2020", 10, 12),
    ("digituki-kuntien-toiminnassa-helsinki-2020", 50, 23),
])  # fmt: skip
def test_as_many_came_as_is_told(slug: str, fewest: int, municipalities: int) -> None:
    came = (
        select(Registration.municipality_code)
        .join(Registration.event)
        .where(Event.slug == slug, Registration.status == Status.CONFIRMED)
    )
    codes = db.session.scalars(came).all()
    assert len(codes) > fewest
    assert len(set(codes) - {None}) == municipalities


@pytest.mark.usefixtures("sown")
def test_the_coming_events_stand_as_a_visitor_should_find_them() -> None:
    seminar, library, swedish = places(SEMINAR), places(LIBRARY), places(SWEDISH)
    assert (seminar.taken, seminar.waiting) == ({Mode.ON_SITE: 80, Mode.ONLINE: 140}, {})
    assert (library.taken, library.free(Mode.ONLINE)) == ({Mode.ONLINE: 57}, 3)
    assert (swedish.taken, swedish.waiting, swedish.free(Mode.ONLINE)) == ({Mode.ONLINE: 40}, {Mode.ONLINE: 4}, 0)
    assert doctor.examine() == []


@pytest.mark.usefixtures("sown")
def test_every_event_can_be_read_in_three_languages(client: PageClient) -> None:
    for event in db.session.scalars(select(Event)):
        for text in (event.title, event.summary, event.description, event.audience):
            assert text.missing() == []
        for spoken in ("fi", "sv", "en"):
            page = client.get(f"/{spoken}/events/{event.slug}")
            assert page.status_code == 200
            assert event.title[spoken] in page.words


@pytest.mark.usefixtures("sown")
def test_people_have_example_addresses_that_the_form_knows() -> None:
    rows = db.session.scalars(select(Registration).where(Registration.municipality_code.is_not(None))).all()
    assert all(row.email.endswith(".example") and row.email.isascii() for row in rows)
    region = {row for row in rows if row.municipality.in_region}
    domains = {row.domain: row.municipality_code for row in db.session.scalars(select(MailDomain))}
    assert {domains[row.email.partition("@")[2]] == row.municipality_code for row in region} == {True}
    assert people.municipality_of_address("tutor@hyvinkaa.example") == "106"


@pytest.mark.usefixtures("sown")
def test_a_confirmed_place_has_its_links_and_calendar_and_a_waiting_one_no_calendar() -> None:
    entries = dict(
        db.session.execute(
            select(CalendarEntry.registration_id, func.count()).group_by(CalendarEntry.registration_id)
        ).all()
    )
    days = dict(db.session.execute(select(EventDay.event_id, func.count()).group_by(EventDay.event_id)).all())
    for row in db.session.scalars(select(Registration)):
        assert entries.get(row.id, 0) == (days[row.event_id] if row.is_confirmed else 0)
        assert row.manage_link_hash
        assert row.registered_at <= clock.now()
    waiting = db.session.scalars(select(Registration).where(Registration.status == Status.WAITING)).all()
    assert sorted(waitlist.queue_number(row) for row in waiting) == [1, 2, 3, 4]


@pytest.mark.usefixtures("sown")
def test_a_few_mails_wait_to_be_caught_and_hundreds_do_not() -> None:
    occasions = sorted(db.session.scalars(select(Message.occasion)))
    assert occasions == ["confirmed"] * 7 + ["group", "waiting"]


@pytest.mark.usefixtures("sown")
def test_there_is_somebody_of_every_role_and_four_tutors() -> None:
    users = people.users()
    assert {user.role for user in users} == set(Role)
    tutors = {user.email: user.municipality.name_fi for user in users if user.municipality}
    assert sorted(tutors.values()) == ["Espoo", "Helsinki", "Hyvinkää", "Vantaa"]
    for address in ("admin@kuntailmo.example", "jarjestaja@kuntailmo.example", "tutor@hyvinkaa.example"):
        assert people.user_by_email(address)


@pytest.mark.usefixtures("sown")
def test_those_who_came_in_2020_are_forgotten_as_everyone_would_be() -> None:
    while True:
        begin_write()
        touched = privacy.forget()
        db.session.commit()
        if not touched:
            break
    ended = select(Registration).join(Registration.event).where(Event.ends_at < clock.now())
    rows = db.session.scalars(ended).all()
    assert len(rows) > 200
    assert {(row.given_name, row.email) for row in rows} == {("", "")}
    assert db.session.scalar(select(Registration).where(Registration.given_name == "Maria"))


def test_it_is_made_once(runner: CommandRunner, sown: None) -> None:
    before = db.session.scalar(select(func.count()).select_from(Registration))
    assert runner.invoke(args=["seed-demo", "--if-empty"]).exit_code == 0
    again = runner.invoke(args=["seed-demo", "--force"])
    assert again.exit_code == 1
    assert "there are events already" in again.output
    assert db.session.scalar(select(func.count()).select_from(Registration)) == before


def test_it_is_not_made_where_real_people_register(make_app: MakeApp) -> None:
    secrets = {
        "secret_key": "a production secret of enough length",
        "link_key": "another production secret of enough length",
    }
    addresses = {"mail_sender": "k@kunta.example", "base_url": "https://ilmo.kunta.example"}
    app = make_app(environment="production", **secrets | addresses)
    with app.app_context():
        refused = app.test_cli_runner().invoke(args=["seed-demo", "--if-empty"])
        assert refused.exit_code == 1
        assert "for development" in refused.output
        assert db.session.scalar(select(Event)) is None


@pytest.mark.parametrize("today", [date(2026, 11, 23) + timedelta(days=13 * n) for n in (0, 9, 18, 27)])
def test_it_is_made_on_any_day_of_the_year(runner: CommandRunner, today: date) -> None:
    with time_machine.travel(datetime(today.year, today.month, today.day, 21, 30, tzinfo=UTC), tick=False):
        assert runner.invoke(args=["seed-demo", "--force"]).exit_code == 0
        upcoming = events.upcoming(clock.now())
        assert [event.slug for event in upcoming] == [LIBRARY, SWEDISH, SEMINAR]
        assert doctor.examine() == []


def test_no_event_falls_on_a_holiday_or_into_the_holidays() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365 * 8)]
    chosen = {calendar.event_day(day, weekday) for day in days for weekday in (calendar.TUESDAY, calendar.WEDNESDAY)}
    assert {day.weekday() for day in chosen} == {1, 2}
    for day in chosen:
        assert (day.month, day.day) not in {(1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26), (1, 1)}
        assert not date(day.year, 6, 19) <= day <= date(day.year, 7, 31)


def test_the_same_people_come_every_time(runner: CommandRunner, sown: None, request: pytest.FixtureRequest) -> None:
    def everyone() -> list[tuple[str, str]]:
        return sorted(tuple(row) for row in db.session.execute(select(Registration.email, Registration.role)))

    first = everyone()
    request.getfixturevalue("_database").reset()
    db.session.rollback()
    assert runner.invoke(args=["seed-demo", "--force"]).exit_code == 0
    assert everyone() == first
    assert db.session.get(Municipality, "106")
