"""The forms that change a meeting."""

from collections.abc import Callable
from datetime import datetime, time
from urllib.parse import urlsplit

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import NumberRange, Optional, StopValidation

from app import clock
from app.errors import Refused
from app.events import days
from app.events.labels import ATTENDANCES
from app.events.models import Attendance, ItemForm
from app.forms import (
    ChecklistField,
    DateField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    TimeField,
    at_most,
    choices,
    required,
)
from app.if_refused import Telling, shown_at
from app.sparring.meeting_models import Meeting, MeetingItem
from app.sparring.meetings import Details
from app.sparring.models import RequestState
from app.sparring.programme import Item
from app.sparring.tutor_away import Away
from app.staff.event_fields import not_negative
from app.staff.programme_form import FORMS
from app.staff.versioned import Versioned


class DetailsForm(Versioned):
    attendance = RadioField(_l("How is it held?"), choices=choices(ATTENDANCES.items()))
    venue = wtforms.StringField(_l("Meeting place"), [at_most(200)])
    address = wtforms.StringField(_l("Address"), [at_most(300)])
    directions = wtforms.TextAreaField(
        _l("How to get there, and accessibility"), [at_most(3000)], render_kw={"rows": 4}
    )
    meeting_url = wtforms.StringField(_l("Link of the online meeting"), [at_most(2000)])
    participants = IntegerField(_l("How many come"), [Optional(), not_negative])
    access_needs = wtforms.TextAreaField(_l("Access needs"), [at_most(2000)], render_kw={"rows": 3})
    materials = wtforms.TextAreaField(_l("Materials"), [at_most(10000)], render_kw={"rows": 6})

    def validate_meeting_url(self, field: wtforms.StringField) -> None:
        parts = urlsplit(field.data or "")
        if field.data and (parts.scheme != "https" or not parts.hostname):
            raise StopValidation(_("Enter the whole address, starting with https://"))

    @property
    def details(self) -> Details:
        return Details(
            attendance=Attendance(self.attendance.data),
            venue=self.venue.data or "",
            address=self.address.data or "",
            directions=self.directions.data or "",
            meeting_url=self.meeting_url.data or None,
            participants=self.participants.data,
            access_needs=self.access_needs.data or "",
            materials=self.materials.data or "",
        )


class DespiteAwayForm(Versioned):
    """One that may choose a day on which a tutor is away, once it is said that this is known."""

    despite_away = wtforms.BooleanField(_l("Do it all the same"))
    chooses: str  # the field at which it is said who is away
    warns_of_away = False

    def kept(self, version_now: Callable[[], object], *, stale: str = "", at: wtforms.Field | None = None) -> Telling:
        usual = super().kept(version_now, stale=stale, at=at)
        return Telling(
            lambda refused: self.warn_of_away(str(refused)) if isinstance(refused, Away) else usual.tell(refused)
        )

    def warn_of_away(self, sentence: str) -> None:
        self[self.chooses].errors = [sentence]
        self.warns_of_away = True


class TimeForm(DespiteAwayForm):
    date = DateField(_l("Date"), [required(_l("Enter the date"))])
    starts = TimeField(_l("Starts"), [required(_l("Enter when it starts"))])
    ends = TimeField(_l("Ends"), [required(_l("Enter when it ends"))])
    chooses = "date"

    @classmethod
    def of(cls, meeting: Meeting) -> "TimeForm":
        starts, ends = clock.helsinki(meeting.starts_at), clock.helsinki(meeting.ends_at)
        return cls(version=str(meeting.version), date=starts.date(), starts=starts.time(), ends=ends.time())

    def validate(self, extra_validators: object = None) -> bool:
        if not super().validate(extra_validators):
            return False
        for field in (self.starts, self.ends):
            with shown_at(field):
                self._instant(field.data)
        if not self.errors:
            with shown_at(self.ends):
                days.must_end_after_it_starts(self.period)
        return not self.errors

    @property
    def period(self) -> tuple[datetime, datetime]:
        return self._instant(self.starts.data), self._instant(self.ends.data)

    def _instant(self, wall: time | None) -> datetime:
        if self.date.data is None or wall is None:
            raise Refused(_("Enter both the date and the time"))
        return days.instant(self.date.data, wall)


class TutorsForm(DespiteAwayForm):
    tutors = ChecklistField(_l("Tutors who come"), [required(_l("Choose one tutor at least."))], coerce=int)
    chooses = "tutors"


class CallOffForm(Versioned):
    to = RadioField(
        _l("What happens to the request?"),
        choices=choices(
            [
                (RequestState.POSTPONED, _l("It is put off: another time is looked for later")),
                (RequestState.CALLED_OFF, _l("It is called off")),
            ]
        ),
        default=RequestState.POSTPONED.value,
    )
    reason = wtforms.TextAreaField(
        _l("Why"), [required(_l("Say why, for those who would have come")), at_most(500)], render_kw={"rows": 3}
    )


class ItemRowForm(Form):
    minutes = IntegerField(
        _l("Minutes"), [required(_l("Enter how long it takes")), NumberRange(1, 480, _l("Enter from 1 to 480 minutes"))]
    )
    form = SelectField(_l("Form"), choices=choices(FORMS), default=ItemForm.DISCUSSION.value)
    topic = wtforms.StringField(_l("Topic"), [required(_l("Enter the topic")), at_most(300)])
    who = wtforms.StringField(_l("Who"), [at_most(200)])

    def __init__(self, item: MeetingItem | None = None) -> None:
        super().__init__(obj=item)

    @property
    def item(self) -> Item:
        return Item(
            minutes=self.minutes.data or 0,
            form=ItemForm(self.form.data),
            topic=self.topic.data or "",
            who=self.who.data or "",
        )
