"""The municipalities as a form offers them: the region's first, then the rest, then another organisation."""

from functools import lru_cache

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app import clock
from app.people import queries as people

OTHER = "other"
_KEPT_SECONDS = 3600


def choices(language: str, empty: str) -> list[SelectChoice]:
    """`empty` is what stands first, for those who choose nothing."""
    return [
        SelectChoice("", empty),
        *_municipalities(language, _("Uusimaa"), _("Other municipalities"), hour()),
        SelectChoice(OTHER, _("Another organisation")),
    ]


def hour() -> int:
    """Which hour it is: for so long the choices stay what they are."""
    return int(clock.now().timestamp()) // _KEPT_SECONDS


@lru_cache(maxsize=12)
def _municipalities(language: str, region: str, elsewhere: str, _hour: int) -> list[SelectChoice]:
    """308 rows that change once a year need not be read for every form."""
    everyone = people.municipalities(language)
    return [
        SelectChoice(one.code, one.name(language), optgroup=region if one.in_region else elsewhere)
        for one in sorted(everyone, key=lambda one: not one.in_region)
    ]
