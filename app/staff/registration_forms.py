"""Forms about one registration: adding a person by hand, correcting a municipality or a mode."""

from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app import language
from app.events.models import Event, Mode
from app.forms import EmailField, Form, RadioField, SelectField, at_most, choices, required
from app.language import OWN_NAMES
from app.people import queries as people
from app.question_forms.fields import name_of
from app.question_forms.form import AsksQuestions, asking_of
from app.registrations import invitation_links
from app.registrations.booking import Application
from app.registrations.labels import MODES
from app.registrations.models import Registration
from app.registrations.organiser_changes import Correction
from app.registrations.queries import OTHER
from app.staff.choices import municipalities_and_others


class Belonging(Form):
    """Where someone works, and how they take part."""

    municipality = SelectField(_l("Municipality"))
    organisation = wtforms.StringField(_l("Other organisation"), [at_most(200)])
    mode = RadioField(_l("Takes part"), [required(_l("Choose how the person takes part"))])

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality.choices = choices(municipalities_and_others())
        self._only_mode = event.modes[0]
        if len(event.modes) == 1:
            del self.mode
        else:
            self.mode.choices = choices((mode.value, MODES[mode]) for mode in event.modes)

    def validate_organisation(self, field: wtforms.Field) -> None:
        if self.municipality.data == OTHER and not field.data:
            raise ValidationError(_("Enter the name of the organisation"))

    @property
    def chosen_mode(self) -> Mode:
        return Mode(self.mode.data) if self.mode else self._only_mode

    @property
    def municipality_code(self) -> str | None:
        return None if self.municipality.data == OTHER else self.municipality.data


class CorrectionForm(Belonging):
    municipality = SelectField(_l("Municipality"), [required(_l("Choose a municipality or another organisation"))])

    def __init__(self, registration: Registration) -> None:
        super().__init__(
            registration.event,
            municipality=registration.municipality_code or OTHER,
            organisation=registration.organisation,
            mode=registration.mode.value,
        )

    def correction(self) -> Correction:
        return Correction(
            municipality_code=self.municipality_code,
            organisation=self.organisation.data or "",
            mode=self.chosen_mode,
        )


class AddForm(AsksQuestions, Belonging):
    given_name = wtforms.StringField(_l("Given name"), [required(_l("Enter the given name")), at_most(100)])
    family_name = wtforms.StringField(_l("Family name"), [required(_l("Enter the family name")), at_most(100)])
    email = EmailField(_l("Work email"), [required(_l("Enter the work email")), at_most(254)])
    role = wtforms.StringField(_l("Role or title (optional)"), [at_most(200)])
    language = RadioField(_l("Language of contact"), choices=choices(OWN_NAMES.items()))
    takes_no_place = wtforms.BooleanField(_l("Speaker or staff: takes no place"))
    invitation = SelectField(_l("Invitation"), coerce=int, default=0)

    def __init__(self, event: Event) -> None:
        super().__init__(event, language=language.current(), asks=asking_of(event, by_organiser=True))
        usable = [one for one in invitation_links.of(event) if not one.revoked_at]
        self.invitation.choices = choices([(0, _("No invitation")), *((one.id, one.name) for one in usable)])
        if not usable:
            del self.invitation
        own = [*("municipality", "organisation", "role", "mode", "language"), *map(name_of, self.asks.form.questions)]
        for name in own:  # after the name, as on the page
            if name in self._fields:
                self._fields[name] = self._fields.pop(name)
        for field in (self.email, self.given_name, self.family_name):
            field.render_kw = {**(field.render_kw or {}), "autocomplete": "off"}

    def validate_municipality(self, field: wtforms.Field) -> None:
        """Left empty, it follows from the address's domain."""
        if self.email.errors:
            return
        field.data = field.data or people.municipality_of_address(self.email.data or "")
        if not field.data:
            raise ValidationError(_("The mail domain is not known: choose a municipality or another organisation"))

    @property
    def mode_chosen(self) -> Mode | None:
        return self.chosen_mode if not self.mode or self.mode.data in set(Mode) else None

    def application(self) -> Application:
        return Application(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            email=self.email.data or "",
            municipality_code=self.municipality_code,
            organisation=self.organisation.data or "",
            role=self.role.data or "",
            mode=self.chosen_mode,
            language=self.language.data,
            takes_place=not self.takes_no_place.data,
            invitation_id=(self.invitation.data or None) if self.invitation else None,
            answers=self.answers,
            options=self.options,
        )
