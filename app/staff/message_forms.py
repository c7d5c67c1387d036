"""The forms of an event's messages: a reminder, the words of an occasion, a message to a part of the list."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.events.models import Event, Mode
from app.forms import Form, LocalDateTimeField, RadioField, SelectField, choices
from app.if_refused import shown_at
from app.registrations import organiser_messages, placeholders
from app.registrations.labels import MODES, STATUSES
from app.registrations.models import Occasion, Status
from app.registrations.organiser_messages import Draft, Part
from app.staff import message_choices
from app.staff.event_fields import TranslatedField
from app.staff.message_words import rule_in_words
from app.translated import Translated

DAYS_OFFERED = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30)
ALL = ""
# How many choices, "everyone" among them, a question needs to be worth asking.
_NARROWING = {"municipality": 3, "mode": 3, "item": 2, "answer": 2, "attended": 2}
_YES_OR_NO = {"": None, "yes": True, "no": False}


class ReminderForm(Form):
    days_before = SelectField(_l("When"), coerce=int, default=1)

    def __init__(self) -> None:
        super().__init__()
        self.days_before.choices = choices((days, rule_in_words(days)) for days in DAYS_OFFERED)


class TextsForm(Form):
    """Subject and body of one occasion; a language that is left empty has the service's own words."""

    subject = TranslatedField(_l("Subject"), most=200)
    body = TranslatedField(_l("Text"), most=5000, lines=8)

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and _placeholders_are_known(self)

    @property
    def words(self) -> tuple[Translated, Translated]:
        return self.subject.text, self.body.text


class MessageForm(Form):
    status = SelectField(_l("Status"), default=Status.CONFIRMED.value)
    municipality = SelectField(_l("Municipality"))
    mode = SelectField(_l("Taking part"))
    item = SelectField(_l("Programme item"))
    answer = SelectField(_l("Answer"))
    attended = SelectField(_l("Online meeting"))
    subject = TranslatedField(_l("Subject"), most=200, needed=_l("Write the subject in Finnish"))
    body = TranslatedField(_l("Text"), most=5000, lines=10, needed=_l("Write the text in Finnish"))
    kind = RadioField(
        _l("Is the message needed for taking part?"),
        choices=choices(
            [
                ("needed", _l("Yes: it concerns the registration, so everyone gets it")),
                ("optional", _l("No: thanks, news or tips. Those who have stopped optional mail do not get it")),
            ]
        ),
        default="needed",
    )
    due_at = LocalDateTimeField(_l("When does it go out?"))

    def __init__(self, event: Event, occasion: Occasion, **given: Any) -> None:
        super().__init__(**given)
        self.occasion = occasion
        statuses = [(status.value, str(name)) for status, name in STATUSES.items()]
        everyone = [(ALL, _("Everyone"))]
        self.status.choices = choices([(ALL, _("Everyone whose registration is in force")), *statuses])
        self.municipality.choices = choices([*everyone, *message_choices.municipalities(event)])
        self.mode.choices = choices([*everyone, *((mode.value, str(MODES[mode])) for mode in event.modes)])
        self.item.choices = choices([*everyone, *_with_text_keys(message_choices.items(event))])
        self.answer.choices = choices([*everyone, *message_choices.answers(event)])
        went = [("yes", _("Went to the online meeting")), ("no", _("Did not go to the online meeting"))]
        self.attended.choices = choices([*everyone, *(went if Mode.ONLINE in event.modes else [])])
        self._leave_out_what_narrows_nothing()

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators) or not _placeholders_are_known(self):
            return False
        with shown_at(self.due_at):
            organiser_messages.must_be_sound(self.draft())
        return not self.errors

    def draft(self) -> Draft:
        return Draft(
            subject=self.subject.text,
            body=self.body.text,
            part=self._part(),
            optional=self.kind.data == "optional",
            due_at=self.due_at.data,
            occasion=self.occasion,
        )

    def _part(self) -> Part:
        chosen = {name: self[name].data if name in self else "" for name in _NARROWING}
        return Part(
            status=Status(self.status.data) if self.status.data else None,
            municipality=chosen["municipality"] or None,
            mode=Mode(chosen["mode"]) if chosen["mode"] else None,
            item=int(chosen["item"]) if chosen["item"] else None,
            answer=chosen["answer"] or None,
            attended=_YES_OR_NO[chosen["attended"]],
        )

    def _leave_out_what_narrows_nothing(self) -> None:
        for name, least in _NARROWING.items():
            if len(self[name].choices) < least:
                del self[name]


def _placeholders_are_known(form: TextsForm | MessageForm) -> bool:
    """Each mistake is told at the field it stands in."""
    for translated in (form.subject, form.body):
        for field in translated.form:
            with shown_at(field):
                placeholders.check([Translated(fi=field.data or "")])
    return not form.errors


def _with_text_keys(pairs: list[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in pairs]
