"""What is wished for, as pairs of a word and what was answered: for pages and mails, without who asked.

The locale must be the reader's, and `language` the same. What was left open takes no line; `between` parts the themes
and the times of one line.
"""

from flask_babel import gettext as _
from flask_babel import ngettext

from app import wording
from app.language import NAMES
from app.people import queries as people
from app.sparring import queries, wishes
from app.sparring.labels import AUDIENCES, METHODS, STARTING_LEVELS, WISHED_MODES, duration
from app.sparring.models import Request
from app.sparring.wishes import Wish

Facts = list[tuple[str, str]]


def of(request: Request, language: str) -> Facts:
    """All that a request wishes for."""
    wish = wishes.of(request)
    return [*together(wish, language), *subject(wish, language), *meeting(wish, language)]


def together(wish: Wish, language: str) -> Facts:
    """Which other municipalities come along."""
    partners = [people.municipality_name(code, language) for code in sorted(wish.partners)]
    still_open = _("others, still open") if wish.is_joint else ""
    return _told([(_("Together with"), wording.list_of(partners, language) or still_open)])


def subject(wish: Wish, language: str, *, between: str = "; ") -> Facts:
    """What it is about, how to work, and who takes part."""
    chosen = [theme for theme in queries.themes_to_choose(wish.themes) if theme.id in wish.themes]
    audiences = [str(AUDIENCES[one]) for one in wish.audiences]
    size = ngettext("%(num)s person", "%(num)s people", wish.group_size) if wish.group_size else ""
    return _told(
        [
            (_("Themes"), between.join(str(theme.name.into(language)) for theme in chosen)),
            (_("In own words"), wish.themes_in_own_words),
            (_("Goal"), wish.goal),
            (_("Ways of working"), ", ".join(str(METHODS[one]) for one in wish.methods)),
            (_("Starting level"), str(STARTING_LEVELS[wish.starting_level]) if wish.starting_level else ""),
            (_("Group"), ", ".join(part for part in (size, *audiences, wish.audience_other) if part)),
        ]
    )


def meeting(wish: Wish, language: str, *, between: str = "; ") -> Facts:
    """Where and when, and what the meeting needs."""
    return _told(
        [
            (_("Takes place"), str(WISHED_MODES[wish.mode])),
            (_("Where"), wish.venue),
            (_("Language of the meeting"), str(NAMES[wish.language])),
            (_("Times that suit"), between.join(wording.when(*window, language) for window in wish.windows)),
            (_("Weeks wished for"), wish.wished_weeks),
            (_("Length"), duration(wish.duration_minutes, language)),
            (_("Tutors wished for"), wish.wished_tutors),
            (_("Access needs of the meeting"), wish.access_needs),
        ]
    )


def _told(pairs: Facts) -> Facts:
    return [(word, answer) for word, answer in pairs if answer]
