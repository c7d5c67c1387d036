"""The form of one item of a programme."""

from datetime import time

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from app import clock
from app.events import programme
from app.events.models import EventDay, ItemForm, ProgrammeItem
from app.forms import Form, IntegerField, SelectField, TimeField, at_most, choices, required
from app.if_refused import shown_at
from app.staff.event_fields import TranslatedField, not_negative

FORMS = [
    (ItemForm.LECTURE, _l("Talk")),
    (ItemForm.WORKSHOP, _l("Workshop")),
    (ItemForm.DISCUSSION, _l("Discussion")),
    (ItemForm.BREAK, _l("Break")),
]


class ProgrammeItemForm(Form):
    starts = TimeField(_l("Starts"), [required(_l("Enter when it starts"))])
    ends = TimeField(_l("Ends"), [required(_l("Enter when it ends"))])
    title = TranslatedField(_l("Title"), needed=_l("Enter the title in Finnish"))
    form = SelectField(_l("Form"), choices=choices(FORMS), default=ItemForm.LECTURE.value)
    speakers = wtforms.StringField(_l("Speakers"), [at_most(500)])
    room = wtforms.StringField(_l("Room"), [at_most(200)])
    sign_up = wtforms.BooleanField(_l("Participants sign up for this"))
    places = IntegerField(_l("Places"), [Optional(), not_negative])

    def __init__(self, item: ProgrammeItem | None = None) -> None:
        local = item and {
            "starts": clock.helsinki(item.starts_at).time(),
            "ends": clock.helsinki(item.ends_at).time(),
        }
        super().__init__(obj=item, **(local or {}))

    def sent_for(self, day: EventDay) -> programme.Item | None:
        """What was typed, once it is sent and sound: its times lie inside those of the day."""
        starts, ends = self.starts.data, self.ends.data
        if not self.validate_on_submit() or starts is None or ends is None:
            return None
        with shown_at(self.starts):
            programme.period_on(day, starts, ends)
        return None if self.errors else self._item(starts, ends)

    def _item(self, starts: time, ends: time) -> programme.Item:
        return programme.Item(
            starts=starts,
            ends=ends,
            title=self.title.text,
            form=ItemForm(self.form.data),
            speakers=self.speakers.data or "",
            room=self.room.data or "",
            sign_up=self.sign_up.data,
            places=self.places.data,
        )
