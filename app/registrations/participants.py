"""The participants' list that participants see: who agreed to it, by name and municipality, and nothing else."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select

from app.database import db
from app.events.models import Event
from app.people.models import Municipality
from app.registrations.answer_models import Consent
from app.registrations.consents import PARTICIPANTS_LIST
from app.registrations.models import Registration, Status


@dataclass(frozen=True)
class Participant:
    name: str
    municipality: Municipality | None
    organisation: str


@dataclass(frozen=True)
class Participants:
    """Those who are shown, in Finnish order, and how many others have a place."""

    shown: list[Participant]
    others: int


def may_agree(registration: Registration) -> bool:
    """Whether there is a list that this person is or will be on, once they agree."""
    event = registration.event
    return event.participants_list and registration.is_active and not event.is_called_off


def is_open_to(registration: Registration) -> bool:
    """Whether the organiser wants the list, and this person has a place."""
    event = registration.event
    return event.participants_list and registration.is_confirmed and not event.is_called_off


def of(event: Event) -> Participants:
    """Everyone with a confirmed place, in two queries; only of those who agreed more than the number."""
    confirmed = (Registration.event_id == event.id, Registration.status == Status.CONFIRMED)
    agreed = exists().where(
        Consent.registration_id == Registration.id,
        Consent.matter == PARTICIPANTS_LIST,
        Consent.withdrawn_at.is_(None),
    )
    rows = db.session.execute(
        select(Registration.given_name, Registration.family_name, Municipality, Registration.organisation)
        .outerjoin(Registration.municipality)
        .where(*confirmed, agreed)
        .order_by(Registration.sort_key, Registration.id)
    )
    shown = [Participant(f"{given} {family}", place, organisation) for given, family, place, organisation in rows]
    everyone = db.session.scalars(select(func.count(Registration.id)).where(*confirmed)).one()
    return Participants(shown, everyone - len(shown))
