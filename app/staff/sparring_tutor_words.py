"""Tutors, their answers and how well they fit, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.language import NAMES
from app.sparring.suggestions import Suggestion
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile

_ANSWERS = {
    NamingStatus.ASKED: _l("Asked, not answered"),
    NamingStatus.ACCEPTED: _l("Accepted"),
    NamingStatus.DECLINED: _l("Declined"),
    NamingStatus.RELEASED: _l("Released"),
}
_TINTS = {
    NamingStatus.ASKED: "waiting",
    NamingStatus.ACCEPTED: "good",
    NamingStatus.DECLINED: "bad",
    NamingStatus.RELEASED: "over",
}
TUTOR_MODES = {"on-site": _l("On site"), "online": _l("Online")}


def naming_words(naming: Naming) -> str:
    return str(_ANSWERS[naming.status])


def naming_tint(naming: Naming) -> str:
    return _TINTS[naming.status]


def suggestion_words(one: Suggestion) -> str:
    """ "2 of 3 themes, Swedish, 1 of 4 taken, not own municipality": why a tutor stands where they do."""
    return ", ".join([*_themes(one), _language(one), *_mode(one), _load(one), _home(one), *_days(one)])


def _themes(one: Suggestion) -> list[str]:
    wished = len(one.asked.themes)
    if not wished:
        return []
    known = len(one.themes_known)
    return [ngettext("%(known)s of %(num)s theme", "%(known)s of %(num)s themes", wished, known=known)]


def _language(one: Suggestion) -> str:
    language = str(NAMES[one.asked.language])
    return language if one.speaks else _("does not speak %(language)s", language=language)


def _mode(one: Suggestion) -> list[str]:
    return [] if one.comes else [_("does not work in the way that is wished")]


def _load(one: Suggestion) -> str:
    numbers = {"taken": one.candidate.taken, "takes": one.candidate.takes}
    if one.is_full:
        return _("%(taken)s of %(takes)s taken, full", **numbers)
    return _("%(taken)s of %(takes)s taken", **numbers)


def _home(one: Suggestion) -> str:
    return _("own municipality") if one.is_own else _("not own municipality")


def _days(one: Suggestion) -> list[str]:
    if not one.days_away:
        return []
    days = len(one.asked.days)
    return [ngettext("away on %(away)s of %(num)s wished day", "away on %(away)s of %(num)s wished days", days,
                     away=one.days_away)]  # fmt: skip


def spoken_languages(profile: TutorProfile) -> str:
    return ", ".join(str(NAMES[one]) for one in profile.languages)


GLOBALS = (spoken_languages, naming_words, naming_tint, suggestion_words)
