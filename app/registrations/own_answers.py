"""What a participant does to the own answers: change them until a date, take a consent back at any time."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import delete

from app import clock
from app.database import begin_write, db
from app.errors import Refused
from app.questions import asking, queries
from app.questions.queries import Asked
from app.registrations import answers, consents, counting, history, own_changes, reseating, waitlist
from app.registrations.answer_models import Actor, Answer
from app.registrations.answers import Answering, Given
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
    claim = counting.claim_of(registration)
    left = claim.options - asking.options_of(form, before)
    reseating.must_fit(locked, registration, replace(claim, options=left | asking.options_of(form, kept)))
    answers.delete_those_to(registration, form.questions)
    answers.write(registration, form, kept, given.consents)
    history.note(registration, "answers", actor=Actor.PERSON, questions=changed)
    db.session.flush()
    locked.count()
    waitlist.promote(locked)
    return True


def missing(registration: Registration, given: Sequence[Given]) -> list[Asked]:
    """The required questions that are not among what was given: asked since, or of another way of taking part."""
    form = queries.form_of(registration.event_id)
    return asking.unanswered(form, registration.mode, answers.by_question(given))


def withdraw_consent(registration: Registration, question_id: int) -> bool:
    """Take a consent back: the answer is deleted at once, whenever that is. False when it was already done.

    False too when the registration has been handed over meanwhile: what is there now is the receiver's.
    """
    generation = registration.link_generation
    begin_write()
    db.session.refresh(registration, with_for_update=True)
    if registration.link_generation != generation:
        return False
    withdrawn = consents.withdraw(registration, consents.to_answer(question_id))
    db.session.execute(
        delete(Answer).where(
            Answer.registration_id == registration.id, Answer.question_id == question_id, Answer.sealed.is_not(None)
        )
    )
    return withdrawn
