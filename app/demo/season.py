"""Sowing the demo season: what has been, what comes, and who has registered."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, select

from app import clock
from app.database import db
from app.demo import calendar, registrations, rules, sparring
from app.demo.crowds import BY_SIZE, CROWDS
from app.demo.past import PAST
from app.demo.plan import Plan
from app.demo.seminar import SEMINAR
from app.demo.staff import know_domains, staff
from app.demo.webinars import LIBRARY, SWEDISH
from app.events.models import Event, EventDay, EventHost, EventStatus, EventTutor, ProgrammeItem, Season
from app.people import queries as people
from app.people.models import Municipality, User
from app.registrations.models import Registration
from app.translated import Translated

PUBLISHED_BEFORE = timedelta(days=20)
CLOSES_AT = time(16)
CHECKED_BY_THE_TUTOR = 12


def has_events() -> bool:
    return bool(db.session.scalar(select(exists().where(Event.id.is_not(None)))))


def sow() -> None:
    """Make the whole season, dated from today. The caller has begun the write, and commits."""
    homes = {municipality.code: municipality for municipality in people.municipalities("fi")}
    know_domains(homes[code] for code in BY_SIZE)
    users = staff()
    _sow_past(homes)
    season = _sow_upcoming(homes, users)
    sparring.sow(season, users)


def _sow_past(homes: dict[str, Municipality]) -> None:
    seasons = {year: _season(str(year), date(year, 1, 1), date(year, 12, 31)) for year in (2020, 2021)}
    for plan in PAST:
        dates = [day.on for day in plan.days if day.on]
        first_day = clock.helsinki_to_utc(dates[0], plan.days[0].starts)
        event, days = _event(plan, seasons[dates[0].year], dates, published_at=first_day - PUBLISHED_BEFORE)
        event.status = EventStatus.ARCHIVED
        registrations.register(event, days, CROWDS[plan.slug], homes, until=first_day)


def _sow_upcoming(homes: dict[str, Municipality], users: dict[str, User]) -> Season:
    now = clock.now()
    today = clock.helsinki(now).date()
    library = calendar.event_day(today + timedelta(days=10), calendar.TUESDAY)
    swedish = calendar.event_day(library + timedelta(days=1), calendar.WEDNESDAY)
    seminar = calendar.event_day(library + timedelta(days=7), calendar.TUESDAY)
    season = _working_year(seminar)
    for plan, day in ((LIBRARY, library), (SWEDISH, swedish), (SEMINAR, seminar)):
        event, days = _event(plan, season, [day], published_at=now - PUBLISHED_BEFORE)
        event.registration_closes_at = clock.helsinki_to_utc(day - timedelta(days=1), CLOSES_AT)
        made = registrations.register(event, days, CROWDS[plan.slug], homes, until=now)
        if plan is SEMINAR:
            rules.add_to(event)
            _give_to_tutors(event, made, users, at=now - timedelta(hours=5))
    return season


def _season(name: str, starts_on: date, ends_on: date) -> Season:
    season = Season(
        name=Translated(fi=f"Kausi {name}", sv=f"Säsongen {name}", en=f"Season {name}"),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    db.session.add(season)
    return season


def _working_year(day: date) -> Season:
    """The season from August to July that a day falls in."""
    first = day.year if day.month >= 8 else day.year - 1
    return _season(f"{first}–{first + 1}", date(first, 8, 1), date(first + 1, 7, 31))


def _event(
    plan: Plan, season: Season, dates: Sequence[date], *, published_at: datetime
) -> tuple[Event, list[EventDay]]:
    contact_name, contact_email = plan.contact
    event = Event(
        slug=plan.slug,
        season=season,
        status=EventStatus.PUBLISHED,
        kind=plan.kind,
        attendance=plan.attendance,
        title=plan.title,
        summary=plan.summary,
        description=plan.description,
        audience=plan.audience,
        venue=plan.venue.name,
        address=plan.venue.address,
        directions=plan.venue.directions,
        venue_accessibility=plan.venue.accessibility,
        spoken_languages=list(plan.spoken),
        material_languages=list(plan.materials),
        captions=plan.captions,
        hosted_by_organisation=not plan.hosts,
        contact_name=contact_name,
        contact_email=contact_email,
        places_on_site=plan.places_on_site,
        places_online=plan.places_online,
        meeting_url=plan.meeting_url,
        largest_group=plan.largest_group,
        created_at=published_at,
        published_at=published_at,
    )
    db.session.add(event)
    db.session.flush()
    db.session.add_all(EventHost(event_id=event.id, municipality_code=code) for code in plan.hosts)
    return event, _days(event, plan, dates)


def _days(event: Event, plan: Plan, dates: Sequence[date]) -> list[EventDay]:
    made = []
    for date_, hours in zip(dates, plan.days, strict=True):
        starts, ends = (clock.helsinki_to_utc(date_, wall) for wall in (hours.starts, hours.ends))
        day = EventDay(event=event, starts_at=starts, ends_at=ends)
        made.append(day)
        db.session.add_all(
            ProgrammeItem(
                day=day,
                starts_at=clock.helsinki_to_utc(date_, item.starts),
                ends_at=clock.helsinki_to_utc(date_, item.ends),
                form=item.form,
                title=item.title,
                speakers=item.speakers,
                room=item.room,
                sign_up=item.sign_up,
                places=item.places,
            )
            for item in hours.programme
        )
    db.session.add_all(made)
    db.session.flush()
    return made


def _give_to_tutors(event: Event, made: Sequence[Registration], users: dict[str, User], *, at: datetime) -> None:
    """The other tutors are named in the event; the host's has begun to look registrations through."""
    named = [users[f"tutor@{name}.example"] for name in ("espoo", "vantaa", "helsinki")]
    db.session.add_all(EventTutor(event_id=event.id, user_id=tutor.id) for tutor in named)
    for registration in made[:CHECKED_BY_THE_TUTOR]:
        registration.checked_at, registration.checked_by = at, users["tutor@hyvinkaa.example"]
