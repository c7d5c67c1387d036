"""The registration form: who one is, how one takes part, in which language one is written to."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app import language, wording
from app.errors import Refused
from app.events.models import Event, Mode
from app.forms import ChecklistField, RadioField, at_most, choices, required
from app.public import event_words
from app.public.admission_form import AdmissionForm
from app.public.municipality_choices import OTHER
from app.public.person_form import PersonForm
from app.question_forms.form import AsksQuestions
from app.registrations import capacity, consents, programme_choices
from app.registrations.booking import Application
from app.registrations.models import Registration
from app.registrations.own_changes import Details
from app.registrations.programme_choices import Offered


class RegistrationForm(PersonForm, AdmissionForm, AsksQuestions):
    """One person registers: the own details, whether one may, and what the event asks."""

    stepped = wtforms.HiddenField()  # "1" once it has taken more than one step
    role = wtforms.StringField(
        _l("Role or title (optional)"), [at_most(200)], render_kw={"autocomplete": "organization-title"}
    )
    mode = RadioField(_l("How do you take part?"), [required(_l("Choose how you take part"))])
    items = ChecklistField(_l("Programme items with sign-up"), coerce=int)
    wait_for_items = wtforms.BooleanField(_l("Wait on the waiting list with these choices"))
    participants_list = wtforms.BooleanField(
        consents.TO_THE_LIST, description=_l("Optional. You can change your mind at any time on your own page.")
    )

    def __init__(self, event: Event, offered: Sequence[Offered] | None = None, **kwargs: Any) -> None:
        self.is_for(event)
        self.could_wait = False
        super().__init__(event, **kwargs)
        self.offered = _offered(event, invited=self.invitation is not None) if offered is None else offered
        self.items.choices = choices((one.item.id, one.item.id) for one in self.offered)
        if len(event.modes) == 1:
            del self.mode
        else:
            self.mode.choices = choices((mode.value, event_words.mode_in_words(mode)) for mode in event.modes)
        if not event.participants_list:
            del self.participants_list

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
        places = capacity.places_of([self.event])[self.event.id]
        return self.wait_for_items.data or not any(places.has_room(mode) for mode in self.event.modes)

    @property
    def keeps_a_queue(self) -> bool:
        return keeps_a_queue(self.event)

    @property
    def mode_chosen(self) -> Mode | None:
        if not self.mode:
            return self.event.modes[0]
        return Mode(self.mode.data) if self.mode.data in self.event.modes else None

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
            mode=self.mode_chosen or self.event.modes[0],
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


def _offered(event: Event, *, invited: bool) -> Sequence[Offered]:
    return programme_choices.offered(event, invited=invited) if event.has_sign_up else []


def keeps_a_queue(event: Event) -> bool:
    """Whether one can choose a full programme item, to wait for it."""
    return event.waiting_list and capacity.queue_is_open(event)


def _full(names: str, could_wait: bool) -> str:
    if could_wait:
        return _("Full: %(items)s. Choose otherwise, or tick below that you wait with these choices.", items=names)
    return _("Full: %(items)s. Choose otherwise.", items=names)
