"""Handing a place to a colleague: asked by the giver, done when the receiver confirms it from the own mailbox.

The place, the programme items, the invitation and the group go along. The giver's answers and consents are deleted,
and the giver's history is the organiser's: the receiver sees nothing of them.
"""

from datetime import timedelta

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import delete, select

from app import clock
from app.database import db
from app.errors import Refused
from app.messages import outbox
from app.messages import queries as messages
from app.messages.addresses import folded
from app.people import queries as people
from app.registrations import (
    admission,
    hand_over_notices,
    history,
    invitations,
    links,
    mailbox_moves,
    notices,
    own_changes,
    queries,
    transitions,
    waitlist,
)
from app.registrations.answer_models import Actor, Answer, AnswerChoice, Consent, Handover
from app.registrations.booking import name
from app.registrations.capacity import LockedEvent
from app.registrations.hand_over_notices import Receiver
from app.registrations.links import Purpose
from app.registrations.models import AddressChange, JoinClick, Occasion, Registration, Status

LASTS = timedelta(days=7)
ASKED_A_DAY = 3


def ask(registration: Registration, receiver: Receiver) -> None:
    """Mail the colleague a link; the place stays with the giver until it is confirmed. A later ask replaces this one.

    Refused when the registration has no place, the address is its own, another municipality's, or one that the event
    does not admit while the giver's is, or three such mails have been sent within a day for the registration, or to the
    address by whosoever.
    """
    locked, registration = own_changes.enter(registration)
    if not registration.is_confirmed:
        raise Refused(_("Only a confirmed place can be handed over."))
    _must_be_a_colleague(registration, receiver.email)
    if admission.admits(locked.event, registration.email):  # a place gets nobody in whom the rule keeps out
        admission.must_admit(locked.event, receiver.email)
    at = clock.now()
    since = at - timedelta(days=1)
    asked = messages.count_since(notices.about(registration), Occasion.CONFIRM_HANDOVER, since)
    if max(asked, messages.count_to(receiver.email, Occasion.CONFIRM_HANDOVER, since)) >= ASKED_A_DAY:
        raise Refused(_("Three mails have been sent today to hand over a place. Try again tomorrow."))
    token = links.token(Purpose.HANDOVER, registration, f"{folded(receiver.email)} {at.isoformat()}")
    handover = db.session.get(Handover, registration.id) or Handover(registration=registration)
    handover.given_name, handover.family_name = receiver.given_name, receiver.family_name
    handover.email, handover.language = receiver.email, receiver.language
    handover.link_hash, handover.requested_at = links.digest(token), at
    db.session.add(handover)
    history.note(registration, "hand-over-asked", actor=Actor.PERSON)
    hand_over_notices.confirm(registration, locked, receiver, links.address(f"/r/hand-over/{token}"))


def pending_of(registration: Registration) -> Handover | None:
    """The colleague whose answer a registration waits for."""
    handover = db.session.get(Handover, registration.id)
    return handover if handover and handover.email and handover.requested_at > clock.now() - LASTS else None


def by_token(token: str) -> Handover | None:
    """The hand-over of a mailed link, done or not; None when it was cancelled or replaced, or has grown old."""
    return db.session.scalar(
        select(Handover).where(Handover.link_hash == links.digest(token), Handover.requested_at > clock.now() - LASTS)
    )


def is_done(handover: Handover) -> bool:
    """Whether the link has been used. Then only the link's hash is kept, until it has grown old."""
    return handover.email == ""


def is_possible(registration: Registration) -> bool:
    """Whether there is a place to hand over: confirmed, of an event that has neither begun nor been called off."""
    event = registration.event
    return registration.is_confirmed and event.is_published and not event.has_started(clock.now())


def cancel(registration: Registration) -> bool:
    """The giver keeps the place after all. False when nothing was asked, or it is too late."""
    _locked, registration = own_changes.enter(registration)
    handover = pending_of(registration)
    if handover is None:
        return False
    db.session.delete(handover)
    history.note(registration, "hand-over-cancelled", actor=Actor.PERSON)
    return True


def confirm(handover: Handover, token: str) -> bool:
    """Give the place to the receiver. False when the link has been used already.

    Both are told by mail; the giver's calendar is cleared and the giver's links are dead. A receiver who waits leaves
    the queue by it. One who has a place of their own keeps that, nothing changes, and only that mailbox is told.
    Refused when the place is no longer the giver's to give.
    """
    locked = waitlist.enter(handover.registration.event_id)
    now = by_token(token)
    if now and is_done(now):
        return False
    if now is None or not is_possible(now.registration):
        raise Refused(_("The place can no longer be taken over. Ask your colleague."))
    receiver = Receiver(given_name=now.given_name, family_name=now.family_name, email=now.email, language=now.language)
    now.given_name = now.family_name = now.email = ""
    own = queries.active_by_email(locked.event.id, receiver.email)
    if own and own.is_confirmed:
        hand_over_notices.has_a_place(own, locked.event)
        return True
    if own:
        _leave_the_queue(locked, own)
    _give(locked, now.registration, receiver)
    db.session.flush()
    locked.count()
    waitlist.promote(locked)
    return True


def _must_be_a_colleague(registration: Registration, email: str) -> None:
    if folded(email) == registration.email_key:
        raise Refused(_("This is your own address. Enter your colleague’s."))
    code = people.municipality_of_address(email)
    if code and code != registration.municipality_code:
        municipality = people.municipality_name(code, str(get_locale() or "fi"))
        raise Refused(
            _("This address belongs to %(municipality)s. A place can be handed over within your own municipality or "
              "organisation.", municipality=municipality)
        )  # fmt: skip


def _leave_the_queue(locked: LockedEvent, own: Registration) -> None:
    """The receiver's own turn ends; a place that was offered to them goes on. The mail of the hand-over tells it."""
    transitions.change(own, Status.WITHDRAWN)
    own.offer_expires_at = None
    history.note(own, "withdrawn", actor=Actor.PERSON, by_taking_over=True)
    db.session.flush()


def _give(locked: LockedEvent, registration: Registration, receiver: Receiver) -> None:
    ended = invitations.cancel_all(registration)
    outbox.recall(notices.about(registration), Occasion.REMINDER)
    hand_over_notices.given(registration, locked.event, receiver, ended)
    for model in (Answer, AnswerChoice, Consent, JoinClick, AddressChange):
        db.session.execute(delete(model).where(model.registration_id == registration.id))
    giver = registration.full_name
    name(registration, given=receiver.given_name, family=receiver.family_name)
    registration.language, registration.role = receiver.language, ""
    registration.still_coming_asked_at = registration.still_coming_at = None
    registration.checked_at = registration.checked_by = None
    history.note(registration, history.HANDED_OVER, actor=Actor.PERSON, old=giver, new=registration.full_name)
    entries = mailbox_moves.move(locked, registration, receiver.email, ended)
    hand_over_notices.received(registration, locked, giver, entries)
