"""Registering for an event, by the form or by an organiser's hand."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from app import clock, wording
from app.database import db
from app.errors import Refused
from app.events.models import Mode, new_uuid
from app.events.registration_period import Period, period
from app.messages import queries as messages
from app.messages.addresses import folded
from app.people.models import User
from app.registrations import admission, invitation_links, invitations, links, notices, queries, waitlist
from app.registrations.capacity import LockedEvent
from app.registrations.models import Attempt, Occasion, Registration, Status

REMINDERS_A_DAY = 3


@dataclass(frozen=True, kw_only=True)
class Application:
    """What someone who registers has told. Texts are trimmed; a municipality's code or an organisation, or neither."""

    given_name: str
    family_name: str
    email: str
    municipality_code: str | None
    organisation: str = ""
    role: str = ""
    mode: Mode
    language: str
    municipality_filled: bool = False
    invitation_id: int | None = None
    asks: bool = False
    note: str = ""


def register(event_id: int, application: Application, *, nonce: str) -> Attempt:
    """Register, or put on the waiting list, as the public form does.

    The nonce is the rendered form's: sent again, it gives the same answer and does nothing. An address that already
    has an active registration gets the answer a new one would get now, changes nothing, and its owner is mailed the
    personal link. Raises Refused when registration is not open, or full without a waiting list.
    """
    locked = waitlist.enter(event_id)
    if seen := db.session.get(Attempt, nonce):
        return seen
    _must_be_open(locked)
    _must_be_admitted(locked, application)
    status = _status_now(locked, application.mode)
    existing = queries.active_by_email(event_id, application.email)
    if existing:
        number = locked.waiting.get(application.mode, 0) + 1
        _remind(existing, locked)
        registration = None
    else:
        registration = _add(locked, application, status)
        number = locked.waiting.get(application.mode, 0)
    return _attempt(locked, application, nonce, status, registration, number if status is Status.WAITING else None)


def add(event_id: int, application: Application, *, by: User) -> Registration:
    """Add someone by hand. The period does not bind an organiser, the limits do: a full event puts on the list.

    Raises Refused when the address already has an active registration, or the event is over or called off.
    """
    added_by_id = by.id
    locked = waitlist.enter(event_id)
    if period(locked.event, clock.now()) in (Period.ENDED, Period.CALLED_OFF):
        raise Refused(_("The event is over or called off: nobody can be added."))
    if queries.active_by_email(event_id, application.email):
        raise Refused(_("This address already has a registration for the event."))
    registration = _add(locked, application, _status_now(locked, application.mode))
    registration.added_by_id = added_by_id
    return registration


def _must_be_open(locked: LockedEvent) -> None:
    match period(locked.event, clock.now()):
        case Period.OPEN:
            return
        case Period.NOT_YET_OPEN:
            raise Refused(_("Registration has not opened yet."))
        case Period.CALLED_OFF:
            raise Refused(_("The event has been called off."))
        case _:
            raise Refused(_("Registration has closed."))


def _must_be_admitted(locked: LockedEvent, application: Application) -> None:
    if application.invitation_id is not None:
        invitation_links.must_be_usable(locked.event, application.invitation_id)
    else:
        admission.must_admit(locked.event, application.email, asks=application.asks)


def _status_now(locked: LockedEvent, mode: Mode) -> Status:
    """What a newcomer gets at this moment."""
    if mode not in locked.event.modes:
        raise Refused(_("The event cannot be attended in this way any more. Choose again."))
    if locked.has_room(mode):
        return Status.CONFIRMED
    if not locked.event.waiting_list:
        raise Refused(_("The event is full, and it has no waiting list."))
    return Status.WAITING


def _add(locked: LockedEvent, application: Application, status: Status) -> Registration:
    at = clock.now()
    registration = Registration(
        uuid=new_uuid(),
        event=locked.event,
        email=application.email,
        email_key=folded(application.email),
        municipality_code=application.municipality_code,
        organisation="" if application.municipality_code else application.organisation,
        role=application.role,
        mode=application.mode,
        language=application.language,
        status=status,
        registered_at=at,
        queued_at=at,
        confirmed_at=at if status is Status.CONFIRMED else None,
        invitation_id=application.invitation_id,
        link_generation=1,
    )
    name(registration, given=application.given_name, family=application.family_name)
    links.seal(registration)
    db.session.add(registration)
    if status is Status.CONFIRMED:
        locked.move(application.mode, taken=1)
        notices.confirmed(registration, locked, invitations.open_entries(registration, locked.days))
    else:
        locked.move(application.mode, waiting=1)
        notices.waiting(registration, locked, locked.waiting[application.mode])
    return registration


def name(registration: Registration, *, given: str, family: str) -> None:
    """Give a registration its name, with the keys it is sorted and found by."""
    registration.given_name, registration.family_name = given, family
    registration.sort_key = wording.sort_key(family, given)
    registration.search_key = wording.search_key(f"{given} {family}")


def _remind(existing: Registration, locked: LockedEvent) -> None:
    """Mail the owner the personal link, unless the address has had its share for today."""
    since = clock.now() - timedelta(days=1)
    if messages.count_since(notices.about(existing), Occasion.REGISTERED_ALREADY, since) < REMINDERS_A_DAY:
        notices.registered_already(existing, locked.event)


def _attempt(
    locked: LockedEvent,
    application: Application,
    nonce: str,
    status: Status,
    registration: Registration | None,
    number: int | None,
) -> Attempt:
    attempt = Attempt(
        nonce=nonce,
        event_id=locked.event.id,
        registration=registration,
        status=status,
        queue_number=number,
        mode=application.mode,
        email=application.email,
        municipality_code=application.municipality_code,
        municipality_filled=application.municipality_filled,
    )
    db.session.add(attempt)
    return attempt
