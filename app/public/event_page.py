"""What the page of one event shows beside its texts: the facts in short, and the programme."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from app import wording
from app.events.models import Event, ItemForm, Mode, ProgrammeItem
from app.people.models import Municipality
from app.public import event_words
from app.public.event_words import Standing
from app.registrations.capacity import Places
from app.registrations.programme_choices import Offered
from app.translated import Text


def facts(
    places: Places, hosts: Sequence[Municipality], standing: Standing, language: str
) -> list[tuple[str, str, str | Markup]]:
    """The lines of the card, as components/facts.html takes them: icon, term, text."""
    event = places.event
    lines: list[tuple[str, str, str | Markup]] = []
    if Mode.ON_SITE in event.modes:
        lines.append(("place", _("Where"), _venue(event, language)))
    if Mode.ONLINE in event.modes:
        is_past = standing in (Standing.CALLED_OFF, Standing.ENDED)
        lines.append(("online", _("Taking part"), _online(event, is_past=is_past)))
    if standing.shows_places:
        lines += [("people", _("Places"), _places(places, mode)) for mode in event.modes]
    lines += [("language", _("Language"), text) for text in _languages(event, language)]
    if by := _hosts(event, hosts, language):
        lines.append(("host", _("Host"), by))
    return lines


def programme(items: Sequence[ProgrammeItem], offered: Sequence[Offered], language: str) -> list[dict[str, Any]]:
    """One day's items as components/programme.html takes them; those `offered` say that one signs up for them."""
    chips = {one.item.id: _sign_up(one) for one in offered}
    return [_item(item, item.title.into(language), language) | {"chip": chips.get(item.id)} for item in items]


def programme_only_in(items: Mapping[int, Sequence[ProgrammeItem]], language: str) -> str | None:
    """The language in which the titles are, when it is not the page's."""
    titles = [item.title.into(language) for of_a_day in items.values() for item in of_a_day]
    return next((title.language for title in titles if title.is_fallback), None)


def closes_at(event: Event) -> datetime | None:
    """When registration ends: at its own time, at the latest when the event starts."""
    return min(filter(None, (event.registration_closes_at, event.starts_at)), default=None)


def _item(item: ProgrammeItem, title: Text, language: str) -> dict[str, Any]:
    form = {ItemForm.WORKSHOP: _("workshop"), ItemForm.DISCUSSION: _("discussion")}.get(item.form, "")
    return {
        "time": wording.bare_time_range(item.starts_at, item.ends_at, language),
        "title": title,
        "language": title.language if title.is_fallback else None,
        "lines": [" · ".join(filter(None, (item.speakers, item.room, form)))],
        "is_break": item.form is ItemForm.BREAK,
    }


def _sign_up(one: Offered) -> str:
    """That one chooses an item when registering, and how many places it has left."""
    if one.free is None:
        return _("Sign-up")
    if one.is_full:
        return _("Sign-up, full")
    return ngettext("Sign-up, %(num)s place left", "Sign-up, %(num)s places left", one.free)


def _venue(event: Event, language: str) -> Markup:
    parts = (event_words.marked(event.venue.into(language)), escape(event.address))
    return Markup(", ").join(part for part in parts if part)


def _online(event: Event, *, is_past: bool) -> str:
    if is_past:
        return _("Online too") if len(event.modes) > 1 else _("Online")
    if len(event.modes) > 1:
        return _("Online too, with a link of your own that comes by mail")
    return _("Online, with a link of your own that comes by mail")


def _places(places: Places, mode: Mode) -> Markup:
    room = event_words.room_in_mode(places, mode)
    detail = room.detail
    if len(places.event.modes) > 1:
        name = event_words.mode_in_words(mode)
        words = room.words[:1].lower() + room.words[1:]  # after a colon
        return Markup("{}: <strong>{}</strong>, {}").format(name, words, detail)
    return Markup("<strong>{}</strong>, {}").format(room.words, detail)


def _languages(event: Event, language: str) -> list[str | Markup]:
    lines: list[str | Markup] = []
    if event.spoken_languages:
        lines.append(_("Spoken: %(languages)s", languages=_names(event.spoken_languages, language)))
    if event.material_languages:
        lines.append(_("Slides and materials: %(languages)s", languages=_names(event.material_languages, language)))
    if captions := event.captions.into(language):
        lines.append(event_words.marked(captions))
    return lines


def _names(codes: Sequence[str], language: str) -> str:
    return event_words.languages_in_words(codes, language)


def _hosts(event: Event, hosts: Sequence[Municipality], language: str) -> str:
    names = [host.name(language) for host in hosts]
    if event.hosted_by_organisation:
        names.append(current_app.config["SETTINGS"].organisation(language))
    return wording.list_of(names, language) if names else ""
