"""The form of a group: its contact, the rows of its members, and what is to be done when there are too few places."""

from collections.abc import Iterator, Sequence
from typing import Any

import wtforms
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import FieldList, FormField

from app import language
from app.errors import Refused
from app.events.models import Event, Mode
from app.forms import EmailField, Form, RadioField, SelectField, at_most, choices, required, without_address
from app.messages.addresses import folded
from app.people import queries as people
from app.public import event_words, invited
from app.public.person_form import PersonForm
from app.registrations import admission, groups, queries
from app.registrations.booking import Application
from app.registrations.groups import GroupApplication
from app.registrations.models import Group

ROWS_AT_FIRST, ROWS_AT_MOST = 2, 100
Belonging = dict[str, Any]


class MemberForm(Form):
    """One colleague."""

    given_name = wtforms.StringField(
        _l("Given name"), [required(_l("Enter the given name")), at_most(100), without_address()]
    )
    family_name = wtforms.StringField(
        _l("Family name"), [required(_l("Enter the family name")), at_most(100), without_address()]
    )
    email = EmailField(
        _l("Work email"),
        [required(_l("Enter the work email address")), at_most(254)],
        render_kw={"autocomplete": "off"},
    )
    mode = SelectField(_l("Takes part"), [required(_l("Choose how your colleague takes part"))], default="")

    def offer(self, modes: Sequence[Mode]) -> None:
        """The event's ways of taking part; a single one needs no question."""
        if len(modes) == 1:
            del self.mode
        else:
            named = [(mode.value, event_words.mode_in_words(mode)) for mode in modes]
            self.mode.choices = choices([("", _("Choose")), *named])

    @property
    def is_empty(self) -> bool:
        return not (self.given_name.data or self.family_name.data or self.email.data)

    def must_belong(self, municipality_code: str | None) -> bool:
        """Whether the address may be of a colleague; says so at its field when it is of another municipality."""
        code = people.municipality_of_address(self.email.data or "")
        if code is None or code == municipality_code or self.email.errors:
            return True
        name = people.municipality_name(code, language.current())
        self.email.errors = [_("This address belongs to %(municipality)s. Register colleagues of one municipality or "
                               "organisation at a time", municipality=name)]  # fmt: skip
        return False

    def must_be_admitted(self, event: Event) -> None:
        """Says at the address when nobody with one like it may register for the event."""
        try:
            admission.must_admit(event, self.email.data or "")
        except Refused as refused:
            self.email.errors = self.email.errors or [str(refused)]

    def application(self, of: Belonging, only_mode: Mode) -> Application:
        """What was told of this colleague, for the rule; only of a form that is valid."""
        return Application(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            email=self.email.data or "",
            mode=Mode(self.mode.data) if self.mode else only_mode,
            **of,
        )


class MemberRow(MemberForm):
    """A row among others; an empty one counts for nothing."""

    class Meta(MemberForm.Meta):
        csrf = False

    def validate(self, extra_validators: Any = None) -> bool:
        return self.is_empty or super().validate(extra_validators)


class NewMemberForm(MemberForm):
    """One more colleague, added on the group's page."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self._group = group
        self.offer(group.event.modes)

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and self.must_belong(self._group.municipality_code)

    def member(self) -> Application:
        group = self._group
        of = {
            "municipality_code": group.municipality_code,
            "organisation": group.organisation,
            "language": group.language,
            "invitation_id": queries.invitation_of(group),
        }
        return self.application(of, group.event.modes[0])


class GroupForm(PersonForm):
    """The contact, who need not take part, and the colleagues."""

    takes_part = wtforms.BooleanField(_l("I take part myself too"))
    mode = RadioField(_l("How do you take part yourself?"))
    members = FieldList(FormField(MemberRow), min_entries=ROWS_AT_FIRST, max_entries=ROWS_AT_MOST)
    all_or_none = RadioField(
        _l("If there are too few places"),
        [required(_l("Choose what is done if there are too few places"))],
        choices=choices(
            [
                ("yes", _l("We all wait together until there is room for everyone")),
                ("no", _l("As many as fit get a place, in the order of the rows, and the others wait")),
            ]
        ),
    )

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(event, **kwargs)
        self.invitation = invited.kept(event)
        for row in self.rows:
            row.offer(event.modes)
        if len(event.modes) == 1:
            del self.mode
        else:
            self.mode.choices = choices((mode.value, event_words.mode_in_words(mode)) for mode in event.modes)
            self.mode.validate_choice = False

    @property
    def rows(self) -> list[MemberRow]:
        return [entry.form for entry in self.members]

    def part_of(self, address: str) -> "MemberRow | GroupForm":
        """The row of the colleague with an address; the form itself for the contact's."""
        return next((row for row in self.rows if folded(row.email.data or "") == folded(address)), self)

    @property
    def largest(self) -> int:
        return self.event.largest_group

    @property
    def may_grow(self) -> bool:
        return len(self.members) + bool(self.takes_part.data) < self.largest

    def validate(self, extra_validators: Any = None) -> bool:
        """Row by row, and then what rows have to do with each other; each error stands at its field."""
        if not super().validate(extra_validators):
            return False
        filled = [row for row in self.rows if not row.is_empty]
        if not filled:
            self.rows[0].given_name.errors = [_("Enter at least one colleague")]
        elif len(filled) + bool(self.takes_part.data) > self.largest:
            filled[-1].given_name.errors = [groups.too_large(self.largest)]
        for row in filled:
            row.must_belong(self.filled_in or self.municipality_code)
            if self.invitation is None:
                row.must_be_admitted(self.event)
        self._must_differ(filled)
        return not self.problems

    def validate_mode(self, field: wtforms.Field) -> None:
        if self.takes_part.data and field.data not in set(self.event.modes):
            raise wtforms.ValidationError(_("Choose how you take part"))

    def _must_differ(self, filled: Sequence[MemberRow]) -> None:
        seen = {folded(self.email.data or "")} if self.takes_part.data else set()
        for row in filled:
            address = folded(row.email.data or "")
            if address in seen:
                row.email.errors = [_("This address is in the group already.")]
            seen.add(address)

    def application(self) -> GroupApplication:
        """What was told, for the rule; only of a form that is valid."""
        return GroupApplication(
            contact_name=f"{self.given_name.data} {self.family_name.data}",
            contact_email=self.email.data or "",
            language=self.language.data,
            municipality_code=self.filled_in or self.municipality_code,
            organisation=self.organisation.data,
            all_or_none=self.all_or_none.data == "yes",
            members=list(self._applications()),
        )

    def _applications(self) -> Iterator[Application]:
        of: Belonging = {
            "municipality_code": self.filled_in or self.municipality_code,
            "organisation": self.organisation.data,
            "language": self.language.data,
            "municipality_filled": self.filled_in is not None,
            "invitation_id": self.invitation.id if self.invitation else None,
        }
        only_mode = self.event.modes[0]
        if self.takes_part.data:
            yield Application(
                given_name=self.given_name.data,
                family_name=self.family_name.data,
                email=self.email.data or "",
                mode=Mode(self.mode.data) if self.mode else only_mode,
                **of,
            )
        yield from (row.application(of, only_mode) for row in self.rows if not row.is_empty)


def with_other_rows(form: GroupForm, event: Event) -> GroupForm | None:
    """The form again with all that was typed, when a button was pressed for a row more or less or to come back."""
    asked = request.form.get("rows", "")
    told = {name: value for name, value in form.data.items() if name != "csrf_token"}
    rows = list(told["members"])
    if asked == "add":
        rows += [{}] if form.may_grow else []
    elif asked == "back":
        pass
    elif asked.removeprefix("remove-").isdecimal():
        position = int(asked.removeprefix("remove-"))
        rows = [row for place, row in enumerate(rows) if place != position]
    else:
        return None
    return GroupForm(event, formdata=None, **told | {"members": rows})
