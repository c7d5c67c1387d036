"""Events as the cards of a list, and the links that narrow the list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from markupsafe import Markup

from app import clock, wording
from app.addresses import here
from app.events import queries as events
from app.events.models import Event, Mode
from app.language import IN_EACH, LANGUAGES
from app.people.models import Municipality
from app.public import event_words
from app.public.event_words import Room, Standing
from app.registrations import capacity
from app.registrations.capacity import Places


@dataclass(frozen=True)
class Chosen:
    """How a visitor has narrowed the list; None shows all."""

    mode: Mode | None = None
    spoken: str | None = None

    @classmethod
    def from_query(cls, mode: str | None, spoken: str | None) -> "Chosen":
        """What is in the address; a value that means nothing narrows nothing."""
        return cls(Mode(mode) if mode in list(Mode) else None, spoken if spoken in LANGUAGES else None)

    def fits(self, event: Event) -> bool:
        fits_mode = self.mode is None or self.mode in event.modes
        return fits_mode and (self.spoken is None or self.spoken in event.spoken_languages)


def of_upcoming(shown: Sequence[Event], language: str) -> list[dict[str, Any]]:
    """Cards with places, as components/event_card.html draws them; three queries however many events there are."""
    places, hosts = capacity.places_of(shown), events.hosts_of(shown)
    return [_card(event, hosts.get(event.id, []), language) | _now(places[event.id], language) for event in shown]


def of_past(shown: Sequence[Event], language: str) -> list[dict[str, Any]]:
    """Cards that stand back, without places."""
    hosts = events.hosts_of(shown)
    return [_card(event, hosts.get(event.id, []), language) | {"muted": True} for event in shown]


def mode_links(among: Sequence[Event], chosen: Chosen) -> list[tuple[str, str, bool]]:
    """The pills over the list; each says how many events it would leave. One that would leave none is not shown."""
    options: list[tuple[Any, str]] = [(mode, event_words.mode_in_words(mode)) for mode in Mode]
    return _links(
        "mode", [(None, _("All")), *options], chosen.mode, lambda value: _count(among, Chosen(value, chosen.spoken))
    )


def language_links(among: Sequence[Event], chosen: Chosen) -> list[tuple[str, str, bool]]:
    options = [(None, _("All languages")), *((code, str(name)) for code, name in IN_EACH.items())]
    return _links("spoken", options, chosen.spoken, lambda value: _count(among, Chosen(chosen.mode, value)))


def _links(
    name: str, options: list[tuple[Any, str]], current: Any, count: Callable[[Any], int]
) -> list[tuple[str, str, bool]]:
    path = url_for("public.events.listing")
    counted = [(value, label, count(value)) for value, label in options]
    return [
        (
            _("%(label)s (%(count)s)", label=label, count=number),
            here(path=path, **{name: value, "past": None}),
            value == current,
        )
        for value, label, number in counted
        if number or value == current
    ]


def _count(among: Sequence[Event], chosen: Chosen) -> int:
    return sum(chosen.fits(event) for event in among)


def _card(event: Event, hosts: Sequence[Municipality], language: str) -> dict[str, Any]:
    title = event.title.into(language)
    return {
        "title": title,
        "title_language": title.language if title.is_fallback else None,
        "url": url_for("public.events.show", slug=event.slug),
        "tile": _tile(event, language),
        "when": _when(event, language),
        "meta": _meta(event, hosts, language),
        "chips": [(event_words.sort_of_event(event), event.attendance.value)],
    }


def _meta(event: Event, hosts: Sequence[Municipality], language: str) -> list[str | Markup]:
    meta = [_hours(event, language)]
    names = [host.name(language) for host in hosts]
    if event.hosted_by_organisation:
        names.append(current_app.config["SETTINGS"].organisation(language))
    if names:
        meta.append(wording.list_of(names, language))
    if event.spoken_languages and language not in event.spoken_languages:
        spoken = event_words.languages_in_words(event.spoken_languages, language)
        meta.append(_("Language: %(languages)s", languages=spoken))
    return meta


def _now(places: Places, language: str) -> dict[str, Any]:
    event = places.event
    match event_words.standing(places):
        case Standing.CALLED_OFF:
            return {"chips": [(_("Called off"), "called-off")], "muted": True}
        case Standing.NOT_YET_OPEN if event.registration_opens_at:
            opens = wording.short_date(event.registration_opens_at, language)
            return {"room": Room(_("Not open yet"), _("opens %(date)s", date=opens))}
        case Standing.NOT_YET_OPEN:
            return {"room": Room(_("Not open yet"))}
        case Standing.CLOSED:
            return {"room": Room(_("Registration has closed"))}
        case _:
            return {"room": event_words.room_of_event(places)}


def _tile(event: Event, language: str) -> dict[str, Any]:
    if event.starts_at is None:
        return {"month": pgettext("tile", "Date"), "day": None, "below": pgettext("tile", "to come")}
    return wording.date_tile(event.starts_at, clock.now(), language)


def _when(event: Event, language: str) -> str | Markup:
    """What is read aloud in place of the tile; of an event without a day, that its date is still to come."""
    if event.starts_at is None or event.ends_at is None:
        return _("The date will be told later")
    return wording.when(event.starts_at, event.ends_at, language)


def _hours(event: Event, language: str) -> str | Markup:
    """The hours of one day, the dates of several, or in words when the event is expected."""
    if event.starts_at is None or event.ends_at is None:
        return event_words.marked(event.expected.into(language))
    one_day = wording.is_one_day(event.starts_at, event.ends_at)
    return (wording.time_range if one_day else wording.date_range)(event.starts_at, event.ends_at, language)
