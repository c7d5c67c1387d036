"""Sowing the season's sparring: its tutors, the round with all its calls, and a request in each state."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random

from sqlalchemy import select

from app import clock
from app.database import db
from app.demo import calendar, sparring_meetings
from app.demo import people as invented
from app.demo.sparring_plan import CALLS, PLANS, SparringPlan
from app.demo.sparring_tutors import TUTORS
from app.demo.staff import ESPOO, HELSINKI, HYVINKAA, VANTAA
from app.events.models import Season, new_uuid
from app.people import queries as people
from app.people.models import Municipality, User
from app.sparring import links
from app.sparring.models import (
    Audience,
    Request,
    RequestChange,
    RequestPartner,
    RequestState,
    RequestTheme,
    RequestWindow,
    Source,
    Theme,
)
from app.sparring.round_models import CallRow, CallStatus, Round
from app.sparring.states import PATIENCE
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile, TutorTheme
from app.translated import Translated

MORNING = time(9, 40)
ROUND_OPENED, ROUND_LASTS, ASKED_IN_THE_ROUND = timedelta(days=62), timedelta(days=120), 60
ADDRESSES = {ESPOO: "espoo", HELSINKI: "helsinki", VANTAA: "vantaa", HYVINKAA: "hyvinkaa"}


def sow(season: Season, users: Mapping[str, User]) -> None:
    """Make the sparring of a season, dated from today. The caller has begun the write, and commits."""
    randomly = Random(2021)  # noqa: S311 - the same people every time, not secrets
    themes = list(db.session.scalars(select(Theme)))
    tutors = {code: _tutor(season, users[f"tutor@{name}.example"], code, themes) for code, name in ADDRESSES.items()}
    team = users["jarjestaja@kuntailmo.example"]
    round_ = _round(season)
    homes = {home.code: home for home in people.municipalities_of_the_region("fi")}
    calls = {code: _call(round_, home, team, randomly) for code, home in homes.items()}
    for plan in PLANS:
        request = _request(plan, calls[plan.code], team, randomly)
        db.session.add_all(RequestTheme(request_id=request.id, theme_id=_theme(themes, one).id) for one in plan.themes)
        db.session.add_all(RequestPartner(request_id=request.id, municipality_code=code) for code in plan.partners)
        _log(request, plan, team)
        named = [_name(request, tutors[code]) for code in plan.tutors]
        sparring_meetings.sow(plan, request, named)


def _tutor(season: Season, user: User, code: str, themes: list[Theme]) -> TutorProfile:
    plan = TUTORS[code]
    profile = TutorProfile(
        season_id=season.id,
        user=user,
        municipality_code=code,
        languages=list(plan.languages),
        modes=["on-site", "online"],
        takes=plan.takes,
        presentation=plan.presentation,
        is_shown=True,
    )
    db.session.add(profile)
    db.session.flush()
    db.session.add_all(TutorTheme(profile_id=profile.id, theme_id=_theme(themes, one).id) for one in plan.themes)
    return profile


def _theme(themes: list[Theme], beginning: str) -> Theme:
    return next(theme for theme in themes if theme.name.fi.startswith(beginning))


def _round(season: Season) -> Round:
    opens = _today() - ROUND_OPENED
    made = Round(
        season_id=season.id,
        name=Translated(fi="Syksyn soittokierros", sv="Höstens ringrunda", en="The autumn call"),
        introduction=Translated(
            fi="Soitamme syksyn aikana jokaiseen Uudenmaan kuntaan. Voit myös pyytää sparrausta itse, vaikka heti.",
            sv="Under hösten ringer vi till varje kommun i Nyland. Du kan också själv be om sparring, gärna genast.",
            en="We call every municipality in Uusimaa this autumn. You can also ask for sparring yourself, right now.",
        ),
        invitation=Translated(
            fi="Tutorimme tulevat teille juttelemaan digituesta: paikan päälle tai etänä, teidän aiheistanne.\n\n"
            "Kertokaa linkin takana, mitä toivotte. Se vie viisi minuuttia, ja puuttuvat kohdat täydennetään yhdessä.",
            sv="Våra tutorer kommer gärna till er och diskuterar digitalt stöd: på plats eller på distans, kring era"
            " teman.\n\nBerätta via länken vad ni önskar. Det tar fem minuter, och det som saknas fyller vi i"
            " tillsammans.",
            en="Our tutors would like to come and talk about digital support: on site or online, about your themes.\n\n"
            "Tell us behind the link what you wish for. It takes five minutes, and what is missing we add together.",
        ),
        opens_on=opens,
        closes_on=opens + ROUND_LASTS,
        goal_municipalities=20,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _call(round_: Round, home: Municipality, team: User, randomly: Random) -> CallRow:
    person = invented.invent(randomly, home)
    status, note, again_in = CALLS.get(home.code, (CallStatus.NOT_CALLED, "", None))
    made = CallRow(
        uuid=new_uuid(),
        round=round_,
        municipality=home,
        status=status,
        contact_name=f"{person.given} {person.family}",
        contact_email=person.email,
        contact_language=person.language,
        caller=None if status is CallStatus.NOT_CALLED else team,
        note=note,
        call_again_on=None if again_in is None else _today() + timedelta(days=again_in),
    )
    made.link_hash = links.digest(links.call_token(made.uuid))
    db.session.add(made)
    return made


def _request(plan: SparringPlan, call: CallRow, team: User, randomly: Random) -> Request:
    asked_at = _ago(plan.asked_days_ago)
    call.status, call.caller = CallStatus.REQUESTED, team
    made = Request(
        uuid=new_uuid(),
        season_id=call.round.season_id,
        round=call.round if plan.asked_days_ago <= ASKED_IN_THE_ROUND else None,
        call=call,
        source=randomly.choice((Source.WEB, Source.CALL)),
        municipality=call.municipality,
        contact_name=call.contact_name,
        contact_email=call.contact_email,
        contact_language=plan.language,
        language=plan.language,
        mode=plan.mode,
        duration_minutes=plan.minutes,
        group_size=plan.size,
        audiences=[Audience(one).value for one in plan.audiences],
        starting_level=plan.level,
        themes_in_own_words=plan.own_words,
        methods=[one.value for one in plan.methods],
        goal=plan.goal,
        state=plan.state,
        state_since=asked_at if plan.state is RequestState.NEW else _ago(min(plan.asked_days_ago, 5)),
        owner=None if plan.state is RequestState.NEW else team,
        created_at=asked_at,
    )
    if plan.state in PATIENCE:
        made.due_on = clock.helsinki(made.state_since).date() + timedelta(days=PATIENCE[plan.state])
    made.link_generation = 1
    made.link_hash = links.digest(links.request_token(made))
    db.session.add(made)
    db.session.flush()
    if plan.days is None:
        _wish_times(made)
    return made


def _wish_times(request: Request) -> None:
    day = _today() + timedelta(days=19)
    for weekday in (calendar.TUESDAY, calendar.WEDNESDAY, calendar.TUESDAY):
        day = calendar.event_day(day + timedelta(days=1), weekday)
        starts, ends = (clock.helsinki_to_utc(day, wall) for wall in (time(12), time(16)))
        db.session.add(RequestWindow(request_id=request.id, starts_at=starts, ends_at=ends))


def _log(request: Request, plan: SparringPlan, team: User) -> None:
    """The way to its state, in equal steps from the day it was asked."""
    way = [RequestState.NEW]
    if plan.state in (RequestState.POSTPONED, RequestState.CALLED_OFF):
        way += [RequestState.PREPARING, plan.state]
    else:
        states = list(RequestState)
        way = states[: states.index(plan.state) + 1]
    step = (clock.now() - request.created_at) / len(way)
    for number, (before, after) in enumerate(pairwise(way), start=1):
        db.session.add(
            RequestChange(
                request_id=request.id,
                at=request.created_at + number * step,
                by=team,
                what="state",
                from_state=before,
                to_state=after,
                reason=plan.reason if after is plan.state else "",
            )
        )


def _name(request: Request, profile: TutorProfile) -> Naming:
    asked_at = request.created_at + timedelta(days=2)
    made = Naming(
        request=request,
        profile=profile,
        status=NamingStatus.ACCEPTED,
        asked_at=asked_at,
        answered_at=asked_at + timedelta(days=1),
    )
    db.session.add(made)
    return made


def _ago(days: int) -> datetime:
    """So many days ago in the morning, or now if that is still to come."""
    return min(clock.now(), clock.helsinki_to_utc(_today() - timedelta(days=days), MORNING))


def _today() -> date:
    return clock.helsinki(clock.now()).date()
