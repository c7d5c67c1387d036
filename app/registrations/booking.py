"""Registering for an event, by the form or by an organiser's hand."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert

from app import clock
from app.database import db
from app.errors import Refused
from app.events.registration_period import Period, period
from app.messages import queries as messages
from app.people.models import User
from app.registrations import (
    admission,
    answers,
    applications,
    approval_notices,
    capacity,
    drafts,
    history,
    invitation_links,
    invitations,
    links,
    notices,
    obstacles,
    programme_choices,
    queries,
    waitlist,
)
from app.registrations.answer_models import Actor
from app.registrations.applications import Application as Application
from app.registrations.applications import name as name
from app.registrations.capacity import LockedEvent
from app.registrations.counting import Claim, Kind, Resource
from app.registrations.drafts import Draft
from app.registrations.models import Attempt, Group, Occasion, ProgrammeChoice, Registration, Status

REMINDERS_A_DAY = 3
_ATTEMPTS = insert(Attempt.__table__)  # type: ignore[arg-type]


def register(event_id: int, application: Application, *, nonce: str) -> None:
    """Register, or put on the waiting list, as the public form does.

    The nonce is the rendered form's, under which `queries.attempt_by` finds the answer: sent again, it does nothing.
    An address that already has an active registration gets the answer a new one would get now, changes nothing, and
    its owner is mailed the personal link. Raises Refused when registration is not open, or full without a waiting list;
    and when others have filled an option that was chosen, which is better made again than waited for.
    """
    draft = drafts.confirmation(event_id, application)
    locked = waitlist.enter(event_id)
    is_sent, existing_id = queries.known(nonce, event_id, application.email)
    if is_sent:
        return
    must_be_open(locked)
    must_be_admitted(locked, application)
    _must_have_room(locked, application.options)
    status = status_now(locked, application)
    number = number_if_waiting(locked, application, status)
    registration = None
    if existing_id is not None:
        remind(db.session.get_one(Registration, existing_id), locked)
    else:
        registration = place(locked, application, status, number, draft=draft)
    remember([answer(locked, application, nonce, status, registration, number)])


def add(event_id: int, application: Application, *, by: User) -> Registration:
    """Add someone by hand. The period does not bind an organiser, the limits do: a full event puts on the list.

    Speakers and staff (`takes_place` is False) take no place, so there is always room for them. Raises Refused when
    the address already has an active registration, or the event is over or called off.
    """
    added_by_id = by.id
    locked = waitlist.enter(event_id)
    if period(locked.event, clock.now()) in (Period.ENDED, Period.CALLED_OFF):
        raise Refused(_("The event is over or called off: nobody can be added."))
    if queries.active_by_email(event_id, application.email):
        raise Refused(_("This address already has a registration for the event."))
    if application.invitation_id is not None:
        invitation_links.must_be_usable(locked.event, application.invitation_id)
    status = status_now(locked, application, by_hand=True)
    registration = place(locked, application, status, number_if_waiting(locked, application, status))
    registration.added_by_id = added_by_id
    return registration


def must_be_open(locked: LockedEvent) -> None:
    """Refused, with the reason, when nobody can register now."""
    match period(locked.event, clock.now()):
        case Period.OPEN:
            return
        case Period.NOT_YET_OPEN:
            raise Refused(_("Registration has not opened yet."))
        case Period.CALLED_OFF:
            raise Refused(_("The event has been called off."))
        case _:
            raise Refused(_("Registration has closed."))


def must_be_admitted(locked: LockedEvent, application: Application) -> None:
    """Refused when someone may not register for the event: by the mail address, or by an invitation that has ended."""
    if application.invitation_id is not None:
        invitation_links.must_be_usable(locked.event, application.invitation_id)
    else:
        admission.must_admit(locked.event, application.email, asks=application.asks)


def _must_have_room(locked: LockedEvent, options: Iterable[int]) -> None:
    for option_id in sorted(options):
        if locked.option_free(option_id) == 0:
            raise obstacles.refused(Resource(Kind.OPTION, option_id), locked.event)


def status_now(locked: LockedEvent, *applications: Application, by_hand: bool = False) -> Status:
    """What a newcomer, or several who come together, get at this moment.

    Refused, in words, when there is neither a place nor a waiting list, and when the programme items cannot be chosen,
    as in `programme_choices.choosable`.
    """
    if any(application.mode not in locked.event.modes for application in applications):
        raise Refused(_("The event cannot be attended in this way any more. Choose again."), about=Kind.MODE)
    for application in applications:
        programme_choices.choosable(locked.event.id, application.items)
    if (locked.event.approval or any(application.asks for application in applications)) and not by_hand:
        return Status.AWAITING_APPROVAL
    return status_of_accepted(locked, *(application.claim for application in applications))


def status_of_accepted(locked: LockedEvent, *claims: Claim) -> Status:
    """Confirmed or waiting: what those who may take part get at this moment, all alike. Refused as in `status_now`."""
    if all(not claim.counts or locked.has_room(claim.mode) for claim in claims) and locked.fits(*claims):
        return Status.CONFIRMED
    if locked.event.waiting_list and capacity.queue_is_open(locked.event):
        return Status.WAITING
    obstacle = locked.obstacle(*claims)
    if obstacle and (obstacle.kind is not Kind.MODE or any(locked.has_room(mode) for mode in locked.event.modes)):
        raise obstacles.refused(obstacle, locked.event)
    raise Refused(_("The event is full, and it has no waiting list."))


def place(
    locked: LockedEvent,
    application: Application,
    status: Status,
    number: int | None,
    *,
    group: Group | None = None,
    draft: Draft | None = None,
) -> Registration:
    """Make a registration of the status that was found under the lock, and tell the person."""
    registration = draft.registration if draft else applications.registered(application, locked.event)
    at = clock.now()
    registration.status, registration.group = status, group
    registration.registered_at = registration.queued_at = at
    registration.confirmed_at = at if status is Status.CONFIRMED else None
    links.seal(registration)
    db.session.add(registration)
    if application.asks:
        db.session.flush()
        history.note(registration, queries.ASKED, actor=Actor.PERSON, note=application.note)
    answers.store(registration, application)
    if application.items:
        db.session.flush()
        db.session.add_all(ProgrammeChoice(registration_id=registration.id, item_id=one) for one in application.items)
    if status is Status.CONFIRMED:
        locked.hold(application.claim)
        _confirm(locked, registration, draft)
    else:
        _tell(locked, registration, number)
    return registration


def _confirm(locked: LockedEvent, registration: Registration, draft: Draft | None) -> None:
    if draft and draft.is_true_of(locked.event):
        draft.send()
    else:
        notices.confirmed(registration, locked, invitations.open_entries(registration, locked.days))


def _tell(locked: LockedEvent, registration: Registration, number: int | None) -> None:
    match registration.status:
        case Status.WAITING if number:
            locked.waiting[registration.mode] += 1
            notices.waiting(registration, locked, number)
        case Status.AWAITING_APPROVAL:
            approval_notices.received(registration, locked)


def number_if_waiting(locked: LockedEvent, application: Application, status: Status) -> int | None:
    """The place in the queue that comes with a status that was found under the lock."""
    return waitlist.number_of_newcomer(locked, application.claim) if status is Status.WAITING else None


def remind(existing: Registration, locked: LockedEvent) -> None:
    """Mail the owner the personal link, unless the address has had its share for today."""
    since = clock.now() - timedelta(days=1)
    if messages.count_since(notices.about(existing), Occasion.REGISTERED_ALREADY, since) < REMINDERS_A_DAY:
        notices.registered_already(existing, locked.event)


def remember(attempts: Sequence[dict[str, Any]]) -> None:
    """Keep the answers that a form got, as `answer` puts each."""
    db.session.connection().execute(_ATTEMPTS, attempts)


def answer(
    locked: LockedEvent,
    application: Application,
    nonce: str,
    status: Status,
    registration: Registration | None,
    number: int | None,
) -> dict[str, Any]:
    """What becomes the row of an `Attempt`."""
    db.session.flush()
    return {
        "nonce": nonce,
        "event_id": locked.event.id,
        "registration_id": registration.id if registration else None,
        "status": status,
        "queue_number": number,
        "mode": application.mode,
        "email": application.email,
        "municipality_code": application.municipality_code,
        "municipality_filled": application.municipality_filled,
    }
