"""Who one is, as every form for registering asks it: name, mail, municipality or organisation, language."""

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

from app import language
from app.events.models import Event
from app.forms import EmailField, Form, RadioField, SelectField, at_most, choices, required, without_address
from app.people import queries as people
from app.public import municipality_choices
from app.public.municipality_choices import OTHER

NONCE = re.compile(r"[\w-]{22}")
CONTACT_LANGUAGES = [(code, name.capitalize()) for code, name in language.OWN_NAMES.items()]


class PersonForm(Form):
    """The nonce marks one rendering of the form: sent again, by a second click or a reload, it does nothing new."""

    nonce = wtforms.HiddenField()
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
    language = RadioField(_l("In which language do we write to you?"), choices=choices(CONTACT_LANGUAGES))

    empty_municipality = _l("Filled in from your email address")

    def __init__(self, event: Event, **kwargs: Any) -> None:
        self.filled_in: str | None = None
        self.event = event
        super().__init__(**{"nonce": new_nonce(), "language": language.current()} | kwargs)
        self.municipality.choices = municipality_choices.choices(language.current(), str(self.empty_municipality))
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

    @property
    def municipality_code(self) -> str | None:
        return None if self.municipality.data == OTHER else self.municipality.data

    @cached_property
    def sent_as(self) -> str:
        """The nonce as it is kept: of this browser and event. Who learns it from an address can send none alike.

        Kept, since after the commit it would read the event once more.
        """
        browser = str(session.get("csrf_token", ""))
        digest = hmac.digest(browser.encode(), f"{self.event.id}\n{self.nonce.data}".encode(), "sha256")
        return urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def new_nonce() -> str:
    return secrets.token_urlsafe(16)
