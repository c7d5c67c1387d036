"""What an organiser writes about an event: everything but when, where, how and for how many."""

from dataclasses import dataclass, fields
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from app.database import db
from app.errors import Refused, Stale
from app.events import slugs
from app.events.models import Event, EventAdmitted, EventHost, EventStatus, EventTutor, Kind
from app.translated import Translated

EDITABLE = (EventStatus.DRAFT, EventStatus.PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class Details:
    """Each field but `hosts` (codes of municipalities) and `tutors` (ids of users) is the event's column of that name.

    None of it is told to participants by mail: time, place, attendance and limits go through the door to capacity.
    """

    season_id: int
    kind: Kind
    title: Translated
    expected: Translated
    summary: Translated
    description: Translated
    audience: Translated
    directions: Translated
    venue_accessibility: Translated
    captions: Translated
    materials: Translated
    materials_public: bool
    spoken_languages: list[str]
    material_languages: list[str]
    hosted_by_organisation: bool
    contact_name: str
    contact_email: str
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    meeting_url: str | None
    hosts: frozenset[str]
    tutors: frozenset[int]


def must_be_at(event: Event, version: int) -> None:
    """Raises Stale when someone has saved the event since it was at `version`, which the page showed."""
    if event.version != version:
        raise Stale(
            _("Someone else saved this event after you opened it. What you typed is kept here: open the event in "
              "another window, compare, and save again if yours should stand.")
        )  # fmt: skip


def must_be_editable(event: Event) -> None:
    """Refused when the event is called off or archived: what was told then stays as it was."""
    if event.status not in EDITABLE:
        raise Refused(_("An event that is called off or archived can no longer be edited."))


def write(event: Event, details: Details) -> None:
    """Give an event its details, and a slug from the Finnish title as long as it has never been published.

    Raises the event's version even when only its hosts, tutors or days change.
    """
    for field in fields(details):
        if field.name not in ("hosts", "tutors"):
            setattr(event, field.name, getattr(details, field.name))
    if event.published_at is None:
        event.slug = slugs.free_slug(details.title.fi, event_id=event.id)
    flag_modified(event, "title")
    db.session.add(event)
    db.session.flush()
    _set_hosts(event.id, details.hosts)
    _set_tutors(event.id, details.tutors)


def host_codes(event: Event) -> list[str]:
    """The codes of the municipalities that host an event."""
    return list(db.session.scalars(select(EventHost.municipality_code).where(EventHost.event_id == event.id)))


def tutor_ids(event: Event) -> list[int]:
    """The ids of the users named as an event's tutors."""
    return list(db.session.scalars(select(EventTutor.user_id).where(EventTutor.event_id == event.id)))


def admitted_codes(event: Event) -> list[str]:
    """The codes of the municipalities whose employees may register, where admission is by a list."""
    return list(db.session.scalars(select(EventAdmitted.municipality_code).where(EventAdmitted.event_id == event.id)))


def _set_hosts(event_id: int, codes: frozenset[str]) -> None:
    db.session.execute(delete(EventHost).where(EventHost.event_id == event_id))
    db.session.add_all(EventHost(event_id=event_id, municipality_code=code) for code in sorted(codes))


def _set_tutors(event_id: int, user_ids: frozenset[int]) -> None:
    db.session.execute(delete(EventTutor).where(EventTutor.event_id == event_id))
    db.session.add_all(EventTutor(event_id=event_id, user_id=user_id) for user_id in sorted(user_ids))
