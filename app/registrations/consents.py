"""What people have agreed to beyond taking part: each consent by itself, withdrawn at any time and at once."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app import clock
from app.database import begin_write, db
from app.registrations import history, own_answers
from app.registrations.answer_models import Actor, Consent
from app.registrations.models import Registration

PARTICIPANTS_LIST = "participants-list"
# What one agrees to by being on the participants' list: the words on the page, which are kept with the consent.
TO_THE_LIST = _l("My name and municipality or organisation may be shown to the other participants of the event.")


def of(registration: Registration) -> list[Consent]:
    """All that was agreed to, withdrawn ones too, the latest first."""
    given = select(Consent).where(Consent.registration_id == registration.id)
    return list(db.session.scalars(given.order_by(Consent.id.desc())))


def holds(registration: Registration, matter: str) -> bool:
    """Whether a consent has been given and not withdrawn."""
    return matter in own_answers.consented(registration)


def give(registration: Registration, matter: str, wording: str) -> bool:
    """Agree to something that is not an answer. False when it was agreed to already. Begins the write transaction."""
    begin_write()
    db.session.refresh(registration, with_for_update=True)
    if holds(registration, matter):
        return False
    db.session.add(Consent(registration_id=registration.id, matter=matter, wording=wording))
    history.note(registration, "consent-given", actor=Actor.PERSON, matter=matter)
    return True


def withdraw(registration: Registration, consent: Consent) -> bool:
    """Take a consent back: a sensitive answer is deleted, a name leaves the list. False when it was already done.

    Begins the write transaction.
    """
    kind, _colon, number = consent.matter.partition(":")
    if kind == "question":
        return own_answers.withdraw_consent(registration, int(number))
    begin_write()
    db.session.refresh(consent, with_for_update=True)
    if consent.withdrawn_at is not None:
        return False
    consent.withdrawn_at = clock.now()
    history.note(registration, "consent-withdrawn", actor=Actor.PERSON, matter=consent.matter)
    return True
