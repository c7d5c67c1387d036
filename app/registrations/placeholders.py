"""Placeholders in organisers' own words, such as {given_name}: a fixed list, filled in when a mail is written.

None of them holds a sensitive answer or a link that manages a registration: a preview or a forwarded text gives
nothing away. What fills a placeholder is never searched for another one.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import wording
from app.errors import Refused
from app.events.models import Event, EventDay, Mode
from app.language import LANGUAGES
from app.registrations import invitations, links
from app.registrations.models import Registration
from app.translated import Translated

_TOKEN = re.compile(r"\{([^{}]*)\}|[{}]")
_SHOWN = 40  # characters of a mistake that its sentence repeats


@dataclass(frozen=True)
class Subject:
    """What a text is filled in from."""

    registration: Registration
    event: Event
    days: Callable[[], Sequence[EventDay]]

    @property
    def language(self) -> str:
        return self.registration.language


@dataclass(frozen=True)
class Placeholder:
    """A name in braces, what it stands for, and what is written in its place. The locale must be the reader's."""

    name: str
    meaning: Any
    value: Callable[[Subject], str]

    @property
    def written(self) -> str:
        return f"{{{self.name}}}"


def _when(subject: Subject) -> str:
    return wording.days([(day.starts_at, day.ends_at) for day in subject.days()], subject.language)


def _where(subject: Subject) -> str:
    is_online = subject.registration.mode is Mode.ONLINE
    return _("online") if is_online else invitations.place(subject.event, subject.language)


def _event_page(subject: Subject) -> str:
    return links.address(f"/{subject.language}/events/{subject.event.slug}")


KNOWN = {
    one.name: one
    for one in (
        Placeholder("given_name", _l("given name"), lambda subject: subject.registration.given_name),
        Placeholder("full_name", _l("given name and family name"), lambda subject: subject.registration.full_name),
        Placeholder("event", _l("title of the event"), lambda s: str(s.event.title.into(s.language))),
        Placeholder("when", _l("days and hours"), _when),
        Placeholder("where", _l("venue and address, or “online”"), _where),
        Placeholder("contact", _l("whom to ask"), lambda subject: subject.event.contact_email or links.contact()),
        Placeholder("event_page", _l("address of the event’s public page"), _event_page),
    )
}


def check(texts: Iterable[Translated]) -> None:
    """Refused, naming it, when any text has a placeholder that is none, or a brace that belongs to none."""
    for text in texts:
        for language in LANGUAGES:
            _check(text[language])


def fill(text: str, subject: Subject) -> str:
    """The text as one person reads it. What is no placeholder stays as it is."""

    def value(found: re.Match[str]) -> str:
        known = KNOWN.get((found[1] or "").strip())
        return known.value(subject) if known else found[0]

    return _TOKEN.sub(value, text)


def _check(text: str) -> None:
    for found in _TOKEN.finditer(text):
        if found[1] is None:
            raise Refused(
                _("A brace “%(brace)s” stands alone. Write whole placeholders, such as {given_name}.", brace=found[0])
            )
        if found[1].strip() not in KNOWN:
            shown = found[0] if len(found[0]) <= _SHOWN else f"{found[0][:_SHOWN]}…"
            raise Refused(_("“%(word)s” is no placeholder. Take one from the list.", word=shown))
