"""What every form has: tidied text, a token against forged requests, sentences a person can act on."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import wtforms
from email_validator import EmailNotValidError, validate_email
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms.fields import FieldList, FormField
from wtforms.fields.choices import SelectChoice
from wtforms.utils import unset_value
from wtforms.validators import Length, Regexp, StopValidation
from wtforms.widgets import html_params

from app import clock

# Control characters but tab and line breaks, zero-width spaces, what turns the direction of writing, non-characters.
_INVISIBLE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LARGEST_NUMBER = 2**31 - 1
_YEARS = range(1900, 2200)


class Problem(NamedTuple):
    """One thing to correct; `id` is the control's, None when it belongs to no visible control."""

    id: str | None
    message: str


class Form(FlaskForm):
    """The base of every form. The main form of a page is called `form`, and the layout prints its error summary."""

    class Meta(FlaskForm.Meta):
        @property
        def locales(self) -> list[str]:
            return [str(get_locale())]

        def wrap_formdata(self, form: wtforms.Form, formdata: Any) -> MultiDict[str, Any] | None:
            given = super().wrap_formdata(form, formdata)
            return (
                None if given is None else MultiDict((name, tidied(value)) for name, value in given.items(multi=True))
            )

        def bind_field(self, form: wtforms.Form, unbound_field: Any, options: dict[str, Any]) -> wtforms.Field:
            kind = unbound_field.field_class
            if issubclass(kind, wtforms.StringField) and not issubclass(kind, wtforms.TextAreaField):
                options = options | {"filters": [_in_one_line]}
            return super().bind_field(form, unbound_field, options)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the form."""
        of_the_form = [Problem(None, str(message)) for message in self.form_errors]
        return of_the_form + list(_problems(self))


def tidied(value: Any) -> Any:
    """Text without spaces around it and without what nobody sees, accents composed; anything else as it is.

    Text copied from a mail or a spreadsheet brings no-break and zero-width spaces; a zero byte would be refused by
    PostgreSQL; a mark that turns the direction of writing would turn the words around it.
    """
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", value).replace("\r\n", "\n")).strip()


def _in_one_line(value: Any) -> Any:
    """What is typed in a field of one line; a break can only come from a program, to write on in a mail."""
    return " ".join(value.splitlines()) if isinstance(value, str) else value


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Choices of a select, radio buttons or check boxes, from values and labels."""
    return [SelectChoice(value, label) for value, label in pairs]


class Required:
    """An answer must be given; `message` says which, as in "Enter your family name"."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads a plain dict

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: wtforms.Form, field: wtforms.Field) -> None:
        blank = field.data is None or field.data is False or field.data in ("", [])
        if blank and not any(field.raw_data or ()):
            field.errors.clear()  # "not a valid number" is no news about an empty field
            raise StopValidation(self.message)


def required(message: str) -> Required:
    """The validator of a question that must be answered."""
    return Required(message)


def at_most(characters: int) -> Length:
    """The validator of a text's length."""
    return Length(max=characters, message=_l("Keep this to %(max)d characters or fewer"))


def without_address() -> Regexp:
    """The validator of what is mailed to an address that nobody has proven yet: no link, or it would carry spam."""
    message = _l("Write this without a web or email address")
    return Regexp(r"(?!.*(?:://|www\.|@|\w{2,}\.\w{2,}))", re.IGNORECASE, message)


class EmailField(wtforms.EmailField):
    """One address that our mail can reach: plain letters before the @, at most 254 characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["render_kw"] = {"autocomplete": "email", "spellcheck": "false"} | (kwargs.get("render_kw") or {})
        super().__init__(*args, **kwargs)

    data: str | None

    def pre_validate(self, form: wtforms.Form) -> None:
        if not self.data:
            return
        try:
            address = validate_email(self.data, allow_smtputf8=False, check_deliverability=False)
        except EmailNotValidError:
            raise StopValidation(_("Enter an email address like name@municipality.fi")) from None
        self.data = address.ascii_email or address.normalized


class _Options(wtforms.widgets.Select):
    """Draws each list of options once, and marks the chosen one in it: 308 municipalities are no work for each form."""

    def __call__(self, field: wtforms.SelectField, **attributes: Any) -> Markup:
        drawn = _drawn_options(tuple([(c.value, str(c.label), c.optgroup) for c in field.choices]))
        value = Markup('value="{}"').format(field.data)
        chosen = drawn.replace(value + Markup(">"), value + Markup(" selected>"), 1)
        written = Markup(html_params(id=field.id, name=field.name, **attributes))  # noqa: S704 - escaped by WTForms
        return Markup("<select {}>{}</select>").format(written, chosen)


@lru_cache(maxsize=64)
def _drawn_options(options: tuple[tuple[Any, str, str | None], ...]) -> Markup:
    drawn = []
    for group, members in groupby(options, key=itemgetter(2)):
        inside = Markup().join(Markup('<option value="{}">{}</option>').format(*member[:2]) for member in members)
        drawn.append(Markup('<optgroup label="{}">{}</optgroup>').format(group, inside) if group else inside)
    return Markup().join(drawn)


class SelectField(wtforms.SelectField):
    widget = _Options()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invalid_choice_message": _l("Choose one of the options")} | kwargs)

    def pre_validate(self, form: wtforms.Form) -> None:
        if self.data not in {choice.value for choice in self.choices}:
            raise wtforms.ValidationError(self.invalid_choice_message)


class RadioField(wtforms.RadioField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invalid_choice_message": _l("Choose one of the options")} | kwargs)


class ChecklistField(wtforms.SelectMultipleField):
    """Several choices as check boxes; `data` is a list, empty when none is ticked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invalid_choice_message": _one_of_the_options} | kwargs)


class IntegerField(wtforms.IntegerField):
    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None  # a number taken out of the form is no number, not the one that was there
        try:
            super().process_formdata(["".join(value.split()) for value in valuelist if value])
            if abs(self.data or 0) > _LARGEST_NUMBER:
                raise ValueError
        except ValueError:
            self.data = None
            raise ValueError(_("Enter a whole number, such as 120")) from None


class DateField(wtforms.DateField):
    """A day. Browsers send 2027-10-21; where there is no date picker people write 21.10.2027."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = parsed_date(valuelist[0]) if valuelist and valuelist[0] else None


class TimeField(wtforms.TimeField):
    """A wall time, written 9.00 or 9:00."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = parsed_time(valuelist[0]) if valuelist and valuelist[0] else None


class LocalDateTimeField(wtforms.Field):
    """A date and a time in Helsinki, in two inputs named `<name>-date` and `<name>-time`.

    `data` is an aware UTC instant, or None when both are empty. A wall time that the clock change skips or shows
    twice is refused with the reason.
    """

    widget = None

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        names = (f"{self.name}-date", f"{self.name}-time")
        if formdata is None or not any(name in formdata for name in names):
            return
        self.raw_data = [formdata.get(name, "") for name in names]
        self.data = None
        try:
            self.data = _instant(*self.raw_data)
        except ValueError as refusal:
            self.process_errors.append(str(refusal))

    @property
    def typed_date(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return clock.helsinki(self.data).date().isoformat() if self.data else ""

    @property
    def typed_time(self) -> str:
        if self.raw_data:
            return str(self.raw_data[1])
        return clock.helsinki(self.data).time().isoformat("minutes") if self.data else ""


def parsed_date(typed: str) -> date:
    """2027-10-21 or 21.10.2027; ValueError with a sentence for the person who typed it."""
    parts = typed.split(".")[::-1] if "." in typed else typed.split("-")
    try:
        year, month, day = map(int, parts)
        given = date(year, month, day)
    except (ValueError, OverflowError):
        given = date.min
    if given.year not in _YEARS:
        raise ValueError(_("Enter a date such as 21.10.2027"))
    return given


def parsed_time(typed: str) -> time:
    """9.00, 9:00 or 09:00; ValueError with a sentence for the person who typed it."""
    hour, minute, *_seconds = [*typed.replace(".", ":").split(":"), "0"]
    try:
        return time(int(hour), int(minute))
    except (ValueError, OverflowError):
        raise ValueError(_("Enter a time such as 9.00")) from None


def _instant(typed_date: str, typed_time: str) -> datetime | None:
    if not typed_date and not typed_time:
        return None
    if not typed_date or not typed_time:
        raise ValueError(_("Enter both the date and the time"))
    try:
        return clock.helsinki_to_utc(parsed_date(typed_date), parsed_time(typed_time))
    except clock.ImpossibleLocalTime as impossible:
        raise ValueError(_clock_change(impossible)) from None


def _clock_change(impossible: clock.ImpossibleLocalTime) -> str:
    if impossible.reason == "missing":
        return _("The clocks go forward that night and skip this time. Choose another time.")
    return _("The clocks go back that night and show this time twice. Choose another time.")


def _one_of_the_options(_number: int) -> str:
    # WTForms fills %(value)s in with what was sent; the person need not see it.
    return _("Choose from the options") + "%(value).0s"


def _problems(fields: Iterable[wtforms.Field]) -> Iterator[Problem]:
    for field in fields:
        if isinstance(field, FormField):
            yield from _problems(field.form)
        elif isinstance(field, FieldList) and (in_rows := list(_problems(field.entries))):
            yield from in_rows
        elif field.errors:
            hidden = isinstance(field, wtforms.HiddenField)
            yield Problem(None if hidden else field.id, str(field.errors[0]))
