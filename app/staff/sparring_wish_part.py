"""What a request wishes for, and who asked: a part of its page."""

from typing import Any

from flask_babel import gettext as _

from app import language, wording
from app.language import OWN_NAMES
from app.sparring import queries, wish_facts
from app.sparring.labels import SOURCES
from app.sparring.models import Request


def shown(sparring: Request) -> dict[str, Any]:
    spoken = language.current()
    came = (_("Came"), f"{SOURCES[sparring.source]}, {wording.date_and_time(sparring.created_at, spoken)}")
    return {
        "contact_rows": _rows(_contact(sparring)),
        "colleagues": queries.colleagues(sparring),
        "wish_rows": _rows([*wish_facts.of(sparring, spoken), came]),
    }


def _contact(sparring: Request) -> list[tuple[str, str]]:
    if not sparring.contact_email:
        return [(_("Contact"), _("The personal details have been erased"))]
    name = ", ".join(part for part in (sparring.contact_name, sparring.contact_title) if part)
    return [
        (_("Contact"), name),
        (_("Email"), sparring.contact_email),
        (_("Phone"), sparring.contact_phone),
        (_("Language of contact"), OWN_NAMES[sparring.contact_language]),
    ]


def _rows(pairs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in pairs if value]
