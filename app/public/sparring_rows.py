"""What a municipality wishes, as the rows of summary lists: one list for each step of the form."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app import wording
from app.people import queries as people
from app.public.sparring_forms import duration
from app.public.summaries import Row
from app.sparring import queries
from app.sparring.labels import AUDIENCES, METHODS, STARTING_LEVELS, WISHED_MODES
from app.sparring.wishes import Window, Wish

Pairs = list[tuple[str, str]]


def of(wish: Wish, language: str) -> dict[str, list[Row]]:
    """The rows by the step that asks them; what was left open takes no row."""
    parts = {"who": _who(wish, language), "what": _what(wish, language), "when": _when(wish, language)}
    return {step: [{"key": key, "value": value} for key, value in pairs if value] for step, pairs in parts.items()}


def window(one: Window, language: str) -> str:
    return wording.when(one[0], one[1], language)


def spoken(code: str) -> str:
    return {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}[code]


def _who(wish: Wish, language: str) -> Pairs:
    partners = wording.list_of([people.municipality_name(code, language) for code in wish.partners], language)
    return [
        (_("Municipality"), people.municipality_name(wish.municipality_code, language)),
        (_("Together with"), partners or (_("others, still open") if wish.is_joint else "")),
        (_("Contact person"), ", ".join(part for part in (wish.contact_name, wish.contact_title) if part)),
        (_("Email"), wish.contact_email),
        (_("Phone"), wish.contact_phone),
        (_("Language of mails"), spoken(wish.contact_language)),
    ]


def _what(wish: Wish, language: str) -> Pairs:
    chosen = [theme for theme in queries.themes_to_choose(wish.themes) if theme.id in wish.themes]
    audiences = [str(AUDIENCES[one]) for one in wish.audiences]
    size = ngettext("%(num)s person", "%(num)s people", wish.group_size) if wish.group_size else ""
    return [
        (_("Themes"), _lines([str(theme.name.into(language)) for theme in chosen])),
        (_("In own words"), wish.themes_in_own_words),
        (_("Goal"), wish.goal),
        (_("Ways of working"), ", ".join(str(METHODS[one]) for one in wish.methods)),
        (_("Starting level"), str(STARTING_LEVELS[wish.starting_level]) if wish.starting_level else ""),
        (_("Group"), ", ".join(part for part in (size, *audiences, wish.audience_other) if part)),
    ]


def _when(wish: Wish, language: str) -> Pairs:
    return [
        (_("Takes place"), str(WISHED_MODES[wish.mode])),
        (_("Where"), wish.venue),
        (_("Language of the meeting"), spoken(wish.language)),
        (_("Times that suit"), _lines([window(one, language) for one in wish.windows])),
        (_("Weeks wished for"), wish.wished_weeks),
        (_("Length"), duration(wish.duration_minutes)),
        (_("Tutors wished for"), wish.wished_tutors),
        (_("Access needs of the meeting"), wish.access_needs),
    ]


def _lines(texts: Sequence[str]) -> str:
    return Markup("<br> ").join(texts)
