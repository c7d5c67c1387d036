"""The form of the programme items that a participant has signed up for, to be chosen anew."""

from flask_babel import lazy_gettext as _l

from app.forms import ChecklistField, Form, choices
from app.registrations import own_days, programme_choices
from app.registrations.models import Registration


class ProgrammeForm(Form):
    items = ChecklistField(_l("Programme items with sign-up"), coerce=int)

    def __init__(self, registration: Registration) -> None:
        self.kept = [item.id for item in programme_choices.of(registration)]
        invited = own_days.is_invited(registration)
        self.offered = programme_choices.offered(registration.event, invited=invited)
        super().__init__(items=self.kept)
        self.items.choices = choices((one.item.id, one.item.id) for one in self.offered)

    @property
    def chosen(self) -> frozenset[int]:
        return frozenset(self.items.data or ())
