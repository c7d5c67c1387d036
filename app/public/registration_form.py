"""The registration form: who one is, how one takes part, in which language one is written to."""

from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.events.models import Event, Mode
from app.forms import RadioField, at_most, choices, required
from app.public import event_words
from app.public.municipality_choices import OTHER
from app.public.person_form import PersonForm
from app.registrations.booking import Application
from app.registrations.models import Registration
from app.registrations.own_changes import Details


class RegistrationForm(PersonForm):
    """One person registers."""

    role = wtforms.StringField(
        _l("Role or title (optional)"), [at_most(200)], render_kw={"autocomplete": "organization-title"}
    )
    mode = RadioField(_l("How do you take part?"), [required(_l("Choose how you take part"))])

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(event, **kwargs)
        self._only_mode = event.modes[0]
        if len(event.modes) == 1:
            del self.mode
        else:
            self.mode.choices = choices((mode.value, event_words.mode_in_words(mode)) for mode in event.modes)

    def application(self) -> Application:
        """What was told, for booking; only of a form that is valid."""
        return Application(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            email=self.email.data or "",
            municipality_code=self.filled_in or self.municipality_code,
            organisation=self.organisation.data,
            role=self.role.data,
            mode=Mode(self.mode.data) if self.mode else self._only_mode,
            language=self.language.data,
            municipality_filled=self.filled_in is not None,
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
        for name in {"nonce", "email", "mode"} & self._fields.keys():
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
