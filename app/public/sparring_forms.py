"""The questions of a sparring request, a form for each step: who asks, what is wished, when and how."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import FieldList, FormField
from wtforms.validators import NumberRange, Optional, ValidationError

from app import clock, language
from app.forms import (
    ChecklistField,
    EmailField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    at_most,
    choices,
    required,
    without_address,
)
from app.people import queries as people
from app.period_form import PeriodForm
from app.public import municipality_choices
from app.public.person_form import CONTACT_LANGUAGES
from app.sparring import queries
from app.sparring.labels import AUDIENCES, METHODS, STARTING_LEVELS, WISHED_MODES, duration
from app.sparring.models import Audience, Method, StartingLevel, WishedMode
from app.sparring.wishes import Window

WINDOWS_AT_LEAST, WINDOWS_AT_MOST = 2, 5
UNSURE = "unsure"
DURATIONS = (60, 90, 120, 180, 240)
Told = dict[str, Any]


class StepForm(Form):
    """One step. `told` is its part of the wish, by the names that Wish has; only of a form that is valid."""

    def told(self) -> Told:
        raise NotImplementedError

    def owns(self, name: str) -> bool:
        """Whether a control of this name belongs to the step, rows of times among them."""
        return name.partition("-")[0] in self._fields and name != "csrf_token"


class WhoForm(StepForm):
    contact_name = wtforms.StringField(
        _l("Your name"),
        [required(_l("Enter your name")), at_most(200), without_address()],
        render_kw={"autocomplete": "name"},
    )
    contact_title = wtforms.StringField(
        _l("Role or title (optional)"), [at_most(200)], render_kw={"autocomplete": "organization-title"}
    )
    contact_email = EmailField(_l("Work email"), [required(_l("Enter your work email address")), at_most(254)])
    contact_phone = wtforms.TelField(_l("Phone (optional)"), [at_most(40)], render_kw={"autocomplete": "tel"})
    municipality_code = SelectField(_l("Municipality"), default="")
    contact_language = RadioField(_l("In which language do we write to you?"), choices=choices(CONTACT_LANGUAGES))
    is_joint = RadioField(
        _l("Do you ask alone or together with other municipalities?"),
        choices=choices([("no", _l("Alone")), ("yes", _l("Together with others"))]),
        default="no",
    )
    partners = ChecklistField(_l("With which municipalities?"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"contact_language": language.current()} | kwargs)
        spoken = language.current()
        everyone = municipality_choices.choices(spoken, _("Filled in from your email address"))
        self.municipality_code.choices = [one for one in everyone if one.value != municipality_choices.OTHER]
        region = people.municipalities_of_the_region(spoken)
        self.partners.choices = choices((one.code, one.name(spoken)) for one in region)

    def validate_municipality_code(self, field: wtforms.Field) -> None:
        """Left empty, it follows from the address, which is checked before this field."""
        if field.data or self.contact_email.errors:
            return
        field.data = people.municipality_of_address(self.contact_email.data or "")
        if field.data is None:
            raise ValidationError(_("The address does not tell your municipality. Choose it"))

    def told(self) -> Told:
        together = self.is_joint.data == "yes"
        return {
            "contact_name": self.contact_name.data,
            "contact_title": self.contact_title.data or "",
            "contact_email": self.contact_email.data,
            "contact_phone": self.contact_phone.data or "",
            "municipality_code": self.municipality_code.data,
            "contact_language": self.contact_language.data,
            "is_joint": together,
            "partners": [one for one in self.partners.data if together and one != self.municipality_code.data],
        }


class WhatForm(StepForm):
    themes = ChecklistField(_l("What would you like to talk about?"), coerce=int)
    themes_in_own_words = wtforms.TextAreaField(
        _l("Themes in your own words (optional)"), [at_most(2000)], render_kw={"rows": 3}
    )
    goal = wtforms.TextAreaField(
        _l("What would you like to have afterwards? (optional)"), [at_most(2000)], render_kw={"rows": 3}
    )
    methods = ChecklistField(_l("How would you like to work? (optional)"), choices=choices(METHODS.items()))
    starting_level = RadioField(
        _l("Where do you stand with digital support? (optional)"),
        choices=choices([*STARTING_LEVELS.items(), (UNSURE, _l("Hard to say"))]),
        default=UNSURE,
    )
    audiences = ChecklistField(_l("Who would take part?"), choices=choices(AUDIENCES.items()))
    audience_other = wtforms.StringField(_l("Others, in your own words (optional)"), [at_most(300)])
    group_size = IntegerField(
        _l("About how many people? (optional)"),
        [Optional(), NumberRange(min=1, max=1000, message=_l("Enter a number from 1 to 1000"))],
        render_kw={"inputmode": "numeric"},
    )

    def __init__(self, *, also: Sequence[int] = (), **kwargs: Any) -> None:
        """`also` are retired themes that were chosen before and may stay."""
        super().__init__(**kwargs)
        spoken = language.current()
        offered = queries.themes_to_choose(also)
        self.themes.choices = choices((theme.id, str(theme.name.into(spoken))) for theme in offered)

    def validate_themes_in_own_words(self, field: wtforms.Field) -> None:
        if not field.data and not self.themes.data:
            self.themes.errors = [_("Choose a theme, or write in your own words")]

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and not self.themes.errors

    def told(self) -> Told:
        return {
            "themes": self.themes.data,
            "themes_in_own_words": self.themes_in_own_words.data or "",
            "goal": self.goal.data or "",
            "methods": [Method(one) for one in self.methods.data],
            "starting_level": None if self.starting_level.data == UNSURE else StartingLevel(self.starting_level.data),
            "audiences": [Audience(one) for one in self.audiences.data],
            "audience_other": self.audience_other.data or "",
            "group_size": self.group_size.data,
        }


class WindowRow(PeriodForm):
    """A time that would suit."""

    def judge(self, period: Window) -> None:
        super().judge(period)
        if not self.errors and period[0] < clock.now():
            self.date.errors = [_("Choose a day that is still to come")]


class WhenForm(StepForm):
    mode = RadioField(
        _l("Where would you like to meet?"),
        [required(_l("Choose how you would like to meet"))],
        choices=choices(WISHED_MODES.items()),
    )
    venue = wtforms.TextAreaField(_l("The place, if you have one (optional)"), [at_most(500)], render_kw={"rows": 2})
    language = RadioField(_l("Language of the meeting"), choices=choices(CONTACT_LANGUAGES))
    windows = FieldList(FormField(WindowRow), min_entries=WINDOWS_AT_LEAST, max_entries=WINDOWS_AT_MOST)
    wished_weeks = wtforms.StringField(_l("Or: the weeks or days that suit, in your own words"), [at_most(300)])
    duration_minutes = SelectField(_l("How long?"), coerce=int, default=90)
    wished_tutors = wtforms.StringField(_l("Is there a tutor you would like to meet? (optional)"), [at_most(300)])
    access_needs = wtforms.TextAreaField(
        _l("What should be thought of so that everyone can take part? (optional)"),
        [at_most(2000)],
        render_kw={"rows": 3},
    )

    def __init__(self, **kwargs: Any) -> None:
        spoken = language.current()
        super().__init__(**{"language": spoken} | kwargs)
        lengths = sorted({*DURATIONS, self.duration_minutes.object_data})
        self.duration_minutes.choices = choices((minutes, duration(minutes, spoken)) for minutes in lengths)

    @property
    def rows(self) -> list[WindowRow]:
        return [entry.form for entry in self.windows]

    @property
    def may_grow(self) -> bool:
        return len(self.windows) < WINDOWS_AT_MOST

    def show_rows(self, number: int) -> None:
        """Let there be so many rows, empty ones at the end, as far as there may be more."""
        while len(self.windows) < min(number, WINDOWS_AT_MOST):
            self.windows.append_entry()

    def validate(self, extra_validators: Any = None) -> bool:
        """Row by row, and then what rows have to do with each other and with the length."""
        if not super().validate(extra_validators):
            return False
        filled = [row for row in self.rows if not row.is_empty]
        if len(filled) < WINDOWS_AT_LEAST and not self.wished_weeks.data:
            empty = next(row for row in self.rows if row not in filled)
            empty.date.errors = [_("Give at least two times, or write below which weeks suit")]
        for row, window in self._windows():
            if window[1] - window[0] < timedelta(minutes=self.duration_minutes.data):
                row.ends.errors = [_("This is shorter than the meeting")]
        return not self.problems

    def _windows(self) -> Iterator[tuple[WindowRow, Window]]:
        return ((row, row.period) for row in self.rows if row.period)

    def told(self) -> Told:
        return {
            "mode": WishedMode(self.mode.data),
            "venue": self.venue.data or "",
            "language": self.language.data,
            "windows": sorted({window for _row, window in self._windows()}),
            "wished_weeks": self.wished_weeks.data or "",
            "duration_minutes": self.duration_minutes.data,
            "wished_tutors": self.wished_tutors.data or "",
            "access_needs": self.access_needs.data or "",
        }
