"""The form of one item of a programme."""

import wtforms
from flask_babel import lazy_gettext as _l

from app import clock
from app.events import programme
from app.events.models import EventDay, ItemForm, ProgrammeItem
from app.forms import Form, SelectField, TimeField, at_most, choices, required
from app.staff.event_fields import TranslatedField, shown_at

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

    def __init__(self, item: ProgrammeItem | None = None) -> None:
        local = item and {
            "starts": clock.helsinki(item.starts_at).time(),
            "ends": clock.helsinki(item.ends_at).time(),
        }
        super().__init__(obj=item, **(local or {}))

    def validate_for(self, day: EventDay) -> bool:
        """Whether it was sent and is sound; its times must lie inside those of the day."""
        if not self.validate_on_submit() or self.starts.data is None or self.ends.data is None:
            return False
        with shown_at(self.starts):
            programme.period_on(day, self.starts.data, self.ends.data)
        return not self.errors

    def item(self) -> programme.Item:
        """What was typed, valid, as the rules take it."""
        return programme.Item(
            starts=self.starts.data,
            ends=self.ends.data,
            title=self.title.text,
            form=ItemForm(self.form.data),
            speakers=self.speakers.data or "",
            room=self.room.data or "",
        )
