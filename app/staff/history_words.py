"""A registration's history as those who organise read it: with the names of staff, and with the reasons."""

from flask_babel import gettext as _

from app import language
from app.registrations import history_words
from app.registrations.answer_models import Actor
from app.registrations.history import Line


def happened(line: Line) -> str:
    """What happened, and why when that was written."""
    return history_words.sentence(line, language.current(), with_reason=True)


def who_did(line: Line) -> str:
    """Who did it: a member of staff by name, as long as the service knows it."""
    match line.actor:
        case Actor.PERSON:
            return _("the person")
        case Actor.CONTACT:
            return _("the group’s contact")
        case Actor.STAFF:
            return line.name or _("an organiser")
        case Actor.SERVICE:
            return _("the service")
