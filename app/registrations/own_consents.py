"""What a participant does to the own consents: agree to be listed, take each back at any time. It holds at once."""

from app.database import begin_write, db
from app.registrations import consents, history, own_answers
from app.registrations.answer_models import Actor, Consent
from app.registrations.consents import PARTICIPANTS_LIST, TO_THE_LIST
from app.registrations.models import Registration


def be_listed(registration: Registration) -> bool:
    """Agree to be on the participants' list. False when one is. Begins the write transaction.

    False too when the registration has been handed over meanwhile: nobody agrees for somebody else.
    """
    generation = registration.link_generation
    begin_write()
    db.session.refresh(registration, with_for_update=True)
    if registration.link_generation != generation or is_listed(registration):
        return False
    consents.agree(registration, {PARTICIPANTS_LIST: str(TO_THE_LIST)})
    history.note(registration, "consent-given", actor=Actor.PERSON, matter=PARTICIPANTS_LIST)
    return True


def is_listed(registration: Registration) -> bool:
    return PARTICIPANTS_LIST in consents.held(registration)


def withdraw(registration: Registration, consent: Consent) -> bool:
    """Take a consent back: a sensitive answer is deleted, a name leaves the list. False when it was already done.

    Begins the write transaction.
    """
    kind, _colon, number = consent.matter.partition(":")
    if kind == "question":
        return own_answers.withdraw_consent(registration, int(number))
    generation, matter = registration.link_generation, consent.matter
    begin_write()
    db.session.refresh(registration, with_for_update=True)
    return registration.link_generation == generation and consents.withdraw(registration, matter)
