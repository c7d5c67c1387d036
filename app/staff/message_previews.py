"""Previews of a mail in each language as one of the participants, and the test that goes to the organiser alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select

from app import access, language
from app.database import begin_write, db
from app.events import queries as events
from app.events.models import Event, EventDay
from app.language import speaking
from app.messages import outbox
from app.messages.models import Message
from app.registrations import previews
from app.registrations.models import ACTIVE, Registration

SHOWN = 100
Write = Callable[[Registration, Sequence[EventDay]], Message]


@dataclass(frozen=True)
class Preview:
    """The mail in each language, for whom it is, and who else it could be shown for: (id, name)."""

    mails: dict[str, Message]
    person: Registration | None
    people: list[tuple[int, str]]


def show(event: Event, write: Write, prepare: Callable[[], None] | None = None) -> Preview:
    """The mail as the chosen participant would read it, or as an example person would; the view of the data is logged.

    `prepare` writes what the mail depends on; it is taken back with all that the preview made.
    """
    access.record("messages.preview", f"event:{event.id}")
    people = _people(event)
    chosen = request.form.get("person", type=int)
    person = next((one for one in people if one.id == chosen), None)
    names = [(one.id, f"{one.family_name}, {one.given_name}") for one in people]
    return Preview(_mails(event, person, write, prepare), person, names)


def post_test(event: Event, write: Write, prepare: Callable[[], None] | None = None) -> int:
    """Mail the organiser who is signed in what an example person would get, in each language; commits."""
    who = access.user()
    name, address = who.name, who.email
    mails = _mails(event, None, write, prepare)
    begin_write()
    for code, mail in mails.items():
        with speaking(code):
            subject = _("Test: %(subject)s", subject=mail.subject)
        outbox.post(
            outbox.Letter(
                occasion="test",
                recipient=address,
                recipient_name=name,
                language=code,
                subject=subject,
                text=mail.text or "",
                html=mail.html,
            )
        )
    db.session.commit()
    return len(mails)


def _mails(
    event: Event, person: Registration | None, write: Write, prepare: Callable[[], None] | None
) -> dict[str, Message]:
    who = access.user()
    name, address = who.name, who.email
    begin_write()
    try:
        if prepare:
            prepare()
        days = events.days_of(event)
        return {code: write(_reader(event, person, code, name, address), days) for code in language.LANGUAGES}
    finally:
        db.session.rollback()


def _reader(event: Event, person: Registration | None, code: str, name: str, address: str) -> Registration:
    return previews.double(person, code) if person else previews.example(event, name, address, code)


def _people(event: Event) -> list[Registration]:
    query = select(Registration).where(Registration.event_id == event.id, Registration.status.in_(ACTIVE))
    return list(db.session.scalars(query.order_by(Registration.sort_key, Registration.id).limit(SHOWN)))
