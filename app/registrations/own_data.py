"""All that is held about one registration, for the person to take along; docs/own-data.md says what each key means.

Hashes of links and keys for sorting and searching are left out: they tell nothing that is not told here.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import clock
from app.database import db
from app.messages import queries as messages
from app.messages.addresses import folded
from app.messages.models import Message
from app.registrations import answers, consents, history, links, notices, optional_mail
from app.registrations.answer_models import Handover
from app.registrations.models import AddressChange, CalendarEntry, JoinClick, ProgrammeChoice, Registration

SCHEMA = "kuntailmo-own-data/1"


def as_json(registration: Registration) -> dict[str, Any]:
    """The person's own copy, as JSON can hold it. Instants are in UTC (ISO 8601); what is not known is null."""
    return {
        "schema": SCHEMA,
        "made_at": instant(clock.now()),
        "event": _event(registration),
        "person": _person(registration),
        "registration": _registration(registration),
        "programme": _programme(registration),
        "answers": answers.as_json(registration),
        "consents": _consents(registration),
        "history": [
            {"at": instant(line.at), "by": line.actor.value, "what": line.what, "details": dict(line.details)}
            for line in history.own(registration)
        ],
        "mails": [mail(message) for message in _own_mails(registration)],
        "calendar": _calendar(registration),
        "join_clicks": _join_clicks(registration),
        "pending": _pending(registration),
    }


def _event(registration: Registration) -> dict[str, Any]:
    event, language = registration.event, registration.language
    return {
        "title": str(event.title.into(language)),
        "page": links.address(f"/{language}/events/{event.slug}"),
        "starts_at": instant(event.starts_at),
        "ends_at": instant(event.ends_at),
    }


def _person(registration: Registration) -> dict[str, Any]:
    municipality = registration.municipality
    return {
        "given_name": registration.given_name,
        "family_name": registration.family_name,
        "email": registration.email,
        "municipality_code": registration.municipality_code,
        "municipality": municipality.name(registration.language) if municipality else None,
        "organisation": registration.organisation,
        "role": registration.role,
        "language": registration.language,
        "optional_mail_refused": optional_mail.refuses(registration.email_key),
    }


def _registration(registration: Registration) -> dict[str, Any]:
    group = registration.group
    return {
        "id": registration.uuid,
        "status": registration.status.value,
        "mode": registration.mode.value,
        "takes_place": registration.takes_place,
        "extra_place": registration.is_extra,
        "added_by_organiser": registration.added_by_id is not None,
        "registered_by": {"name": group.contact_name, "email": group.contact_email}
        if group and group.contact_name
        else None,
        "by_invitation": registration.invitation_id is not None,
        "registered_at": instant(registration.registered_at),
        "queued_at": instant(registration.queued_at),
        "confirmed_at": instant(registration.confirmed_at),
        "offer_expires_at": instant(registration.offer_expires_at),
        "withdrawn_at": instant(registration.withdrawn_at),
        "checked_at": instant(registration.checked_at),
        "still_coming_asked_at": instant(registration.still_coming_asked_at),
        "still_coming_at": instant(registration.still_coming_at),
        "calendar_declined_at": instant(registration.calendar_declined_at),
    }


def _programme(registration: Registration) -> list[dict[str, Any]]:
    chosen = select(ProgrammeChoice).where(ProgrammeChoice.registration_id == registration.id)
    items = sorted((choice.item for choice in db.session.scalars(chosen)), key=lambda item: (item.starts_at, item.id))
    return [
        {"title": str(item.title.into(registration.language)), "starts_at": instant(item.starts_at)} for item in items
    ]


def _consents(registration: Registration) -> list[dict[str, Any]]:
    return [
        {
            "matter": consent.matter,
            "wording": consent.wording,
            "given_at": instant(consent.given_at),
            "withdrawn_at": instant(consent.withdrawn_at),
        }
        for consent in consents.of(registration)
    ]


def _own_mails(registration: Registration) -> list[Message]:
    """All of them; of a place that was handed over only those to the present mailbox, not the giver's."""
    mails = messages.about(notices.about(registration))
    if not history.is_handed_over(registration):
        return mails
    return [one for one in mails if folded(one.recipient) == registration.email_key]


def mail(message: Message) -> dict[str, Any]:
    """A mail as a copy of the own data holds it."""
    return {
        "occasion": message.occasion,
        "to": message.recipient,
        "name": message.recipient_name,
        "reply_to": message.reply_to,
        "subject": message.subject,
        "text": message.text,
        "written_at": instant(message.created_at),
        "sent_at": instant(message.sent_at),
        "state": message.state.value,
        "outcome": message.outcome.value if message.outcome else None,
    }


def _calendar(registration: Registration) -> list[dict[str, Any]]:
    held = select(CalendarEntry).where(CalendarEntry.registration_id == registration.id).order_by(CalendarEntry.id)
    return [
        {
            "uid": entry.uid,
            "starts_at": instant(entry.starts_at),
            "ends_at": instant(entry.ends_at),
            "sequence": entry.sequence,
            "cancelled_at": instant(entry.cancelled_at),
        }
        for entry in db.session.scalars(held)
    ]


def _pending(registration: Registration) -> dict[str, Any]:
    """What waits to be confirmed from another mailbox."""
    handover = db.session.get(Handover, registration.id)
    change = db.session.get(AddressChange, registration.id)
    names = ("given_name", "family_name", "email")
    return {
        "new_email": change.email if change else None,
        "handed_to": {name: getattr(handover, name) for name in names} if handover and handover.email else None,
    }


def _join_clicks(registration: Registration) -> list[str | None]:
    clicked = select(JoinClick.clicked_at).where(JoinClick.registration_id == registration.id)
    return [instant(at) for at in db.session.scalars(clicked.order_by(JoinClick.id))]


def instant(at: datetime | None) -> str | None:
    """An instant as a copy of the own data holds it: in UTC, to the second."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None
