"""What a participant does to the own answers: change them until a date, take a consent back at any time."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from app import clock
from app.database import begin_write, db
from app.errors import Refused
from app.questions import asking, queries
from app.questions.queries import Asked, Form
from app.registrations import answers, counting, history, own_changes, reseating, waitlist
from app.registrations.answer_models import Actor, Answer, Consent
from app.registrations.answers import Answering, Given
from app.registrations.counting import Claim
from app.registrations.models import Registration


def may_change(registration: Registration) -> bool:
    """Answers change until the organiser's date, else until the event starts."""
    event = registration.event
    at = clock.now()
    is_open = event.answers_close_at is None or at < event.answers_close_at
    return registration.is_active and event.is_published and is_open and not event.has_started(at)


def change(registration: Registration, given: Answering) -> bool:
    """Replace the answers to the questions that are asked now; those to retired ones stay as they were given.

    False when nothing differs. Raises Refused when it is too late, or a newly chosen option has no place left.
    """
    locked, registration = own_changes.enter(registration)
    if not may_change(registration):
        raise Refused(_("The answers can no longer be changed. Write to the organiser."))
    form = queries.form_of(registration.event_id)
    kept = asking.kept(form, registration.mode, given.answers)
    before = answers.by_question(answers.of(registration, sensitive=True))
    changed = sorted(one.id for one in form.questions if before.get(one.id) != kept.get(one.id))
    if not changed:
        return False
    reseating.must_fit(locked, registration, _claim(registration, form, asking.options_of(form, kept)))
    answers.delete_those_to(registration, form.questions)
    answers.write(registration, form, kept, given.consents)
    history.note(registration, "answers", actor=Actor.PERSON, questions=changed)
    db.session.flush()
    locked.forget_counts()
    waitlist.promote(locked)
    return True


def _claim(registration: Registration, form: Form, chosen: frozenset[int]) -> Claim:
    """What it takes with other answers: an option of a question that is no longer asked stays taken."""
    claim = counting.claim_of(registration)
    asked = {option.id for one in form.questions for option in one.options}
    return replace(claim, options=claim.options - asked | chosen)


def missing(registration: Registration, given: Sequence[Given]) -> list[Asked]:
    """The required questions that are not among what was given: asked since, or of another way of taking part."""
    form = queries.form_of(registration.event_id)
    return asking.unanswered(form, registration.mode, answers.by_question(given))


def withdraw_consent(registration: Registration, question_id: int) -> bool:
    """Take a consent back: the answer is deleted at once, whenever that is. False when it was already done."""
    begin_write()
    given = (Consent.registration_id == registration.id, Consent.matter == answers.matter(question_id))
    withdrawn = db.session.scalars(
        update(Consent)
        .where(*given, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
        .returning(Consent.id)
    ).all()
    db.session.execute(
        delete(Answer).where(
            Answer.registration_id == registration.id, Answer.question_id == question_id, Answer.sealed.is_not(None)
        )
    )
    return bool(withdrawn)


def consented(registration: Registration) -> dict[str, str]:
    """The consents that hold, with their wording, by matter."""
    rows = db.session.execute(
        select(Consent.matter, Consent.wording).where(
            Consent.registration_id == registration.id, Consent.withdrawn_at.is_(None)
        )
    )
    return {matter: wording for matter, wording in rows}
