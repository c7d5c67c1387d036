"""Three colleagues whom one of them registers for the seminar, by the real door."""

from sqlalchemy import select

from app.database import db
from app.demo.seminar import SEMINAR
from app.events.models import Event, Mode
from app.registrations.booking import Application
from app.registrations.groups import GroupApplication

_LOHJA, _DOMAIN = "444", "lohja.example"
_COLLEAGUES = (
    ("Hanna", "Salo", "hanna.salo", Mode.ON_SITE),
    ("Juha", "Nieminen", "juha.nieminen", Mode.ON_SITE),
    ("Tiina", "Koskinen", "tiina.koskinen", Mode.ONLINE),
)


def application() -> tuple[int, GroupApplication]:
    """The id of the event, and what the contact fills in."""
    event_id = db.session.scalars(select(Event.id).where(Event.slug == SEMINAR.slug)).one()
    members = [
        Application(
            given_name=given,
            family_name=family,
            email=f"{name}@{_DOMAIN}",
            municipality_code=_LOHJA,
            mode=mode,
            language="fi",
        )
        for given, family, name, mode in _COLLEAGUES
    ]
    contact = members[0]
    return event_id, GroupApplication(
        contact_name=f"{contact.given_name} {contact.family_name}",
        contact_email=contact.email,
        language="fi",
        municipality_code=_LOHJA,
        all_or_none=True,
        members=members,
    )
