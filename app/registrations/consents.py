"""Consents to what is optional: the words that were agreed to, when, and when they were taken back."""

from collections.abc import Mapping

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app import clock
from app.database import db
from app.questions import ready_made
from app.registrations import history
from app.registrations.answer_models import Actor, Consent
from app.registrations.models import Registration
from app.translated import FALLBACK_ORDER

PARTICIPANTS_LIST = "participants-list"
# What one agrees to by being on the participants' list: the words on the page, which are kept with the consent.
TO_THE_LIST = _l("My name and municipality or organisation may be shown to the other participants of the event.")


def to_answer(question_id: int) -> str:
    """What the consent to keep the answer to a sensitive question is called."""
    return f"question:{question_id}"


def agree(registration: Registration, wordings: Mapping[str, str]) -> None:
    """Keep the consents that do not hold already, wording by matter."""
    if not wordings:
        return
    before = held(registration)
    db.session.add_all(
        Consent(registration_id=registration.id, matter=matter, wording=wording)
        for matter, wording in wordings.items()
        if matter not in before
    )


def withdraw(registration: Registration, matter: str) -> bool:
    """Take a consent back; it stays as a proof of both. False when there was none."""
    taken_back = (
        update(Consent)
        .where(Consent.registration_id == registration.id, Consent.matter == matter, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
        .returning(Consent.id)
    )
    is_new = bool(db.session.scalars(taken_back).all())
    if is_new:
        history.note(registration, "consent-withdrawn", actor=Actor.PERSON, matter=matter)
    return is_new


def held(registration: Registration) -> dict[str, str]:
    """The consents that hold, with their wording, by matter."""
    rows = db.session.execute(
        select(Consent.matter, Consent.wording).where(
            Consent.registration_id == registration.id, Consent.withdrawn_at.is_(None)
        )
    )
    return {matter: wording for matter, wording in rows}


def language_of(consent: Consent) -> str | None:
    """In which language its words are, that of the page on which it was given; None for words no longer in use."""
    for language in FALLBACK_ORDER:
        with force_locale(language):
            in_use = {str(TO_THE_LIST), *(words[language] for words in ready_made.consents())}
        if consent.wording in in_use:
            return language
    return None


def of(registration: Registration) -> list[Consent]:
    """All that was ever agreed to, withdrawn ones too, the latest first."""
    given = select(Consent).where(Consent.registration_id == registration.id)
    return list(db.session.scalars(given.order_by(Consent.id.desc())))
