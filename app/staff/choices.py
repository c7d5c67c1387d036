"""What organisers' forms offer: municipalities with the region's first."""

from flask_babel import gettext as _

from app import language
from app.people import queries as people
from app.registrations.queries import OTHER


def municipalities() -> list[tuple[str, str]]:
    """Nothing chosen, the region's municipalities, then the rest of the country."""
    region, rest = _by_region()
    return [("", _("Choose")), *region, *rest]


def municipalities_and_others() -> list[tuple[str, str]]:
    """The same with another organisation after the region."""
    region, rest = _by_region()
    return [("", _("Choose")), *region, (OTHER, _("Other organisation")), *rest]


def _by_region() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    spoken = language.current()
    every = people.municipalities(spoken)
    region = [(one.code, one.name(spoken)) for one in every if one.in_region]
    return region, [(one.code, one.name(spoken)) for one in every if not one.in_region]
