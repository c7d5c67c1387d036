"""A rule's refusal, said at the field that it is about; above the form where there is no such field."""

import wtforms

from app.errors import Refused
from app.forms import Form
from app.question_forms.form import AsksQuestions
from app.registrations import admission
from app.registrations.counting import Kind, Resource

_FIELDS = {Kind.MODE: "mode", Kind.MUNICIPALITY: "municipality", Kind.ITEM: "items", admission.ADDRESS: "email"}


def say(form: Form, refused: Refused) -> None:
    """Show the refusal in the form, which comes back with all that was typed."""
    field = _field(form, refused.about)
    if field is None:
        form.form_errors.append(str(refused))
    else:
        field.errors = [str(refused)]


def _field(form: Form, about: object) -> wtforms.Field | None:
    kind, which = about if isinstance(about, Resource) else (about, None)
    if kind is Kind.OPTION and isinstance(form, AsksQuestions):
        having = (one for one in form.asks.form.questions if any(option.id == which for option in one.options))
        return next((form.field_of(one) for one in having), None)
    return form._fields.get(_FIELDS.get(str(kind), ""))
