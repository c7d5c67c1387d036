"""A new e-mail address: it takes effect when confirmed from its own mailbox, and old links and entries end with it."""

from flask_babel import gettext as _
from sqlalchemy import select

from app import clock
from app.database import db
from app.errors import Refused
from app.messages.addresses import folded
from app.registrations import (
    address_notices,
    history,
    invitations,
    links,
    mailbox_moves,
    notices,
    own_changes,
    queries,
)
from app.registrations.answer_models import Actor
from app.registrations.links import Purpose
from app.registrations.mailbox_moves import LASTS, is_asked_too_often
from app.registrations.models import AddressChange, Occasion, Registration


def ask(registration: Registration, email: str) -> None:
    """Mail a link to the new address; nothing else changes yet. A later question replaces an earlier one.

    Refused when the address is the registration's own, or three such mails have been sent within a day for the
    registration, or to the address by whosoever.
    """
    locked, registration = own_changes.enter(registration)
    if folded(email) == registration.email_key:
        raise Refused(_("This is the address that your registration already has."))
    must_not_ask_too_often(notices.about(registration), email, Occasion.CONFIRM_ADDRESS)
    token = links.token(Purpose.ADDRESS, registration, folded(email))
    change = db.session.get(AddressChange, registration.id) or AddressChange(registration=registration)
    change.email, change.link_hash, change.requested_at = email, links.digest(token), clock.now()
    db.session.add(change)
    address_notices.confirm(registration, locked.event, email, links.address(f"/r/address/{token}"))


def must_not_ask_too_often(about: str, email: str, occasion: str) -> None:
    """Raises Refused when three mails on the occasion were sent within a day about one matter, or to the address."""
    if is_asked_too_often(about, email, occasion):
        raise Refused(_("You have asked for a new address three times today. Try again tomorrow."))


def pending(token: str) -> AddressChange | None:
    """The change that a mailed link confirms; None when it has been used, replaced or has grown old."""
    return db.session.scalar(
        select(AddressChange).where(
            AddressChange.link_hash == links.digest(token), AddressChange.requested_at > clock.now() - LASTS
        )
    )


def confirm(change: AddressChange, token: str) -> None:
    """Give the registration its new address.

    The old mailbox hears of it and its calendar is cleared; the new one gets entries with UIDs of their own; all old
    links are dead. When the new address has a registration of its own at the event, nothing changes, and only that
    mailbox is told: the page must not tell who is registered.
    """
    locked, registration = own_changes.enter(change.registration)
    pending_now = pending(token)
    if pending_now is None:
        return
    email = pending_now.email
    db.session.delete(pending_now)
    if queries.active_by_email(locked.event.id, email):
        address_notices.taken(registration, locked.event, email)
        return
    ended = invitations.cancel_all(registration)
    address_notices.moved_away(registration, locked.event, ended)
    history.note(registration, "address", actor=Actor.PERSON, old=registration.email, new=email)
    notices.changed(registration, locked, mailbox_moves.move(locked, registration, email, ended))
