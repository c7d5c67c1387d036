"""What a participant does to the own answers: change them until a date, take a consent back at any time."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from app import clock
from app.database import begin_write, db
from app.errors import Refused
from app.questions import asking, queries
from app.questions.queries import Asked, Form
from app.questions.values import AnswerValue
from app.registrations import answers, own_changes
from app.registrations.answer_models import Answer, AnswerChoice, Consent
from app.registrations.answers import Answering, Given
from app.registrations.models import Registration


def may_change(registration: Registration) -> bool:
    """Answers change until the organiser's date, else until the event starts."""
    event = registration.event
    at = clock.now()
    is_open = event.answers_close_at is None or at < event.answers_close_at
    return registration.is_active and event.is_published and is_open and not event.has_started(at)


def change(registration: Registration, given: Answering) -> None:
    """Replace the answers to the questions that are asked now; those to retired ones stay as they were given.

    Raises Refused when it is too late, or a newly chosen option has places of its own.
    """
    _locked, registration = own_changes.enter(registration)
    if not may_change(registration):
        raise Refused(_("The answers can no longer be changed. Write to the organiser."))
    form = queries.form_of(registration.event_id)
    kept = asking.kept(form, registration.mode, given.answers)
    _must_not_move_places(registration, form, asking.options_of(form, kept))
    _delete(registration, form.questions)
    answers.write(registration, form, kept, given.consents)


def missing(registration: Registration, given: Sequence[Given]) -> list[Asked]:
    """The required questions that are not among what was given: asked since, or of another way of taking part."""
    form = queries.form_of(registration.event_id)
    return asking.unanswered(form, registration.mode, by_question(given))


def by_question(given: Sequence[Given]) -> dict[int, AnswerValue]:
    """The answers that can be read, by their questions."""
    return {one.question_id: one.value for one in given if one.value is not None}


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


def _must_not_move_places(registration: Registration, form: Form, chosen: frozenset[int]) -> None:
    limited = {one.id for asked in form.questions for one in asked.options if one.places is not None}
    of_it = select(AnswerChoice.option_id).where(AnswerChoice.registration_id == registration.id)
    before = set(db.session.scalars(of_it))
    if (chosen - before) & limited:
        raise Refused(_("A choice with places of its own cannot be changed here. Write to the organiser."))


def _delete(registration: Registration, asked: tuple[Asked, ...]) -> None:
    questions = [one.id for one in asked]
    options = [option.id for one in asked for option in one.options]
    of_it = Answer.registration_id == registration.id
    db.session.execute(delete(Answer).where(of_it, Answer.question_id.in_(questions)))
    db.session.execute(
        delete(AnswerChoice).where(AnswerChoice.registration_id == registration.id, AnswerChoice.option_id.in_(options))
    )
