"""Forms of administrators: users and mail domains."""

from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app import language
from app.errors import Refused
from app.forms import EmailField, Form, RadioField, SelectField, at_most, choices, required
from app.language import OWN_NAMES
from app.people import administration
from app.people.administration import Profile
from app.people.models import Role, User
from app.staff.choices import municipalities

ROLES = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.ORGANISER: _l("Organiser"),
    Role.TUTOR: _l("Tutor"),
    Role.VIEWER: _l("Viewer"),
}


class UserForm(Form):
    name = wtforms.StringField(_l("Name"), [required(_l("Enter the name")), at_most(200)])
    email = EmailField(_l("Work email"), [required(_l("Enter the work email")), at_most(254)])
    role = RadioField(_l("Role"), [required(_l("Choose a role"))], choices=choices(ROLES.items()))
    municipality = SelectField(_l("Tutor’s municipality"))
    language = RadioField(_l("Language"), choices=choices(OWN_NAMES.items()))
    active = wtforms.BooleanField(_l("May sign in"))

    def __init__(self, user: User | None = None) -> None:
        super().__init__(data=_beginning(user))
        self.municipality.choices = choices(municipalities())
        for field in (self.name, self.email):
            field.render_kw = {**(field.render_kw or {}), "autocomplete": "off"}

    def validate_municipality(self, field: wtforms.Field) -> None:
        if self.role.data == Role.TUTOR and not field.data:
            raise ValidationError(_("Choose the municipality whose tutor this is"))

    def profile(self) -> Profile:
        return Profile(
            name=self.name.data or "",
            email=self.email.data or "",
            role=Role(self.role.data),
            municipality_code=self.municipality.data or None,
            language=self.language.data,
            active=self.active.data,
        )


class DomainForm(Form):
    domain = wtforms.StringField(_l("Domain"), [required(_l("Enter a domain like municipality.fi")), at_most(255)])
    municipality = SelectField(_l("Municipality"), [required(_l("Choose a municipality"))])
    source = wtforms.StringField(
        _l("How is this known?"),
        [required(_l("Enter how this is known, such as the municipality’s web site")), at_most(200)],
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.municipality.choices = choices(municipalities())

    def validate_domain(self, field: wtforms.Field) -> None:
        try:
            field.data = administration.domain_of(field.data)
        except Refused as refused:
            raise ValidationError(str(refused)) from None


def _beginning(user: User | None) -> dict[str, Any]:
    if user is None:
        return {"language": language.current(), "active": True}
    own = {name: getattr(user, name) for name in ("name", "email", "language", "active")}
    return own | {"municipality": user.municipality_code or "", "role": user.role.value}
