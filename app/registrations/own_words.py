"""Organisers' own words: subject and body of a mail by occasion and language; without any, the service's stand.

The greeting, the facts, the personal links and the calendar are always the service's, so that no mail loses them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from app.database import db
from app.errors import Refused
from app.events import parts
from app.events import queries as events
from app.events.models import Event, EventDay
from app.messages.layout import Content
from app.registrations import own_days, placeholders
from app.registrations.mail_models import MessageText
from app.registrations.models import Occasion, Registration
from app.registrations.placeholders import Subject
from app.translated import Translated

OCCASIONS = (
    Occasion.CONFIRMED,
    Occasion.WAITING,
    Occasion.PROMOTED,
    Occasion.OFFERED,
    Occasion.AWAITING_APPROVAL,
    Occasion.REFUSED,
    Occasion.CHANGED,
    Occasion.WITHDRAWN,
    Occasion.REMINDER,
    Occasion.STILL_COMING,
    Occasion.EVENT_CHANGED,
)
# Here the service's own sentences tell a number, a deadline or what to press: they stay, before the organiser's.
OURS_STAY = {Occasion.WAITING, Occasion.OFFERED, Occasion.AWAITING_APPROVAL, Occasion.STILL_COMING}

_OF_EVENT = select(MessageText).where(MessageText.event_id == bindparam("event_id"))


class Words(NamedTuple):
    """What an organiser writes on one occasion, by language."""

    subject: Translated
    body: Translated


def of(event: Event) -> Mapping[Occasion, Words]:
    """An event's own words by occasion, kept by this process as long as nobody changes them."""
    return parts.kept(event, _words_of)


def _words_of(event_id: int) -> Mapping[Occasion, Words]:
    with db.session.no_autoflush:  # else each registration is written in two goes, with the event locked
        texts = db.session.scalars(_OF_EVENT, {"event_id": event_id}).all()
    return {text.occasion: Words(text.subject, text.body) for text in texts}


def applied(
    content: Content,
    registration: Registration,
    event: Event,
    occasion: str,
    days: Sequence[EventDay] | None = None,
) -> Content:
    """A letter with the organiser's words in place of the service's, for a reader whose language has some.

    The locale must be the reader's. `days` are the event's, when the caller has read them already.
    """
    words = of(event).get(Occasion(occasion)) if occasion in OCCASIONS else None
    if words is None:
        return content
    subject = Subject(registration, event, lambda: _days_of(registration, event, days))
    own_subject = placeholders.fill(words.subject[registration.language], subject)
    own_body = placeholders.fill(words.body[registration.language], subject)
    if own_body.strip():
        ours = content.paragraphs if occasion in OURS_STAY else content.paragraphs[:1]
        quote = "\n\n".join(filter(None, (own_body, content.quote)))
        content = replace(content, paragraphs=ours, quote=quote)
    return replace(content, subject=own_subject) if own_subject.strip() else content


def _days_of(registration: Registration, event: Event, days: Sequence[EventDay] | None) -> Sequence[EventDay]:
    return own_days.days_for(registration, events.days_of(event) if days is None else days)


def save(event: Event, occasion: Occasion, *, subject: Translated, body: Translated) -> None:
    """Give an occasion its words; empty ones are the service's again. The write transaction has begun.

    Refused when a placeholder is unknown, or the occasion takes no words.
    """
    if occasion not in OCCASIONS:
        raise Refused(_("The texts of this mail cannot be changed."))
    placeholders.check((subject, body))
    if not (subject or body):
        back_to_default(event, occasion)
        return
    text = db.session.get(MessageText, (event.id, occasion)) or MessageText(event_id=event.id, occasion=occasion)
    text.subject, text.body = subject, body
    db.session.add(text)
    _let_the_event_follow(event)


def back_to_default(event: Event, occasion: Occasion) -> None:
    """Let the service's words stand again. The write transaction has begun."""
    if text := db.session.get(MessageText, (event.id, occasion)):
        db.session.delete(text)
    _let_the_event_follow(event)


def copy(original_id: int, made: Event) -> None:
    """Give a copied event the words of its original. The write transaction has begun."""
    for text in db.session.scalars(_OF_EVENT, {"event_id": original_id}):
        db.session.add(MessageText(event_id=made.id, occasion=text.occasion, subject=text.subject, body=text.body))


def _let_the_event_follow(event: Event) -> None:
    db.session.flush()
    db.session.expire(event, ["parts_stamp"])
