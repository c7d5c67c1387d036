"""What a mail would say to one person: written as it would be sent, and taken back before it is saved.

The person is a double whose links lead nowhere: who looks at a preview must not be able to act for anybody.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import inspect

from app import clock
from app.database import db
from app.events.models import Event, EventDay, Mode, new_uuid
from app.messages import queries as messages
from app.messages.addresses import folded
from app.messages.models import Message
from app.registrations import (
    approval_notices,
    message_notices,
    notices,
    offer_notices,
    reminder_notices,
    still_coming_notices,
)
from app.registrations.capacity import LockedEvent
from app.registrations.models import Occasion, Registration, Status
from app.registrations.organiser_messages import Draft

_STATUS = {
    Occasion.WAITING: Status.WAITING,
    Occasion.OFFERED: Status.OFFERED,
    Occasion.AWAITING_APPROVAL: Status.AWAITING_APPROVAL,
    Occasion.REFUSED: Status.REFUSED,
    Occasion.WITHDRAWN: Status.WITHDRAWN,
}


def double(registration: Registration, language: str) -> Registration:
    """A registration as if its person read `language`; it belongs to no session."""
    columns = [column.key for column in inspect(Registration).column_attrs]
    made = Registration(**{key: getattr(registration, key) for key in columns if key not in ("id", "uuid")})
    made.uuid, made.language, made.event = new_uuid(), language, registration.event
    return made


def example(event: Event, name: str, email: str, language: str) -> Registration:
    """Someone of this name who has a place; it belongs to no session."""
    given, _space, family = name.rpartition(" ")
    made = Registration(
        uuid=new_uuid(),
        given_name=given or family,
        family_name=family if given else "",
        email=email,
        email_key=folded(email),
        organisation="",
        mode=event.modes[0] if event.modes else Mode.ONLINE,
        language=language,
        status=Status.CONFIRMED,
        link_generation=1,
    )
    made.event = event
    return made


def of_occasion(occasion: Occasion, person: Registration, days: Sequence[EventDay]) -> Message:
    """The mail on an occasion, with the organiser's words as this transaction sees them. `person` is a double."""
    person.status = _STATUS.get(occasion, Status.CONFIRMED)
    person.offer_expires_at = clock.now() + timedelta(days=1)
    locked = LockedEvent(person.event)
    locked.days = list(days)
    return _taken_back(person, lambda: _WRITERS[occasion](person, locked))


def of_message(draft: Draft, person: Registration, days: Sequence[EventDay]) -> Message:
    """An organiser's own message as `person`, a double, would read it."""
    return _taken_back(person, lambda: message_notices.message(person, person.event, draft, days))


def _taken_back(person: Registration, write: Callable[[], None]) -> Message:
    with db.session.no_autoflush, db.session.begin_nested() as not_kept:
        write()
        (message,) = messages.about(notices.about(person))
        db.session.expunge(message)
        not_kept.rollback()
    return message


def _example_changes(person: Registration) -> list[tuple[str, str, str]]:
    with force_locale(person.language):
        return [(_("Where"), _("the venue before"), _("the new venue"))]


def _a_day(locked: LockedEvent) -> EventDay:
    at = clock.now() + timedelta(days=1)
    return locked.days[0] if locked.days else EventDay(starts_at=at, ends_at=at + timedelta(hours=3))


_WRITERS: dict[Occasion, Callable[[Registration, LockedEvent], None]] = {
    Occasion.CONFIRMED: lambda person, locked: notices.confirmed(person, locked, []),
    Occasion.WAITING: lambda person, locked: notices.waiting(person, locked, 3),
    Occasion.PROMOTED: lambda person, locked: notices.promoted(person, locked, []),
    Occasion.OFFERED: offer_notices.offered,
    Occasion.AWAITING_APPROVAL: approval_notices.received,
    Occasion.REFUSED: lambda person, locked: approval_notices.refused(person, locked.event, ""),
    Occasion.CHANGED: lambda person, locked: notices.changed(person, locked, []),
    Occasion.WITHDRAWN: lambda person, locked: notices.withdrawn(person, locked.event, []),
    Occasion.REMINDER: lambda person, locked: reminder_notices.reminder(
        person, locked.event, _a_day(locked), days_before=1, dedupe_key="preview"
    ),
    Occasion.STILL_COMING: lambda person, locked: still_coming_notices.ask(
        person, locked.event, locked.days, dedupe_key="preview"
    ),
    Occasion.EVENT_CHANGED: lambda person, locked: notices.event_changed(
        person, locked.event, [], changes=_example_changes(person), dedupe_key="preview"
    ),
}
