"""Rounds of sparring, their call rows, and requests as they are counted: a test states only what matters to it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.database import begin_write, db
from app.events.models import Attendance, Season
from app.sparring import rounds
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request, RequestState
from app.sparring.round_models import CallRow, Round
from app.sparring.rounds import Plan
from app.translated import Translated
from tests import builders


def round_of_calls(**given: Any) -> Round:
    """A round that is open now, with its 26 rows and an invitation in Finnish and Swedish."""
    today = clock.helsinki(clock.now()).date()
    season = db.session.scalar(select(Season).limit(1)) or builders.season()
    plan = Plan(**{
        "season_id": season.id, "name": Translated(fi="Tammikuun kierros", sv="Januariomgången"),
        "introduction": Translated(fi="Kutsu tutorit kuntaanne."), "goal_municipalities": 4,
        "invitation": Translated(fi="Hei! Haluatteko sparrausta?", sv="Hej! Vill ni ha sparring?"),
        "opens_on": today - timedelta(days=3), "closes_on": today + timedelta(days=20),
    } | given)  # fmt: skip
    begin_write()
    made = rounds.create(plan)
    db.session.commit()
    return made


def call_row(of: Round, municipality: str = builders.ESPOO, **given: Any) -> CallRow:
    """A municipality's row of a round, as `given` has it."""
    row = db.session.scalars(
        select(CallRow).where(CallRow.round_id == of.id, CallRow.municipality_code == municipality)
    ).one()
    for name, value in given.items():
        setattr(row, name, value)
    db.session.commit()
    return row


def request(municipality: str = builders.ESPOO, **given: Any) -> Request:
    """A municipality's new request as a bare row."""
    season = db.session.scalar(select(Season).limit(1)) or builders.season()
    values = {"season_id": season.id, "municipality_code": municipality, "contact_name": "Hanna Salo",
              "contact_email": "hanna@espoo.fi"}  # fmt: skip
    made = Request(**values | given)
    db.session.add(made)
    db.session.commit()
    return made


def held(municipality: str = builders.ESPOO, *, after_days: int = 10, **given: Any) -> Meeting:
    """A request whose meeting was held yesterday, so many days after it was asked for."""
    at = builders.in_days(-1)
    asked = request(municipality, state=RequestState.HELD, created_at=at - timedelta(days=after_days), **given)
    made = Meeting(
        request_id=asked.id, starts_at=at, ends_at=at + timedelta(hours=2), attendance=Attendance.ONLINE, attended=7
    )
    db.session.add(made)
    db.session.commit()
    return made
