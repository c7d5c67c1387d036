"""What someone who registers has told, and the registration that it makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app import wording
from app.events.models import Event, Mode, new_uuid
from app.messages.addresses import folded
from app.questions.values import AnswerValue
from app.registrations.counting import Claim
from app.registrations.models import Registration


@dataclass(frozen=True, kw_only=True)
class Application:
    """What someone who registers has told. Texts are trimmed; a municipality's code or an organisation, or neither.

    `items` are the programme items signed up for, `options` the chosen options of questions that are not sensitive;
    `answers` are by the question's id, options as their ids; `consents` are the words agreed to, by their matter.
    Someone whose address is not admitted `asks` the organiser to be accepted, with a `note`.
    """

    given_name: str
    family_name: str
    email: str
    municipality_code: str | None
    organisation: str = ""
    role: str = ""
    mode: Mode
    language: str
    municipality_filled: bool = False
    items: frozenset[int] = frozenset()
    options: frozenset[int] = frozenset()
    answers: Mapping[int, AnswerValue] = field(default_factory=dict)
    consents: Mapping[str, str] = field(default_factory=dict)
    invitation_id: int | None = None
    asks: bool = False
    note: str = ""
    takes_place: bool = True

    @property
    def claim(self) -> Claim:
        """What it would take of the event's places."""
        return Claim(
            mode=self.mode,
            municipality_code=self.municipality_code,
            items=self.items,
            options=self.options,
            counts=self.takes_place,
        )


def registered(application: Application, event: Event) -> Registration:
    """A new registration, with all that it does not get from the places: its status, its times and its group."""
    registration = Registration(
        uuid=new_uuid(),
        event=event,
        email=application.email,
        email_key=folded(application.email),
        municipality_code=application.municipality_code,
        organisation="" if application.municipality_code else application.organisation,
        role=application.role,
        mode=application.mode,
        language=application.language,
        takes_place=application.takes_place,
        invitation_id=application.invitation_id,
        link_generation=1,
    )
    name(registration, given=application.given_name, family=application.family_name)
    return registration


def name(registration: Registration, *, given: str, family: str) -> None:
    """Give a registration its name, with the keys it is sorted and found by."""
    registration.given_name, registration.family_name = given, family
    registration.sort_key = wording.sort_key(family, given)
    registration.search_key = wording.search_key(f"{given} {family}")
