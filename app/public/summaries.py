"""A registration's facts as the rows of a summary list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app import wording
from app.events.models import Event, Mode
from app.language import NAMES
from app.public import event_words, personal_links
from app.registrations import invitations
from app.registrations.models import Registration

Row = dict[str, Any]


def event_rows(event: Event, days: Sequence[tuple[datetime, datetime]], mode: Mode, language: str) -> list[Row]:
    """When and where, as this person takes part."""
    rows = [{"key": _("Event"), "value": event_words.marked(event.title.into(language))}]
    if days:
        rows.append({"key": _("When"), "value": wording.days(days, language)})
    if mode is Mode.ON_SITE:
        rows.append({"key": _("Where"), "value": invitations.place(event, language)})
    rows.append({"key": _("Taking part"), "value": event_words.mode_in_words(mode)})
    return rows


def person_rows(registration: Registration, token: str | None, language: str) -> list[Row]:
    """The own details; with links to change them when `token` is given."""
    place = registration.municipality.name(language) if registration.municipality else registration.organisation
    rows: list[Row] = [
        {"key": _("Name"), "value": registration.full_name},
        {"key": _("Email"), "value": registration.email},
        {"key": _("Municipality") if registration.municipality else _("Organisation"), "value": place},
        {"key": _("Role or title"), "value": registration.role or "–"},
        {"key": _("Language of mails"), "value": str(NAMES[registration.language])},
    ]
    if token:
        for row in rows:
            row["action"] = change(_("details"), personal_links.page("public.personal.details", token))
        rows[1]["action"] = change(_("email address"), personal_links.page("public.new_address.ask", token))
    if registration.group and registration.group.contact_name:
        rows.append({"key": _("Registered by"), "value": registration.group.contact_name})
    return rows


def change(about: str, url: str) -> dict[str, str]:
    """The link at the end of a row; `about` is read aloud after it."""
    return {"text": _("Change"), "about": about, "url": url}
