"""Taking the person out of registrations: when their time is over, or at once when the person asks for it.

The municipality, the way of taking part and the status stay for the figures, and with them what holds places.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_, update

from app import clock
from app.database import db
from app.messages import retention
from app.registrations import erasure_notices, group_contacts, invitations, notices, own_changes, transitions
from app.registrations.answer_models import Answer, Change, Consent, Handover
from app.registrations.models import AddressChange, Attempt, CalendarEntry, JoinClick, Registration, Status


def anonymise(registration_ids: Collection[int], at: datetime) -> None:
    """Leave only what is counted. All links of the registrations are dead by it."""
    for model in (CalendarEntry, JoinClick, AddressChange, Answer, Consent, Change, Handover):
        db.session.execute(delete(model).where(model.registration_id.in_(registration_ids)))
    db.session.execute(
        update(Registration)
        .where(Registration.id.in_(registration_ids))
        .values(
            given_name="",
            family_name="",
            sort_key="",
            search_key="",
            email="",
            email_key=Registration.uuid,
            organisation="",
            role="",
            manage_link_hash=None,
            join_link_hash=None,
            unsubscribe_link_hash=None,
            calendar_declined_at=None,
            anonymised_at=at,
        )
    )


def erase(registration: Registration) -> bool:
    """Erase one person's registration now, at their request. False when it was erased already.

    Before the event starts it is withdrawn by it, and the place goes on. Groups that the person registered lose their
    contact. All its mails lose their text and address;
    those still waiting are not sent, but for a last one, which tells of the erasure and clears the calendar. That
    one keeps its address until it has gone out, and no longer (`privacy`). Refused when it is somebody else's by now.
    """
    locked = own_changes.enter_by_link(registration)
    if registration.anonymised_at is not None:
        return False
    event = locked.event
    may_withdraw = gives_up_place(registration)
    ended = [] if event.has_ended(clock.now()) else invitations.cancel_all(registration)
    retention.erase_about(notices.about(registration))
    erasure_notices.erased(registration, event, ended)
    if may_withdraw:
        transitions.change(registration, Status.WITHDRAWN)
    registration.offer_expires_at = None
    db.session.flush()
    _forget_forms(registration)
    led = group_contacts.groups_of(registration)
    for group in led:
        group_contacts.forget(locked, group)
    anonymise([registration.id], clock.now())
    db.session.refresh(registration)
    if may_withdraw or led:
        own_changes.go_on(locked)
    return True


def gives_up_place(registration: Registration) -> bool:
    """Whether erasing withdraws the registration too: later it stays in the figures as it is."""
    event = registration.event
    return registration.is_active and event.is_published and not event.has_started(clock.now())


def _forget_forms(registration: Registration) -> None:
    """The answers to sent forms are kept for a day, with the address in them."""
    same = or_(Attempt.registration_id == registration.id, Attempt.email == registration.email)
    db.session.execute(delete(Attempt).where(Attempt.event_id == registration.event_id, same))
