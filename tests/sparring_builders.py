"""What tests of sparring stand on, beside tests/builders.py. Each builder commits."""

from typing import Any

from sqlalchemy import select

from app.database import db
from app.events.models import Season
from app.sparring import links
from app.sparring.models import Request, RequestTheme, Theme
from app.translated import Translated
from tests import builders
from tests.builders import ASKOLA


def theme(name: str = "Kirjasto", **given: Any) -> Theme:
    made = Theme(**{"name": Translated(fi=name, en=name), "position": 1} | given)
    db.session.add(made)
    db.session.commit()
    return made


def request(*, themes: tuple[Theme, ...] = (), **given: Any) -> Request:
    """A new request of Askola's, with a contact of its own."""
    values = {
        "season": given.pop("season", None) or db.session.scalar(select(Season).limit(1)) or builders.season(),
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
