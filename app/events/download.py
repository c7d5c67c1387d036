"""Events as calendar files that anyone may download: every day, no person, and no way into the meeting."""

from collections.abc import Sequence

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.events import calendar
from app.events.models import Event, EventDay, Mode


def event_file(event: Event, days: Sequence[EventDay], language: str) -> bytes:
    """One event's file in a language; the same bytes until the event changes."""
    with force_locale(language):
        return calendar.publish([entry(event, day, language) for day in days], organizer())


def organizer() -> tuple[str, str]:
    settings = current_app.config["SETTINGS"]
    return settings.service_name, settings.mail_sender


def entry(event: Event, day: EventDay, language: str, *, list_of_names: bool = False) -> calendar.Entry:
    """A day of an event. The locale must be the language's.

    UID and number are the same in every file and feed. `list_of_names` adds the way to the list of registrations,
    which asks its reader to sign in.
    """
    settings = current_app.config["SETTINGS"]
    domain = settings.mail_sender.partition("@")[2]
    page = f"{settings.base_url}/{language}/events/{event.slug}"
    venue = ", ".join(filter(None, (str(event.venue.into(language)), event.address)))
    return calendar.Entry(
        uid=f"event-{event.uuid}-d{day.uuid}@{domain}",
        sequence=event.version,
        created=event.created_at,
        revised=event.changed_at,
        starts=day.starts_at,
        ends=day.ends_at,
        summary=str(event.title.into(language)),
        description="\n\n".join(
            filter(
                None,
                (
                    str(event.summary.into(language)),
                    _("About the event: %(url)s", url=page),
                    _("Registrations: %(url)s", url=_names(event)) if list_of_names else "",
                ),
            )
        ),
        location=venue if Mode.ON_SITE in event.modes else _("Online"),
        url=page,
        status="CANCELLED" if event.is_called_off else "CONFIRMED",
    )


def _names(event: Event) -> str:
    return f"{current_app.config['SETTINGS'].base_url}/staff/events/{event.id}/registrations"
