"""Every personal field: why it is kept, and when it ends. `forget` makes the end happen; the worker calls it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Select, String, and_, delete, exists, or_, select, update
from sqlalchemy import func as sql
from sqlalchemy.sql import Delete, Update

from app import clock
from app.database import db
from app.events.models import Event, EventDay, EventStatus
from app.messages import retention
from app.messages.models import AddressFailure, Message
from app.people.models import AccessLogEntry, CalendarFeed, SignInRequest, User, UserSession
from app.registrations import erasure, mailbox_moves
from app.registrations.answer_models import Answer, Handover
from app.registrations.mail_models import OpeningWish, OptionalMailRefusal
from app.registrations.models import AddressChange, Attempt, Group, Invitation, Registration
from app.sparring import privacy as sparring

ATTEMPTS_KEPT = timedelta(days=1)
ADDRESS_CHANGES_KEPT = mailbox_moves.LASTS
SIGN_INS_KEPT = timedelta(days=1)
REGISTRATIONS_KEPT = timedelta(days=365)
SENSITIVE_KEPT = timedelta(days=14)
HANDOVERS_KEPT = mailbox_moves.LASTS
UNCONFIRMED_KEPT = timedelta(days=7)
MESSAGES_KEPT = timedelta(days=365)
REFUSALS_KEPT = timedelta(days=365)
ACCESS_LOG_KEPT = timedelta(days=730)
STAFF_KEPT = timedelta(days=730)
STEP = 200


@dataclass(frozen=True)
class Kept:
    """What a personal field is for, and for how long it is kept."""

    purpose: str
    until: str


_TAKING_PART = Kept("holding the event: places, mails and lists", "12 months after the event's last day")
_MAIL = Kept("delivering the mail", "30 days after delivery, a secret at once")
_FATE = Kept("telling what became of the mail", "12 months after it was written")
_STAFF = Kept("knowing who may do what", "two years after the last sign-in of someone who may no longer sign in")
_SIGN_IN = Kept("signing in", "a day after the code or the session ended")
_FEED = Kept("showing the own events in one's calendar", "until switched off or no longer allowed to sign in")
_FORM = Kept("showing the same answer to the same form", "a day after it was sent")
_ADDRESS = Kept("confirming a new address from its own mailbox", "until confirmed, seven days at the most")
_LOG = Kept("telling who looked at personal data (tiedonhallintalaki 17 §)", "two years")
_JOINING = Kept("telling who went to the meeting", "12 months after the event's last day")

_REFUSAL = Kept("sending no mail that was refused", "12 months, and as long as a registration with the address is kept")
_SENSITIVE = Kept("food and access at the event, as the person agreed", "14 days after the event's last day")
_CONSENT = Kept("proving what was agreed to", "12 months after the event's last day")
_HANDOVER = Kept("handing a place to a colleague who confirms it", "until confirmed, seven days at the most")
_HANDOVER_LINK = Kept("saying that a place was taken over already", "seven days")
_WISH = Kept(
    "telling when registration opens", "until told, or the event is over or called off; unconfirmed, seven days"
)
_SHOWN = Kept("telling the public who holds the event", "as long as the event is shown")
_SPARRING = Kept("preparing and holding the meeting", "12 months after the season's last day")
_DRAFT = Kept("filling in the form step by step", "until sent, a day at the most")
_TUTOR = Kept("telling municipalities who the tutors are", "12 months after the season's last day")

PERSONAL: dict[str, Kept] = {
    "registration.given_name": _TAKING_PART,
    "registration.family_name": _TAKING_PART,
    "registration.sort_key": _TAKING_PART,
    "registration.search_key": _TAKING_PART,
    "registration.email": _TAKING_PART,
    "registration.email_key": _TAKING_PART,
    "registration.organisation": _TAKING_PART,
    "registration.role": _TAKING_PART,
    "registration.manage_link_hash": _TAKING_PART,
    "registration.join_link_hash": _TAKING_PART,
    "registration.unsubscribe_link_hash": _TAKING_PART,
    "registration.calendar_declined_at": _TAKING_PART,
    "event.contact_name": _SHOWN,
    "event.contact_email": _SHOWN,
    "programme_item.speakers": _SHOWN,
    "calendar_entry.uid": _TAKING_PART,
    "join_click.clicked_at": _JOINING,
    "registration_group.contact_name": _TAKING_PART,
    "registration_group.contact_email": _TAKING_PART,
    "registration_group.organisation": _TAKING_PART,
    "registration_group.manage_link_hash": _TAKING_PART,
    "invitation.name": _TAKING_PART,
    "answer.value": _TAKING_PART,
    "answer.sealed": _SENSITIVE,
    "consent.wording": _CONSENT,
    "registration_change.details": _TAKING_PART,
    "handover.given_name": _HANDOVER,
    "handover.family_name": _HANDOVER,
    "handover.email": _HANDOVER,
    "handover.link_hash": _HANDOVER_LINK,
    "opening_wish.email": _WISH,
    "opening_wish.email_key": _WISH,
    "opening_wish.link_hash": _WISH,
    "registration_attempt.email": _FORM,
    "address_change.email": _ADDRESS,
    "address_change.link_hash": _ADDRESS,
    "message.recipient": _FATE,
    "message.recipient_name": _FATE,
    "message.reply_to": _FATE,
    "message.subject": _FATE,
    "message.text": _MAIL,
    "message.html": _MAIL,
    "message.calendar": _MAIL,
    "message.unsubscribe_url": _MAIL,
    "address_failure.address": _FATE,
    "optional_mail_refusal.email_key": _REFUSAL,
    "user_account.name": _STAFF,
    "user_account.email": _STAFF,
    "user_account.email_key": _STAFF,
    "user_account.last_signed_in_at": _STAFF,
    "sign_in_request.address_hash": _SIGN_IN,
    "user_session.token_hash": _SIGN_IN,
    "calendar_feed.token_hash": _FEED,
    "access_log.user_id": _LOG,
    "access_log.details": _LOG,
    "sparring_request.contact_name": _SPARRING,
    "sparring_request.contact_title": _SPARRING,
    "sparring_request.contact_email": _SPARRING,
    "sparring_request.contact_phone": _SPARRING,
    "sparring_request.link_hash": _SPARRING,
    "sparring_request.wished_tutors": _SPARRING,
    "sparring_request.next_step": _SPARRING,
    "sparring_request_change.reason": _SPARRING,
    "sparring_request_colleague.name": _SPARRING,
    "sparring_request_colleague.email": _SPARRING,
    "sparring_request_colleague.email_key": _SPARRING,
    "sparring_request_colleague.link_hash": _SPARRING,
    "sparring_request_draft.answers": _DRAFT,
    "sparring_call.contact_name": _SPARRING,
    "sparring_call.contact_email": _SPARRING,
    "sparring_call.contact_phone": _SPARRING,
    "sparring_call.note": _SPARRING,
    "sparring_call.next_step": _SPARRING,
    "sparring_call.link_hash": _SPARRING,
    "tutor_profile.presentation": _TUTOR,
    "tutor_profile.picture": _TUTOR,
    "tutor_naming.reason": _SPARRING,
    "tutor_naming.link_hash": _SPARRING,
    "date_poll_voter.name": _SPARRING,
    "date_poll_voter.email": _SPARRING,
    "date_poll_voter.email_key": _SPARRING,
    "date_poll_voter.note": _SPARRING,
    "date_poll_voter.link_hash": _SPARRING,
    "meeting_guest.name": _SPARRING,
    "meeting_guest.email": _SPARRING,
    "meeting_guest.email_key": _SPARRING,
    "meeting_guest.link_hash": _SPARRING,
    "meeting_item.who": _SPARRING,
    "meeting_next_step.owner": _SPARRING,
}


def forget() -> int:
    """Erase what is due now, in one short transaction; the caller commits. Returns how many rows were touched."""
    at = clock.now()
    return (
        retention.erase_bodies()
        + retention.erase_last_mails()
        + anonymise(at)
        + _forget_groups(at)
        + _forget_staff(at)
        + sparring.forget(at)
        + sum(_rows(statement(at)) for statement in _ENDS)
    )


def anonymise(at: datetime) -> int:
    """Take the person out of registrations whose event ended 12 months ago; municipality, mode and status stay."""
    over = _events_over(at - REGISTRATIONS_KEPT)
    due = list(
        db.session.scalars(
            select(Registration.id)
            .where(Registration.event_id.in_(over), Registration.anonymised_at.is_(None))
            .limit(STEP)
        )
    )
    if not due:
        return 0
    erasure.anonymise(due, at)
    return len(due)


def _forget_groups(at: datetime) -> int:
    """A group's contact is forgotten with the group's event."""
    over = _events_over(at - REGISTRATIONS_KEPT)
    due = update(Group).where(Group.event_id.in_(over), Group.contact_email != "")
    return _rows(due.values(contact_name="", contact_email="", organisation="", manage_link_hash=None))


def _events_over(at: datetime) -> Select[int]:
    """The ids of events whose last day had ended at an instant."""
    return select(EventDay.event_id).group_by(EventDay.event_id).having(sql.max(EventDay.ends_at) < at)


def _forget_staff(at: datetime) -> int:
    last_seen = sql.coalesce(User.last_signed_in_at, User.created_at)
    gone = update(User).where(~User.active, User.email != "", last_seen < at - STAFF_KEPT)
    return _rows(
        gone.values(name="", email="", email_key="erased-" + sql.cast(User.id, String), last_signed_in_at=None)
    )


def _refusals_without_use(at: datetime) -> Delete:
    registered = exists().where(Registration.email_key == OptionalMailRefusal.email_key)
    return delete(OptionalMailRefusal).where(OptionalMailRefusal.refused_at < at - REFUSALS_KEPT, ~registered)


def _of_events_over(at: datetime) -> Select[int]:
    """Registrations of events whose sensitive answers are due to be erased."""
    return select(Registration.id).where(Registration.event_id.in_(_events_over(at - SENSITIVE_KEPT)))


def _rows(statement: Delete | Update) -> int:
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount


_ENDS: tuple[Callable[[datetime], Delete | Update], ...] = (
    lambda at: delete(Attempt).where(Attempt.created_at < at - ATTEMPTS_KEPT),
    lambda at: delete(AddressChange).where(AddressChange.requested_at < at - ADDRESS_CHANGES_KEPT),
    lambda at: delete(Answer).where(Answer.sealed.is_not(None), Answer.registration_id.in_(_of_events_over(at))),
    lambda at: delete(Handover).where(Handover.requested_at < at - HANDOVERS_KEPT),
    lambda at: delete(OpeningWish).where(
        or_(
            and_(OpeningWish.confirmed_at.is_(None), OpeningWish.requested_at < at - UNCONFIRMED_KEPT),
            OpeningWish.event_id.in_(_events_over(at)),
            OpeningWish.event_id.in_(select(Event.id).where(Event.status == EventStatus.CALLED_OFF)),
        )
    ),
    lambda at: (
        update(Invitation)
        .where(Invitation.name != "", Invitation.event_id.in_(_events_over(at - REGISTRATIONS_KEPT)))
        .values(name="")
    ),
    lambda at: delete(SignInRequest).where(SignInRequest.expires_at < at - SIGN_INS_KEPT),
    lambda at: delete(UserSession).where(UserSession.expires_at < at - SIGN_INS_KEPT),
    lambda _at: delete(CalendarFeed).where(CalendarFeed.user_id.in_(select(User.id).where(~User.active))),
    lambda at: delete(Message).where(Message.created_at < at - MESSAGES_KEPT),
    lambda at: delete(AddressFailure).where(AddressFailure.last_refused_at < at - MESSAGES_KEPT),
    _refusals_without_use,
    lambda at: delete(AccessLogEntry).where(AccessLogEntry.at < at - ACCESS_LOG_KEPT),
)
