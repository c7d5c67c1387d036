"""The part of the registration form that says who may register: by mail domain, by invitation, or by asking."""

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from app.errors import Refused
from app.events.models import Admission, Event
from app.forms import Form, at_most
from app.public import invited
from app.registrations import admission
from app.registrations.models import Invitation


class AdmissionForm(Form):
    """`ask` is sent by a second button, which is offered once an address is not admitted."""

    ask = wtforms.HiddenField()
    note = wtforms.TextAreaField(
        _l("Message to the organiser (optional)"), [at_most(500)], default="", render_kw={"rows": 3}
    )

    event: Event
    invitation: Invitation | None = None
    may_ask = False

    def is_for(self, event: Event) -> None:
        """Say which event's form it is; an invitation that this browser has opened comes along."""
        self.event, self.invitation = event, invited.kept(event)

    def validate_email(self, field: wtforms.Field) -> None:
        if self.invitation or not field.data or admission.admits(self.event, field.data):
            self.ask.data = ""
            return
        self.may_ask = self.event.admission is not Admission.INVITED
        if self.ask.data and self.may_ask:
            return
        try:
            admission.must_admit(self.event, field.data)
        except Refused as refused:
            raise StopValidation(str(refused)) from None

    @property
    def asks_in(self) -> bool:
        return bool(self.ask.data)
