"""The latest to register come in by the real door, so that the caught mail has something to show."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select

from app.database import db
from app.events.models import Event, Mode
from app.registrations import programme_choices
from app.registrations.booking import Application


class Newcomer(NamedTuple):
    event: str
    given: str
    family: str
    email: str
    municipality: str
    role: str
    mode: Mode
    language: str
    workshop: int | None = None


_SEMINAR, _LIBRARY = "kuntatutoreiden-syysseminaari", "kirjasto-digituen-kotina"
_SWEDISH = "digitalt-stod-pa-svenska-i-kommunerna"

# The last finds the webinar full and joins the waiting list.
_NEWCOMERS = (
    Newcomer(
        _SEMINAR, "Maria", "Åkerlund", "maria.akerlund@porvoo.example", "638", "bibliotekarie", Mode.ON_SITE, "sv", 0
    ),
    Newcomer(
        _SEMINAR,
        "Anna-Liisa",
        "Aho-Laine",
        "anna-liisa.aho@vihti.example",
        "927",
        "palveluesimies",
        Mode.ON_SITE,
        "fi",
        1,
    ),
    Newcomer(
        _SEMINAR, "Ville", "Virtanen", "ville.virtanen@nurmijarvi.example", "543", "digineuvoja", Mode.ONLINE, "fi"
    ),
    Newcomer(_LIBRARY, "Noora", "Niemi", "noora.niemi@tuusula.example", "858", "informaatikko", Mode.ONLINE, "fi"),
    Newcomer(_SWEDISH, "Kaj", "Öhman", "kaj.ohman@sipoo.example", "753", "planerare", Mode.ONLINE, "sv"),
)


def applications() -> Iterator[tuple[int, Application]]:
    """The id of the event, and what each newcomer fills in."""
    for newcomer in _NEWCOMERS:
        event = db.session.scalars(select(Event).where(Event.slug == newcomer.event)).one()
        yield (
            event.id,
            Application(
                given_name=newcomer.given,
                family_name=newcomer.family,
                email=newcomer.email,
                municipality_code=newcomer.municipality,
                role=newcomer.role,
                mode=newcomer.mode,
                language=newcomer.language,
                items=_items(event, newcomer),
            ),
        )


def _items(event: Event, newcomer: Newcomer) -> frozenset[int]:
    """The workshop that a newcomer signs up for, by its place among the items with sign-up."""
    if newcomer.workshop is None:
        return frozenset()
    return frozenset({programme_choices.offered(event)[newcomer.workshop].item.id})
