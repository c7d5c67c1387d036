"""Who signs in to the demo season, and the example domains by which people's municipalities are known."""

from collections.abc import Iterable

from app.database import db
from app.demo.people import domain
from app.people import queries
from app.people.models import MailDomain, Municipality, Role, User

ESPOO, HELSINKI, HYVINKAA, VANTAA = "049", "091", "106", "092"

_STAFF = (
    ("admin@kuntailmo.example", "Anna Aaltonen", Role.ADMINISTRATOR, None),
    ("jarjestaja@kuntailmo.example", "Jari Järvelä", Role.ORGANISER, None),
    ("katsoja@kuntailmo.example", "Kaisa Katajisto", Role.VIEWER, None),
    ("tutor@hyvinkaa.example", "Sari Laaksonen", Role.TUTOR, HYVINKAA),
    ("tutor@espoo.example", "Erik Ekholm", Role.TUTOR, ESPOO),
    ("tutor@vantaa.example", "Veera Vainio", Role.TUTOR, VANTAA),
    ("tutor@helsinki.example", "Heidi Hallikainen", Role.TUTOR, HELSINKI),
)


def staff() -> dict[str, User]:
    """Users of every role, by their address; one that is there already is left as it is."""
    return {email: queries.user_by_email(email) or _user(email, *rest) for email, *rest in _STAFF}


def know_domains(municipalities: Iterable[Municipality]) -> None:
    """Add each municipality's example domain to the table by which the form fills in the municipality."""
    for municipality in municipalities:
        db.session.merge(
            MailDomain(domain=domain(municipality), municipality_code=municipality.code, source="demo season")
        )


def _user(email: str, name: str, role: Role, municipality_code: str | None) -> User:
    user = User(email=email, email_key=email, name=name, role=role, municipality_code=municipality_code, language="fi")
    db.session.add(user)
    return user
