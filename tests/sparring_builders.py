"""What tests of sparring stand on, beside tests/builders.py. Each builder commits."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.database import db
from app.events.models import Attendance, Season, new_uuid
from app.people.models import Role, User
from app.sparring import links
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request, RequestColleague, RequestTheme, Theme
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile, TutorTheme
from app.translated import Translated
from tests import builders
from tests.builders import ASKOLA, ESPOO


def theme(name: str = "Kirjasto", **given: Any) -> Theme:
    made = Theme(**{"name": Translated(fi=name, en=name), "position": 1} | given)
    db.session.add(made)
    db.session.commit()
    return made


def request(*, themes: tuple[Theme, ...] = (), **given: Any) -> Request:
    """A new request of Askola's, with a contact of its own."""
    values = {
        "season": given.pop("season", None) or season(),
        "municipality_code": ASKOLA,
        "contact_name": "Kaisa Kontakti",
        "contact_email": "kaisa.kontakti@askola.example",
        "contact_language": "en",
    }
    made = Request(**values | given)
    db.session.add(made)
    db.session.flush()
    made.link_hash = links.digest(links.request_token(made))
    db.session.add_all(RequestTheme(request_id=made.id, theme_id=one.id) for one in themes)
    db.session.commit()
    return made


def season() -> Season:
    """The season there is, or a new one."""
    return db.session.scalar(select(Season).limit(1)) or builders.season()


def tutor(*, user: User | None = None, themes: tuple[Theme, ...] = (), **given: Any) -> TutorProfile:
    """A tutor of Espoo's in the season, who speaks Finnish and comes in every way."""
    values = {
        "season": given.pop("season", None) or season(),
        "user": user or builders.user(Role.TUTOR),
        "municipality_code": ESPOO,
        "languages": ["fi"],
        "modes": ["on-site", "online"],
    }
    made = TutorProfile(**values | given)
    db.session.add(made)
    db.session.flush()
    db.session.add_all(TutorTheme(profile_id=made.id, theme_id=one.id) for one in themes)
    db.session.commit()
    return made


def naming(asked: Request, profile: TutorProfile | None = None, **given: Any) -> Naming:
    """A tutor who has been asked and not answered; no mail of it."""
    made = Naming(**{"request": asked, "profile": profile or tutor(), "status": NamingStatus.ASKED} | given)
    db.session.add(made)
    db.session.flush()
    made.link_hash = links.digest(links.naming_token(made))
    db.session.commit()
    return made


def meeting(asked: Request, *, days: int = 7, **given: Any) -> Meeting:
    """An agreed meeting of an hour in so many days, or ago; nobody's calendar holds it."""
    starts_at = given.pop("starts_at", None) or builders.in_days(days)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    made = Meeting(**times | {"request": asked, "attendance": Attendance.ONLINE} | given)
    db.session.add(made)
    db.session.commit()
    return made


def colleague(asked: Request, **given: Any) -> RequestColleague:
    """Someone of the municipality who follows a request."""
    values = {"name": "Kolle Ga", "email": "kolle.ga@askola.example", "language": "fi", "uuid": new_uuid()} | given
    made = RequestColleague(request=asked, email_key=values["email"], **values)
    made.link_hash = links.digest(links.colleague_token(made.uuid))
    db.session.add(made)
    db.session.commit()
    return made
