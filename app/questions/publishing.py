"""Publishing an event with its form: a question without a text, and one that cannot be stored, are said before."""

from collections.abc import Iterator
from dataclasses import replace

from flask_babel import gettext as _

from app import language
from app.errors import Refused
from app.events import publishing
from app.events.models import Event
from app.events.publishing import Readiness
from app.questions import sensitive
from app.questions.queries import Form, form_of
from app.translated import Translated


def readiness(event: Event) -> Readiness:
    """How ready a draft and its form are to be published, in sentences."""
    of_event, form = publishing.readiness(event), form_of(event.id)
    return replace(
        of_event,
        blockers=of_event.blockers + sensitive.blockers(form.questions),
        gaps=of_event.gaps + publishing.gaps_of(_texts(form)),
    )


def publish(event_id: int) -> Event:
    """Make a draft public, its form with it. The write transaction has begun.

    Refused as the event's own publishing is, and when the form has a sensitive question that cannot be sealed.
    """
    event = publishing.publish(event_id)
    for blocker in sensitive.blockers(form_of(event_id).questions):
        raise Refused(blocker)
    return event


def _texts(form: Form) -> Iterator[tuple[str, Translated]]:
    speaks = language.current()
    for asked in form.questions:
        title = asked.label.into(speaks)
        yield _("Form: %(question)s", question=title), asked.label
        yield _("Form: help of %(question)s", question=title), asked.help
        for option in asked.options:
            yield _("Form: %(question)s, %(option)s", question=title, option=option.label.into(speaks)), option.label
