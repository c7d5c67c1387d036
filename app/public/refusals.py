"""A rule's refusal, said at the field that it is about; above the form where there is no such field."""

from functools import partial

import wtforms

from app.errors import Refused
from app.forms import Form
from app.if_refused import Telling
from app.public.group_form import GroupForm
from app.question_forms.form import AsksQuestions
from app.registrations import admission, groups
from app.registrations.counting import Kind, Resource
from app.registrations.groups import OfMember

_FIELDS = {
    Kind.MODE: "mode",
    Kind.MUNICIPALITY: "municipality",
    Kind.ITEM: "items",
    admission.ADDRESS: "email",
    groups.AS_A_WHOLE: "all_or_none",
}


def said_in(form: Form) -> Telling:
    """Around what may be refused: the form says it."""
    return Telling(partial(say, form))


def say(form: Form, refused: Refused) -> None:
    """Show the refusal in the form, which comes back with all that was typed."""
    field = _field(form, refused.about)
    if field is None:
        form.form_errors.append(str(refused))
    else:
        field.errors = [str(refused)]


def say_in_group(form: GroupForm, refused: Refused) -> None:
    """The same in a group's form: what concerns one member is said in their row, at the name if no field is meant."""
    match refused.about:
        case OfMember(email, about):
            row = form.part_of(email)
            (_field(row, about) or row.given_name).errors = [str(refused)]
        case _:
            say(form, refused)


def _field(form: Form, about: object) -> wtforms.Field | None:
    kind, which = about if isinstance(about, Resource) else (about, None)
    if kind is Kind.OPTION and isinstance(form, AsksQuestions):
        having = (one for one in form.asks.form.questions if any(option.id == which for option in one.options))
        return next((form.field_of(one) for one in having), None)
    return form._fields.get(_FIELDS.get(str(kind), ""))
