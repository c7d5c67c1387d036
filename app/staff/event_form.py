"""The form that an event is written with: one page, in sections."""

from typing import Any
from urllib.parse import urlsplit

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import FieldList, FormField
from wtforms.validators import Optional, StopValidation

from app import clock, language
from app.events import days as event_days
from app.events import editing
from app.events import queries as events
from app.events.labels import ATTENDANCES, KINDS
from app.events.models import Attendance, Event, EventDay, Kind
from app.forms import (
    ChecklistField,
    EmailField,
    IntegerField,
    LocalDateTimeField,
    RadioField,
    SelectField,
    at_most,
    choices,
)
from app.if_refused import shown_at
from app.language import NAMES
from app.people import queries as people
from app.registrations.event_changes import Schedule
from app.registrations.event_edits import Edit
from app.registrations.limits import Limits
from app.staff.event_fields import DayForm, TranslatedField, not_negative
from app.staff.versioned import Versioned

_TRANSLATED = "title expected summary description audience directions venue_accessibility captions materials".split()
_TAKEN_AS_TYPED = """season_id spoken_languages material_languages materials_public hosted_by_organisation contact_name
    registration_opens_at registration_closes_at""".split()


class EventForm(Versioned):
    kind = RadioField(_l("What kind of event is it?"), choices=choices(KINDS.items()), default=Kind.WEBINAR.value)
    season_id = SelectField(_l("Season"), coerce=int)

    title = TranslatedField(_l("Title"), needed=_l("Enter the title in Finnish"))
    summary = TranslatedField(_l("Summary"), most=500, lines=3)
    description = TranslatedField(_l("Description"), most=20_000, lines=10)
    audience = TranslatedField(_l("Who is it for?"), most=500, lines=2)

    days = FieldList(FormField(DayForm), min_entries=event_days.MOST_DAYS, max_entries=event_days.MOST_DAYS)

    expected = TranslatedField(_l("When is it expected?"), most=100)

    attendance = RadioField(
        _l("How can people take part?"), choices=choices(ATTENDANCES.items()), default=Attendance.ONLINE.value
    )
    venue = TranslatedField(_l("Venue"))
    address = wtforms.StringField(_l("Street address"), [at_most(300)])
    directions = TranslatedField(_l("How to get there"), most=2000, lines=3)
    venue_accessibility = TranslatedField(_l("Accessibility of the venue"), most=2000, lines=3)
    meeting_url = wtforms.URLField(_l("Address of the online meeting"), [Optional(), at_most(2000)])

    places_on_site = IntegerField(_l("Places on site"), [Optional(), not_negative])
    places_online = IntegerField(_l("Places online"), [Optional(), not_negative])
    waiting_list = wtforms.BooleanField(_l("Keep a waiting list when the event is full"), default=True)
    registration_opens_at = LocalDateTimeField(_l("Registration opens"))
    registration_closes_at = LocalDateTimeField(_l("Registration closes"))

    spoken_languages = ChecklistField(_l("Spoken languages"), choices=choices(NAMES.items()), default=["fi"])
    material_languages = ChecklistField(_l("Languages of the material"), choices=choices(NAMES.items()))
    captions = TranslatedField(_l("Captions and interpreting"), most=500)

    materials = TranslatedField(_l("Materials and recordings"), most=20_000, lines=5)
    materials_public = wtforms.BooleanField(_l("Show them on the event’s public page too"))

    hosted_by_organisation = wtforms.BooleanField(_l("Our own organisation"))
    hosts = ChecklistField(_l("Municipalities that host the event"))
    tutors = ChecklistField(_l("Tutors named in the event"), coerce=int)
    contact_name = wtforms.StringField(_l("Contact person"), [at_most(200)])
    contact_email = EmailField(_l("Contact’s email"), [Optional(), at_most(254)])

    def __init__(self, event: Event | None = None) -> None:
        beside = _beside_the_columns(event) if event else {}
        super().__init__(obj=event, **beside)
        code = language.current()
        seasons = [(season.id, season.name.into(code).value) for season in events.seasons()]
        hosts = people.possible_hosts(code, also=beside.get("hosts", ()))
        tutors = people.tutors(also=beside.get("tutors", ()))
        self.season_id.choices = choices(seasons)
        self.hosts.choices = choices((row.code, row.name(code)) for row in hosts)
        self.tutors.choices = choices((tutor.id, tutor.name) for tutor in tutors)

    def validate_meeting_url(self, field: wtforms.Field) -> None:
        if not _is_of_a_site(field.data):
            raise StopValidation(_("Enter the whole address, starting with https://"))

    def validate_days(self, field: FieldList) -> None:
        before = None
        for day in self._used_days():
            with shown_at(day.date):
                event_days.must_follow(before, day.period)
            before = day.period or before
        used = self._used_days()
        if used and all(day.invited_only.data for day in used):
            used[0].invited_only.errors = [
                _("Leave a day open. When all of it is by invitation, say so in the registration rules")
            ]
        if any(day.errors for day in field):
            raise StopValidation(_("Check the days"))

    def validate_registration_closes_at(self, field: wtforms.Field) -> None:
        opens, closes = self.registration_opens_at.data, field.data
        if closes and opens and closes <= opens:
            raise StopValidation(_("Registration must close after it opens"))
        first = next(iter(self._used_days()), None)
        if closes and first and first.period and closes > first.period[0]:
            raise StopValidation(_("Registration must close before the event starts"))

    def validate_registration_opens_at(self, field: wtforms.Field) -> None:
        if field.data and not self._used_days():
            raise StopValidation(_("Give the event a day first: until then registration is not open"))

    def _used_days(self) -> list[DayForm]:
        return [entry.form for entry in self.days if not entry.form.is_empty]

    def edit(self) -> Edit:
        """What was typed, valid, as the rules take it."""
        return Edit(self._details(), self._schedule(), self._limits())

    def _details(self) -> editing.Details:
        values: dict[str, Any] = {name: self[name].text for name in _TRANSLATED}
        values |= {name: self[name].data for name in _TAKEN_AS_TYPED}
        return editing.Details(
            **values,
            kind=Kind(self.kind.data),
            contact_email=self.contact_email.data or "",
            meeting_url=self.meeting_url.data or None,
            hosts=frozenset(self.hosts.data),
            tutors=frozenset(self.tutors.data),
        )

    def _schedule(self) -> Schedule:
        return Schedule(
            days=tuple(day.period for day in self._used_days() if day.period),
            venue=self.venue.text,
            address=self.address.data or "",
            attendance=Attendance(self.attendance.data),
            invited_only=tuple(day.invited_only.data for day in self._used_days()),
        )

    def _limits(self) -> Limits:
        return Limits(self.places_on_site.data, self.places_online.data, self.waiting_list.data)


def _is_of_a_site(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket that opens an IPv6 address and does not close it
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def _beside_the_columns(event: Event) -> dict[str, Any]:
    return {
        "days": [_typed_day(day) for day in events.days_of(event)],
        "hosts": editing.host_codes(event),
        "tutors": editing.tutor_ids(event),
    }


def _typed_day(day: EventDay) -> dict[str, Any]:
    starts, ends = clock.helsinki(day.starts_at), clock.helsinki(day.ends_at)
    return {"date": starts.date(), "starts": starts.time(), "ends": ends.time(), "invited_only": day.invited_only}
