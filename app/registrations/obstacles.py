"""The limit that says no, in words: which one it is, and what the person can do."""

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app import clock, wording
from app.database import db
from app.errors import Refused
from app.events.models import Event, Mode, ProgrammeItem
from app.people import queries as people
from app.questions.models import QuestionOption
from app.registrations.capacity import Places
from app.registrations.counting import Claim, Kind, Resource


def refused(obstacle: Resource, event: Event) -> Refused:
    """The refusal for the person, about what is in the way."""
    return Refused(to_person(obstacle, event), about=obstacle)


def to_person(obstacle: Resource, event: Event) -> str:
    """For someone who registers or changes something, in the language of the page."""
    match obstacle.kind:
        case Kind.MODE:
            return _full(Mode(str(obstacle.which)), event)
        case Kind.MUNICIPALITY:
            return _(
                "All places reserved for %(whom)s are taken. More may be released later.", whom=_whom(obstacle.which)
            )
        case Kind.ITEM:
            return _("“%(title)s” is full. Choose another, or leave it out.", title=_item(obstacle.which))
        case Kind.OPTION:
            return _("“%(label)s” is full. Choose another answer.", label=_option(obstacle.which))


def why_waiting(places: Places, claim: Claim) -> str:
    """Why someone waits, and what they can do about it; empty when only the queue is in the way."""
    obstacle, event = places.obstacle(claim), places.event
    if obstacle is None:
        return ""
    if obstacle.kind is Kind.MODE and not any(places.has_room(mode) for mode in event.modes):
        return _("The event is full.")
    return to_person(obstacle, event)


def limit_in_words(event: Event, language: str) -> str:
    """How many places one municipality may have at this moment, and until when; empty when not limited."""
    limit, until = event.municipality_limit_at(clock.now()), event.municipality_limit_until
    if limit is None:
        return ""
    if until is None:
        return ngettext(
            "One municipality can have %(num)s place.", "One municipality can have %(num)s places at the most.", limit
        )
    when = wording.date_and_time(until, language)
    return ngettext(
        "One municipality can have %(num)s place until %(when)s. Then the places that are left go to the waiting list.",
        "One municipality can have %(num)s places at the most until %(when)s. Then the places that are left go to the "
        "waiting list.",
        limit,
        when=when,
    )


def to_organiser(obstacle: Resource, event: Event) -> str:
    """For the organiser, who can raise the limit or give an extra place."""
    match obstacle.kind:
        case Kind.MODE:
            return _("No place is free. Raise the number of places, or wait until someone withdraws.")
        case Kind.MUNICIPALITY:
            return _(
                "The places of %(whom)s are taken. Raise the limit, or give an extra place.", whom=_whom(obstacle.which)
            )
        case Kind.ITEM:
            return _("“%(title)s” is full. Raise its places, or change the choice.", title=_item(obstacle.which))
        case Kind.OPTION:
            return _("“%(label)s” is full. Raise its places, or change the answer.", label=_option(obstacle.which))


def size_in_words(resource: Resource, limit: int) -> str:
    """How many places there are of what is too small for a whole group."""
    match resource.kind:
        case Kind.MODE if resource.which == Mode.ON_SITE:
            return _("The number of places on site is %(number)s.", number=limit)
        case Kind.MODE:
            return _("The number of places online is %(number)s.", number=limit)
        case Kind.MUNICIPALITY:
            return _("The number of places for one municipality is %(number)s.", number=limit)
        case Kind.ITEM:
            return _("The number of places in “%(title)s” is %(number)s.", title=_item(resource.which), number=limit)
        case Kind.OPTION:
            return _("The number of places in “%(title)s” is %(number)s.", title=_option(resource.which), number=limit)


def _full(mode: Mode, event: Event) -> str:
    if len(event.modes) == 1:
        return _("The event is full.")
    if mode is Mode.ON_SITE:
        return _("The places on site are taken. There may be room online.")
    return _("The places online are taken. There may be room on site.")


def _whom(code: str | int | None) -> str:
    return people.municipality_name(str(code), _language()) if code else _("other organisations")


def _item(item_id: str | int | None) -> str:
    return str(db.session.get_one(ProgrammeItem, item_id).title.into(_language()))


def _option(option_id: str | int | None) -> str:
    return str(db.session.get_one(QuestionOption, option_id).label.into(_language()))


def _language() -> str:
    return str(get_locale() or "fi")
