"""What a municipality wishes, as the rows of summary lists: one list for each step of the form."""

from flask_babel import gettext as _
from markupsafe import Markup

from app.language import NAMES
from app.people import queries as people
from app.public.summaries import Row
from app.sparring import wish_facts
from app.sparring.wish_facts import Facts
from app.sparring.wishes import Wish

_LINES = Markup("<br> ")


def of(wish: Wish, language: str) -> dict[str, list[Row]]:
    """The rows by the step that asks them; what was left open takes no row."""
    parts = {
        "who": [*_who(wish, language), *wish_facts.together(wish, language)],
        "what": wish_facts.subject(wish, language, between=_LINES),
        "when": wish_facts.meeting(wish, language, between=_LINES),
    }
    return {step: [{"key": key, "value": value} for key, value in pairs if value] for step, pairs in parts.items()}


def _who(wish: Wish, language: str) -> Facts:
    return [
        (_("Municipality"), people.municipality_name(wish.municipality_code, language)),
        (_("Contact person"), ", ".join(part for part in (wish.contact_name, wish.contact_title) if part)),
        (_("Email"), wish.contact_email),
        (_("Phone"), wish.contact_phone),
        (_("Language of mails"), str(NAMES[wish.contact_language])),
    ]
