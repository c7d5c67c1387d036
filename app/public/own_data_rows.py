"""What the personal page tells of the own data: the questions that wait, and what has happened, in short."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app import language, wording
from app.registrations import history, history_words, participants, still_coming
from app.registrations.answer_models import Actor
from app.registrations.models import Registration


@dataclass(frozen=True)
class OwnData:
    """`happened`: when, what and by whom, the latest first."""

    asks_if_coming: bool
    sees_participants: bool
    happened: list[tuple[str, str, str]]


def of(registration: Registration) -> OwnData:
    """For the part of the personal page that is about the own data."""
    spoken = language.current()
    return OwnData(
        asks_if_coming=registration.has_not_said_if_coming and still_coming.is_asked(registration),
        sees_participants=participants.is_open_to(registration),
        happened=[
            (wording.date_and_time(line.at, spoken), history_words.sentence(line, spoken), _who(line.actor))
            for line in history.own(registration)
        ],
    )


def _who(actor: Actor) -> str:
    """Participants see no names of staff."""
    match actor:
        case Actor.PERSON:
            return _("you")
        case Actor.CONTACT:
            return _("your group’s contact")
        case Actor.STAFF:
            return _("the organiser")
        case Actor.SERVICE:
            return _("the service")
