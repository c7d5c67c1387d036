"""What a request wishes for, as pairs of a word and what was answered: for pages and mails, without who asked.

The locale must be the reader's, and `language` the same.
"""

from flask_babel import gettext as _
from flask_babel import ngettext

from app import wording
from app.sparring import queries
from app.sparring.labels import AUDIENCES, LANGUAGES, METHODS, STARTING_LEVELS, WISHED_MODES
from app.sparring.models import Audience, Method, Request

Facts = list[tuple[str, str]]


def of(request: Request, language: str) -> Facts:
    """Everything that was answered; what was left open takes no line."""
    return [*subject(request, language), *_told([*_meeting(request, language), *_people(request)])]


def subject(request: Request, language: str) -> Facts:
    """What it is about and with whom."""
    themes = [str(theme.name.into(language)) for theme in queries.themes_of(request)]
    partners = [one.name(language) for one in queries.partners(request)]
    together = wording.list_of(partners, language) if partners else _("Yes, with whom is open")
    return _told(
        [
            (_("Themes"), "; ".join(themes)),
            (_("In own words"), request.themes_in_own_words),
            (_("Goal"), request.goal),
            (_("Together with"), together if partners or request.is_joint else ""),
            (_("Tutors wished for"), request.wished_tutors),
        ]
    )


def _meeting(request: Request, language: str) -> Facts:
    windows = [wording.when(one.starts_at, one.ends_at, language) for one in queries.windows(request)]
    minutes = ngettext("%(num)s minute", "%(num)s minutes", request.duration_minutes)
    return [
        (_("Language of the meeting"), str(LANGUAGES[request.language])),
        (_("Takes place"), str(WISHED_MODES[request.mode])),
        (_("Where"), request.venue),
        (_("Times that suit"), "; ".join(windows)),
        (_("Weeks wished for"), request.wished_weeks),
        (_("Length"), minutes),
        (_("Ways of working"), ", ".join(str(METHODS[Method(one)]) for one in request.methods)),
        (_("Access needs of the meeting"), request.access_needs),
    ]


def _people(request: Request) -> Facts:
    audiences = [str(AUDIENCES[Audience(one)]) for one in request.audiences] + [request.audience_other]
    size = ngettext("%(num)s person", "%(num)s people", request.group_size) if request.group_size else ""
    level = str(STARTING_LEVELS[request.starting_level]) if request.starting_level else ""
    return [
        (_("Group"), ", ".join(part for part in (size, *audiences) if part)),
        (_("Starting level"), level),
    ]


def _told(pairs: Facts) -> Facts:
    return [(word, answer) for word, answer in pairs if answer]
