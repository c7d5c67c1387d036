"""What a request wishes for, in words: the first part of its page."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app import language, wording
from app.sparring import queries
from app.sparring.labels import AUDIENCES, METHODS, SOURCES, STARTING_LEVELS, WISHED_MODES
from app.sparring.models import Audience, Method, Request
from app.staff.choices import LANGUAGES

Rows = list[dict[str, Any]]


def shown(sparring: Request) -> dict[str, Any]:
    return {
        "contact_rows": _told(contact(sparring)),
        "colleagues": queries.colleagues(sparring),
        "wish_rows": _told([*_subject(sparring), *_meeting(sparring), *_people(sparring)]),
    }


def contact(sparring: Request) -> list[tuple[str, str]]:
    """Who asked, as pairs of a word and what was given."""
    name = ", ".join(part for part in (sparring.contact_name, sparring.contact_title) if part)
    return [
        (_("Contact"), name),
        (_("Email"), sparring.contact_email),
        (_("Phone"), sparring.contact_phone),
        (_("Language of contact"), LANGUAGES[sparring.contact_language]),
    ]


def _subject(sparring: Request) -> list[tuple[str, str]]:
    spoken = language.current()
    themes = [str(theme.name.into(spoken)) for theme in queries.themes_of(sparring)]
    partners = [one.name(spoken) for one in queries.partners(sparring)]
    together = wording.list_of(partners, spoken) if partners else _("Yes, with whom is open")
    return [
        (_("Themes"), "; ".join(themes)),
        (_("In own words"), sparring.themes_in_own_words),
        (_("Goal"), sparring.goal),
        (_("Together with"), together if partners or sparring.is_joint else ""),
        (_("Tutors wished for"), sparring.wished_tutors),
    ]


def _meeting(sparring: Request) -> list[tuple[str, str]]:
    spoken = language.current()
    windows = [wording.when(one.starts_at, one.ends_at, spoken) for one in queries.windows(sparring)]
    methods = [str(METHODS[Method(one)]) for one in sparring.methods]
    minutes = ngettext("%(num)s minute", "%(num)s minutes", sparring.duration_minutes)
    return [
        (_("Language of the meeting"), LANGUAGES[sparring.language]),
        (_("Takes place"), str(WISHED_MODES[sparring.mode])),
        (_("Where"), sparring.venue),
        (_("Times that suit"), "; ".join(windows)),
        (_("Weeks wished for"), sparring.wished_weeks),
        (_("Length"), minutes),
        (_("Ways of working"), ", ".join(methods)),
        (_("Access needs of the meeting"), sparring.access_needs),
    ]


def _people(sparring: Request) -> list[tuple[str, str]]:
    spoken = language.current()
    audiences = [str(AUDIENCES[Audience(one)]) for one in sparring.audiences] + [sparring.audience_other]
    size = ngettext("%(num)s person", "%(num)s people", sparring.group_size) if sparring.group_size else ""
    level = str(STARTING_LEVELS[sparring.starting_level]) if sparring.starting_level else ""
    return [
        (_("Group"), ", ".join(part for part in (size, *audiences) if part)),
        (_("Starting level"), level),
        (_("Came"), f"{SOURCES[sparring.source]}, {wording.date_and_time(sparring.created_at, spoken)}"),
    ]


def _told(pairs: list[tuple[str, str]]) -> Rows:
    """What has been answered; what has not takes no line."""
    return [{"key": key, "value": value} for key, value in pairs if value]
