"""An event as a calendar file that anyone may download: every day, no person, and no way into the meeting."""

from collections.abc import Sequence

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.events import calendar
from app.events.models import Event, EventDay, Mode


def event_file(event: Event, days: Sequence[EventDay], language: str) -> bytes:
    """The file in a language; the same bytes until the event changes."""
    settings = current_app.config["SETTINGS"]
    with force_locale(language):
        entries = [_entry(event, day, language) for day in days]
    return calendar.publish(entries, (settings.service_name, settings.mail_sender))


def _entry(event: Event, day: EventDay, language: str) -> calendar.Entry:
    settings = current_app.config["SETTINGS"]
    domain = settings.mail_sender.partition("@")[2]
    page = f"{settings.base_url}/{language}/events/{event.slug}"
    venue = ", ".join(filter(None, (str(event.venue.into(language)), event.address)))
    return calendar.Entry(
        uid=f"event-{event.uuid}-d{day.uuid}@{domain}",
        sequence=event.version,
        created=event.created_at,
        revised=event.called_off_at or event.published_at or event.created_at,
        starts=day.starts_at,
        ends=day.ends_at,
        summary=str(event.title.into(language)),
        description="\n\n".join(
            filter(None, (str(event.summary.into(language)), _("About the event: %(url)s", url=page)))
        ),
        location=venue if Mode.ON_SITE in event.modes else _("Online"),
        url=page,
        status="CANCELLED" if event.is_called_off else "CONFIRMED",
    )
