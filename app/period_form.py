"""A day with its hours as three fields of a row."""

from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from app.events import days
from app.forms import DateField, TimeField
from app.if_refused import shown_at


class PeriodForm(wtforms.Form):
    """A time within one day in Helsinki; an empty row counts for nothing."""

    date = DateField(_l("Date"), [Optional()])
    starts = TimeField(_l("Starts"), [Optional()])
    ends = TimeField(_l("Ends"), [Optional()])

    @property
    def is_empty(self) -> bool:
        return not any(value for field in self for value in field.raw_data or [field.data])

    @property
    def period(self) -> days.Period | None:
        """The time in UTC, once all of it is there and sound."""
        if self.errors or not (self.date.data and self.starts.data and self.ends.data):
            return None
        return days.instant(self.date.data, self.starts.data), days.instant(self.date.data, self.ends.data)

    def validate(self, extra_validators: Any = None) -> bool:
        if self.is_empty or not super().validate(extra_validators):
            return self.is_empty
        self._ask_for_what_is_missing()
        self._refuse_impossible_times()
        if self.period:
            self.judge(self.period)
        return not self.errors

    def judge(self, period: days.Period) -> None:
        """Say at its field what speaks against a whole and possible time."""
        if period[1] <= period[0]:
            self.ends.errors = [_("A time must end after it starts")]

    def _ask_for_what_is_missing(self) -> None:
        sentences = {"date": _("Enter the date"), "starts": _("Enter when it starts"), "ends": _("Enter when it ends")}
        for name, sentence in sentences.items():
            if self[name].data is None:
                self[name].errors = [sentence]

    def _refuse_impossible_times(self) -> None:
        for field in (self.starts, self.ends):
            if self.date.data and field.data:
                with shown_at(field):
                    days.instant(self.date.data, field.data)
