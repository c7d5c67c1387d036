"""The registration form: who one is, how one takes part, in which language one is written to."""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from functools import cached_property
from typing import Any

import wtforms
from flask import session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app import language, wording
from app.errors import Refused
from app.events.models import Event, Mode
from app.forms import (
    ChecklistField,
    EmailField,
    RadioField,
    SelectField,
    at_most,
    choices,
    required,
    without_address,
)
from app.people import queries as people
from app.public import event_words, municipality_choices
from app.public.admission_form import AdmissionForm
from app.public.municipality_choices import OTHER
from app.question_forms.form import AsksQuestions
from app.registrations import capacity, consents, programme_choices
from app.registrations.booking import Application
from app.registrations.models import Registration
from app.registrations.own_changes import Details

NONCE = re.compile(r"[\w-]{22}")
CONTACT_LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]


class RegistrationForm(AdmissionForm, AsksQuestions):
    """The own details, whether one may register, and what the event asks.

    The nonce marks one rendering of the form: sent again, by a second click or a reload, it does nothing new.
    """

    nonce = wtforms.HiddenField()
    stepped = wtforms.HiddenField()  # "1" once it has taken more than one step
    given_name = wtforms.StringField(
        _l("Given name"),
        [required(_l("Enter your given name")), at_most(100), without_address()],
        render_kw={"autocomplete": "given-name"},
    )
    family_name = wtforms.StringField(
        _l("Family name"),
        [required(_l("Enter your family name")), at_most(100), without_address()],
        render_kw={"autocomplete": "family-name"},
    )
    email = EmailField(_l("Work email"), [required(_l("Enter your work email address")), at_most(254)])
    municipality = SelectField(_l("Municipality"), default="")
    organisation = wtforms.StringField(
        _l("Organisation"), [at_most(200), without_address()], render_kw={"autocomplete": "organization"}
    )
    role = wtforms.StringField(
        _l("Role or title (optional)"), [at_most(200)], render_kw={"autocomplete": "organization-title"}
    )
    mode = RadioField(_l("How do you take part?"), [required(_l("Choose how you take part"))])
    items = ChecklistField(_l("Programme items with sign-up"), coerce=int)
    wait_for_items = wtforms.BooleanField(_l("Wait on the waiting list with these choices"))
    language = RadioField(_l("In which language do we write to you?"), choices=choices(CONTACT_LANGUAGES))
    participants_list = wtforms.BooleanField(
        consents.TO_THE_LIST, description=_l("Optional. You can change your mind at any time on your own page.")
    )

    empty_municipality = _l("Filled in from your email address")

    def __init__(self, event: Event, **kwargs: Any) -> None:
        self.filled_in: str | None = None
        self.is_for(event)
        self.could_wait = False
        self._event = event
        super().__init__(**{"nonce": new_nonce(), "language": language.current()} | kwargs)
        self.offered = programme_choices.offered(event, invited=self.invitation is not None)
        self.items.choices = choices((one.item.id, one.item.id) for one in self.offered)  # type: ignore[misc]
        self.municipality.choices = municipality_choices.choices(language.current(), str(self.empty_municipality))
        if len(event.modes) == 1:
            del self.mode
        else:
            self.mode.choices = choices((mode.value, event_words.mode_in_words(mode)) for mode in event.modes)
        if not event.participants_list:
            del self.participants_list
        if not NONCE.fullmatch(self.nonce.data):
            self.nonce.data = new_nonce()

    def validate_municipality(self, field: wtforms.Field) -> None:
        """Left empty, it follows from the address, which is checked before this field."""
        if field.data or self.email.errors:
            return
        self.filled_in = people.municipality_of_address(self.email.data or "")
        if self.filled_in is None:
            raise ValidationError(_("The address does not tell your municipality. Choose it or another organisation"))

    def validate_organisation(self, field: wtforms.Field) -> None:
        if self.municipality.data == OTHER and not field.data:
            raise ValidationError(_("Enter the name of your organisation"))

    def validate_items(self, field: wtforms.Field) -> None:
        """Two at the same time are refused by name. So is a full one, until the person chooses to wait for it."""
        chosen = [one for one in self.offered if one.item.id in field.data]
        try:
            programme_choices.must_not_overlap(one.item for one in chosen)
        except Refused as refused:
            raise ValidationError(str(refused)) from None
        full = [str(one.item.title.into(language.current())) for one in chosen if one.is_full]
        if full and not self._waits_anyway():
            self.could_wait = self.keeps_a_queue
            names = wording.list_of([f"“{title}”" for title in full], language.current())
            raise ValidationError(_full(names, self.could_wait))

    def _waits_anyway(self) -> bool:
        if not self.keeps_a_queue:
            return False
        places = capacity.places_of([self._event])[self._event.id]
        return self.wait_for_items.data or not any(places.has_room(mode) for mode in self._event.modes)

    @property
    def keeps_a_queue(self) -> bool:
        return self._event.waiting_list and capacity.queue_is_open(self._event)

    @property
    def municipality_code(self) -> str | None:
        return None if self.municipality.data == OTHER else self.municipality.data

    @property
    def mode_chosen(self) -> Mode | None:
        if not self.mode:
            return self._event.modes[0]
        return Mode(self.mode.data) if self.mode.data in self._event.modes else None

    @cached_property
    def sent_as(self) -> str:
        """The nonce as it is kept: of this browser and event. Who learns it from an address can send none alike.

        Kept, since after the commit it would read the event once more.
        """
        browser = str(session.get("csrf_token", ""))
        digest = hmac.digest(browser.encode(), f"{self._event.id}\n{self.nonce.data}".encode(), "sha256")
        return urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()

    @property
    def _agrees_to_the_list(self) -> dict[str, str]:
        is_ticked = self.participants_list and self.participants_list.data
        return {consents.PARTICIPANTS_LIST: str(consents.TO_THE_LIST)} if is_ticked else {}

    def application(self) -> Application:
        """What was told, for booking; only of a form that is valid."""
        return Application(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            email=self.email.data or "",
            municipality_code=self.filled_in or self.municipality_code,
            organisation=self.organisation.data,
            role=self.role.data,
            mode=self.mode_chosen or self._event.modes[0],
            language=self.language.data,
            municipality_filled=self.filled_in is not None,
            answers=self.answers,
            options=self.options,
            consents=self.consents | self._agrees_to_the_list,
            items=frozenset(self.items.data or ()),
            invitation_id=self.invitation.id if self.invitation else None,
            asks=self.asks_in,
            note=self.note.data or "",
        )


class DetailsForm(RegistrationForm):
    """The own details again, to be changed; the address and the way of taking part have pages of their own."""

    empty_municipality = _l("Choose")

    def __init__(self, registration: Registration) -> None:
        super().__init__(
            registration.event,
            given_name=registration.given_name,
            family_name=registration.family_name,
            municipality=registration.municipality_code or OTHER,
            organisation=registration.organisation,
            role=registration.role,
            language=registration.language,
        )
        of_registering = {
            "nonce",
            "stepped",
            "email",
            "mode",
            "items",
            "wait_for_items",
            "asked",
            "asking",
            "ask",
            "note",
        }
        other = of_registering | {"participants_list"}
        for name in other & self._fields.keys():
            del self[name]

    def validate_municipality(self, field: wtforms.Field) -> None:
        if not field.data:
            raise ValidationError(_("Choose your municipality"))

    def details(self) -> Details:
        """What was told, for the rule; only of a form that is valid."""
        return Details(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            municipality_code=self.municipality_code,
            organisation="" if self.municipality_code else self.organisation.data,
            role=self.role.data,
            language=self.language.data,
        )


def _full(names: str, could_wait: bool) -> str:
    if could_wait:
        return _("Full: %(items)s. Choose otherwise, or tick below that you wait with these choices.", items=names)
    return _("Full: %(items)s. Choose otherwise.", items=names)


def new_nonce() -> str:
    return secrets.token_urlsafe(16)
