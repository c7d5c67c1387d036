"""What tests stand on, with sensible defaults: a test states only what matters to it. Each builder commits."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import insert, select

import config
from app import access, clock, wording
from app.database import db
from app.events.models import (
    Attendance,
    Event,
    EventDay,
    EventHost,
    EventStatus,
    EventTutor,
    Kind,
    Mode,
    ProgrammeItem,
    Season,
    new_uuid,
)
from app.people import sign_in
from app.people.models import UUSIMAA, Municipality, Role, User
from app.questions.models import Question, QuestionCondition, QuestionKind, QuestionOption
from app.registrations import booking, groups, links, queries
from app.registrations.booking import Application
from app.registrations.groups import GroupApplication
from app.registrations.models import Attempt, Registration, Status
from app.translated import Translated

ESPOO, ASKOLA, RAASEPORI, VANTAA, TAMPERE = "049", "018", "710", "092", "837"
_numbers = count(1)

GIVEN_NAMES = "Maria Outi Petri Salla Kaj Åsa Ülle Börje Äly Øystein Anna-Liisa Ville".split()
FAMILY_NAMES = "Åkerlund Järvinen Laaksonen Niemi Öhman Virtanen Wahlroos von_Essen Üksküll Zitting Aho-Laine".split()


def season(**given: Any) -> Season:
    made = Season(**{"name": Translated(fi="Kausi 2026", sv="Säsongen 2026"), "starts_on": date(2026, 1, 1),
                     "ends_on": date(2026, 12, 31)} | given)  # fmt: skip
    return _kept(made)


def event(
    *,
    days: int = 1,
    starts_at: datetime | None = None,
    hosts: Sequence[str] = (),
    tutors: Sequence[User] = (),
    **given: Any,
) -> Event:
    """A published webinar in two weeks (or at `starts_at`, see `in_days`), without a limit, on one or more days."""
    defaults = {
        "slug": f"syysseminaari-{next(_numbers)}",
        "status": EventStatus.PUBLISHED,
        "kind": Kind.SEMINAR,
        "attendance": Attendance.ONLINE,
        "title": Translated(fi="Kuntatutoreiden syysseminaari", sv="Kommuntutorernas höstseminarium"),
        "summary": Translated(fi="Päivä digituesta kunnissa.", sv="En dag om digitalt stöd i kommunerna."),
        "venue": Translated(fi="Hyvinkään pääkirjasto", sv="Hyvinge huvudbibliotek"),
        "address": "Torikatu 5, Hyvinkää",
    }
    made = Event(**defaults | {"season": given.pop("season", None) or _any_season()} | given)
    _kept(made)
    for number in range(days):
        opens_at = (starts_at or in_days(14)) + timedelta(days=number)
        db.session.add(EventDay(event_id=made.id, starts_at=opens_at, ends_at=opens_at + timedelta(hours=6)))
    db.session.add_all(EventHost(event_id=made.id, municipality_code=code) for code in hosts)
    db.session.add_all(EventTutor(event_id=made.id, user_id=tutor.id) for tutor in tutors)
    db.session.commit()
    return made


def programme_item(day: EventDay, **given: Any) -> ProgrammeItem:
    """A talk in the first hour of a day."""
    ends_at = day.starts_at + timedelta(hours=1)
    defaults = {"day": day, "starts_at": day.starts_at, "ends_at": ends_at, "title": Translated(fi="Avaus")}
    return _kept(ProgrammeItem(**defaults | given))


def question(
    event: Event,
    label: str | Translated = "Kysymys",
    *,
    options: Sequence[str | tuple[str, int]] = (),
    after: Any = None,
    **given: Any,
) -> Question:
    """A text question, or a choice among `options` (each may come with its places), last in the event's form.

    `after` is what it depends on: a yes/no question, or an option.
    """
    kind = QuestionKind.CHOICE if options else QuestionKind.TEXT
    label = label if isinstance(label, Translated) else Translated(fi=label)
    values = {"event_id": event.id, "position": next(_numbers), "kind": kind, "label": label}
    made = _kept(Question(**values | given))
    for position, option in enumerate(options):
        text, places = option if isinstance(option, tuple) else (option, None)
        db.session.add(QuestionOption(question_id=made.id, position=position, label=Translated(fi=text), places=places))
    if after is not None:
        earlier, option_id = (after.question_id, after.id) if isinstance(after, QuestionOption) else (after.id, None)
        db.session.add(QuestionCondition(question_id=made.id, earlier_id=earlier, option_id=option_id))
    db.session.commit()
    return made


def options(question: Question) -> list[QuestionOption]:
    """The ready answers of a question, in order."""
    of_it = select(QuestionOption).where(QuestionOption.question_id == question.id)
    return list(db.session.scalars(of_it.order_by(QuestionOption.position)))


def sign_up_item(day: EventDay, title: str | Translated = "Työpaja", *, hour: int = 1, **given: Any) -> ProgrammeItem:
    """An item that participants sign up for, an hour long, so many hours after the day's start."""
    starts_at = day.starts_at + timedelta(hours=hour)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    titled = title if isinstance(title, Translated) else Translated(fi=title)
    return programme_item(day, **times | {"title": titled, "sign_up": True} | given)


def user(role: Role = Role.ORGANISER, **given: Any) -> User:
    number = next(_numbers)
    email = given.setdefault("email", f"{role}-{number}@kuntailmo.example")
    defaults = {"name": f"Staff {number}", "language": "en", "email_key": email.casefold(), "role": role}
    if role is Role.TUTOR:
        defaults["municipality_code"] = ESPOO
    return _kept(User(**defaults | given))


def signed_in(client: FlaskClient, who: User | Role = Role.ORGANISER) -> User:
    """Sign the browser in as a user, or as a new one with this role."""
    who = who if isinstance(who, User) else user(who)
    token = sign_in.redeem_link(sign_in.link(who))
    db.session.commit()
    with client.session_transaction() as session:
        session[access.SESSION_KEY] = token
    return who


def application(**given: Any) -> Application:
    """What a person from Espoo tells in the form, with an address of their own."""
    email = f"maria.akerlund.{next(_numbers)}@espoo.example"
    person = {"given_name": "Maria", "family_name": "Åkerlund", "email": email, "municipality_code": ESPOO}
    return Application(**person | {"mode": Mode.ONLINE, "language": "fi"} | given)


def attempt(event: Event, *, nonce: str | None = None, **given: Any) -> Attempt:
    """Someone sends the public form."""
    nonce = nonce or secrets.token_urlsafe(16)
    booking.register(event.id, application(**given), nonce=nonce)
    db.session.commit()
    answer = queries.attempt_by(nonce, event.id)
    assert answer
    return answer


def registration(event: Event, **given: Any) -> Registration:
    """Someone is registered through the door: confirmed or waiting, with mail and calendar."""
    by = db.session.scalar(select(User).limit(1)) or user()
    made = booking.add(event.id, application(**{"mode": event.modes[0]} | given), by=by)
    db.session.commit()
    return made


def group(event: Event, *families: str, all_or_none: bool = True, **given: Any) -> list[Registration]:
    """Hanna Salo from Espoo registers a group of people with these family names."""
    members = [application(family_name=family, mode=event.modes[0], **given) for family in families]
    told = GroupApplication(
        contact_name="Hanna Salo", contact_email=f"hanna.salo.{next(_numbers)}@espoo.example", language="en",
        municipality_code=ESPOO, all_or_none=all_or_none, members=members,
    )  # fmt: skip
    nonce = secrets.token_urlsafe(16)
    groups.register(event.id, told, nonce=nonce)
    db.session.commit()
    return [one.registration for one in queries.attempts_of_group(nonce, event.id) if one.registration]


def registration_row(event: Event, **given: Any) -> Registration:
    """A confirmed registration as a bare row, of whatever age and status: no mail, no calendar entry."""
    made = Registration(**_registration_values(event, next(_numbers)) | given)
    made.email_key = made.email.casefold()
    booking.name(made, given=made.given_name, family=made.family_name)
    links.seal(made)
    return _kept(made)


def many_registrations(event: Event, number: int) -> None:
    """Registrations in bulk: over the region's municipalities but Askola, other organisations, all statuses."""
    region = select(Municipality.code).where(Municipality.region_code == UUSIMAA, Municipality.code != ASKOLA)
    codes = [*db.session.scalars(region.order_by(Municipality.code)), TAMPERE, None]
    statuses = [Status.CONFIRMED] * 8 + [Status.WAITING, Status.WITHDRAWN]
    rows = []
    for at in range(number):
        given = GIVEN_NAMES[at % len(GIVEN_NAMES)]
        family = FAMILY_NAMES[at % len(FAMILY_NAMES)].replace("_", " ") + ("" if at % 3 else f"-{at}")
        email, code = f"henkilo.{at}@kunta{at % 30}.example", codes[at % len(codes)]
        rows.append(
            _registration_values(event, at)
            | {"given_name": given, "family_name": family, "email": email, "email_key": email}
            | {"sort_key": wording.sort_key(family, given), "search_key": wording.search_key(f"{given} {family}")}
            | {"municipality_code": code, "organisation": "" if code else "Kansalaisyhdistys ry"}
            | {"status": statuses[at % len(statuses)], "mode": event.modes[at % len(event.modes)]}
            | {"manage_link_hash": secrets.token_hex(32), "join_link_hash": secrets.token_hex(32)}
        )
    db.session.execute(insert(Registration), rows)
    db.session.commit()


def _registration_values(event: Event, number: int) -> dict[str, Any]:
    at = clock.now() - timedelta(days=3) + timedelta(seconds=number)
    return {
        "uuid": new_uuid(),
        "event_id": event.id,
        "given_name": "Maria",
        "family_name": "Åkerlund",
        "email": f"maria.akerlund.{number}@espoo.example",
        "municipality_code": ESPOO,
        "role": "palveluesimies",
        "mode": Mode(event.modes[0]),
        "language": "fi",
        "status": Status.CONFIRMED,
        "registered_at": at,
        "queued_at": at,
        "confirmed_at": at,
        "link_generation": 1,
    }


def in_days(days: int) -> datetime:
    """Nine o'clock in Helsinki so many days from today, or ago."""
    day = clock.helsinki(clock.now()).date() + timedelta(days=days)
    return clock.helsinki_to_utc(day, time(9))


def _any_season() -> Season:
    return db.session.scalar(select(Season).limit(1)) or season()


def _kept(made: Any) -> Any:
    db.session.add(made)
    db.session.commit()
    return made


def unsaved_municipality(name: str) -> Municipality:
    """One that is not on Statistics Finland's list, for what a list could one day hold."""
    return Municipality(code="999", name_fi=name, name_sv=name, region_code="99", region_fi="", region_sv="")


def new_key() -> str:
    """A key for sensitive answers."""
    return Fernet.generate_key().decode()


def with_keys(app: Flask, *keys: str) -> config.Settings:
    """The settings of an installation that seals sensitive answers with these keys."""
    settings: config.Settings = app.config["SETTINGS"]
    return settings.model_copy(update={"sensitive_keys": SecretStr(",".join(keys)) if keys else None})
