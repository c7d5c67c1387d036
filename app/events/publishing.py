"""From draft to published and on to archived: what must be there before, and what had better be."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from app import clock
from app.database import db
from app.errors import Refused
from app.events import queries as events
from app.events.models import Event, EventStatus, Mode, ProgrammeItem
from app.translated import Translated

ALSO_IN = ("sv", "en")


@dataclass(frozen=True)
class Gap:
    """A text that is there in Finnish but missing in `languages` ("sv", "en")."""

    label: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Readiness:
    """What stands before publishing: `blockers` forbid it, `reminders` and `gaps` are for the organiser to weigh."""

    blockers: list[str]
    reminders: list[str]
    gaps: list[Gap]


def readiness(event: Event) -> Readiness:
    """How ready a draft is to be published, in sentences."""
    items = [item for of_day in events.programme_of(event).values() for item in of_day]
    return Readiness(_blockers(event), _reminders(event), _gaps(event, items))


def publish(event_id: int) -> Event:
    """Make a draft public. The write transaction has begun. Refused when it is no draft, or something blocks it."""
    event = _locked(event_id)
    if event.status is not EventStatus.DRAFT:
        raise Refused(_("Only a draft can be published."))
    for blocker in _blockers(event):
        raise Refused(blocker)
    event.status = EventStatus.PUBLISHED
    event.published_at = clock.now()
    return event


def archive(event_id: int) -> Event:
    """Put an event that is over out of the lists. The write transaction has begun. Refused before its end."""
    event = _locked(event_id)
    if not event.is_published or not event.has_ended(clock.now()):
        raise Refused(_("Only a published event that is over can be archived."))
    event.status = EventStatus.ARCHIVED
    return event


def _locked(event_id: int) -> Event:
    return db.session.get_one(Event, event_id, with_for_update=True, populate_existing=True)


def _blockers(event: Event) -> list[str]:
    found = {
        _("The title is missing in Finnish."): not event.title.fi.strip(),
        _("The event has no day yet, nor does it say when it is expected."): event.starts_at is None
        and not event.expected.fi.strip(),
        _("The event is over already."): event.has_ended(clock.now()),
        _("People come on site, but the venue is missing in Finnish."): Mode.ON_SITE in event.modes
        and not event.venue.fi.strip(),
    }
    return [sentence for sentence, is_so in found.items() if is_so]


def _reminders(event: Event) -> list[str]:
    found = {
        _(
            "No day is set. The event is shown with “%(expected)s”, and registration opens once it has a day.",
            expected=event.expected.fi,
        ): event.starts_at is None and bool(event.expected.fi.strip()),
        _("The address of the online meeting is missing. You can add it later."): Mode.ONLINE in event.modes
        and not event.meeting_url,
        _("Nobody is named as the contact. Answers to mails go to the service’s own address."): not event.contact_email,
        _("Nothing is said about the accessibility of the venue."): Mode.ON_SITE in event.modes
        and not event.venue_accessibility,
    }
    return [sentence for sentence, is_so in found.items() if is_so]


def _gaps(event: Event, items: Iterable[ProgrammeItem]) -> list[Gap]:
    texts: list[tuple[str, Translated]] = [
        (_("Title"), event.title),
        (_("When it is expected"), event.expected if event.starts_at is None else Translated()),
        (_("Summary"), event.summary),
        (_("Description"), event.description),
        (_("Who is it for?"), event.audience),
        (_("Venue"), event.venue),
        (_("How to get there"), event.directions),
        (_("Accessibility of the venue"), event.venue_accessibility),
        (_("Captions and interpreting"), event.captions),
    ]
    texts += [(_("Programme: %(title)s", title=item.title.into("fi")), item.title) for item in items]
    return gaps_of(texts)


def gaps_of(texts: Iterable[tuple[str, Translated]]) -> list[Gap]:
    """Which of these texts, each with its label, are there but missing in another language."""
    missing = [(label, tuple(code for code in ALSO_IN if code in text.missing())) for label, text in texts if text]
    return [Gap(label, codes) for label, codes in missing if codes]
