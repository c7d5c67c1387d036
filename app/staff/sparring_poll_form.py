"""The form that opens a date poll: from two to eight times, how long, by when."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms.fields import FieldList, FormField
from wtforms.validators import NumberRange

from app import clock
from app.errors import Refused
from app.forms import Form, IntegerField, LocalDateTimeField, required
from app.if_refused import shown_at
from app.period_form import PeriodForm
from app.sparring import poll_queries, polls, queries, tutor_away
from app.sparring.models import Request, RequestWindow
from app.sparring.polls import Plan

ANSWERED_IN, ANSWER_HOUR = timedelta(days=7), time(16)


class PollForm(Form):
    minutes = IntegerField(
        _l("How long is the meeting, in minutes?"),
        [required(_l("Enter how long it is")), NumberRange(15, 480, _l("Enter from 15 to 480 minutes"))],
    )
    windows = FieldList(FormField(PeriodForm), min_entries=polls.MOST, max_entries=polls.MOST)
    answer_by = LocalDateTimeField(_l("Answer by"), [required(_l("Enter when answers are due"))])
    asks_participants = wtforms.BooleanField(_l("Ask the municipality’s contact and colleagues too"))
    despite_away = wtforms.BooleanField(_l("Propose these times all the same"))
    tutor_ids: Sequence[int] = ()
    warns_of_away = False

    @classmethod
    def about(cls, request: Request, wished: Sequence[RequestWindow]) -> "PollForm":
        """With what the municipality has wished, and the length of a meeting that moves."""
        answer_day = clock.helsinki(clock.now() + ANSWERED_IN).date()
        meeting = queries.agreed_meeting_of(request)
        lasts = (meeting.ends_at - meeting.starts_at) // timedelta(minutes=1) if meeting else request.duration_minutes
        form = cls(
            minutes=lasts,
            answer_by=clock.helsinki_to_utc(answer_day, ANSWER_HOUR),
            windows=[_window(one) for one in wished[: polls.MOST]],
        )
        form.tutor_ids = [naming.profile.user_id for naming in poll_queries.accepted(request)]
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        try:
            polls.must_hold(self.plan)
        except Refused as refused:
            self.form_errors.append(str(refused))
        if not self.form_errors and not self.despite_away.data:
            self._say_who_is_away()
        return not self.form_errors and not self.warns_of_away

    def _say_who_is_away(self) -> None:
        """At each window on whose day a tutor takes no meeting; then it is asked if they are proposed all the same."""
        for window in self.windows:
            if period := window.form.period:
                with shown_at(window.form.date):
                    tutor_away.must_be_there(self.tutor_ids, *period)
        self.warns_of_away = any(window.form.date.errors for window in self.windows)

    @property
    def plan(self) -> Plan:
        return Plan(
            windows=[period for window in self.windows if (period := window.form.period)],
            minutes=self.minutes.data or 0,
            answer_by=self.answer_by.data or clock.now(),
            asks_participants=self.asks_participants.data,
            despite_away=self.despite_away.data,
        )


def _window(wished: RequestWindow) -> dict[str, Any]:
    starts, ends = _local(wished.starts_at), _local(wished.ends_at)
    return {"date": starts.date(), "starts": starts.time(), "ends": ends.time()}


def _local(instant: datetime) -> datetime:
    return clock.helsinki(instant)
