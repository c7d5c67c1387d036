"""The form of an event's registration rules: one page, in sections."""

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import NumberRange, Optional, StopValidation

from app import language
from app.events import editing
from app.events.models import Admission, Event, Promotion, QueueOrder
from app.forms import ChecklistField, IntegerField, LocalDateTimeField, RadioField, choices, required
from app.people import queries as people
from app.registrations.registration_rules import Rules
from app.staff.versioned import Versioned

ADMISSIONS = [
    (Admission.ANYONE, _l("Everyone")),
    (Admission.MUNICIPAL, _l("Employees of municipalities")),
    (Admission.REGION, _l("Employees of the region’s municipalities")),
    (Admission.LISTED, _l("Employees of the municipalities that I choose")),
    (Admission.INVITED, _l("Only those who have an invitation link")),
]
ORDERS = [
    (QueueOrder.FIRST_COME, _l("In the order of registering")),
    (QueueOrder.FAIR, _l("Municipalities without a place first")),
]
PROMOTIONS = [
    (Promotion.AUTOMATIC, _l("The place is given at once, and the person is told")),
    (Promotion.OFFER, _l("The place is offered, and the person accepts it in time")),
]
LARGEST_GROUP = 30
LONGEST_OFFER = 240
EARLIEST_QUESTION = 30


def _between(least: int, most: int) -> NumberRange:
    return NumberRange(least, most, message=_l("Enter a number from %(min)d to %(max)d"))


class RulesForm(Versioned):
    admission = RadioField(_l("Who may register?"), choices=choices(ADMISSIONS))
    admitted = ChecklistField(_l("Municipalities whose employees may register"))
    approval = wtforms.BooleanField(_l("An organiser approves each registration"))

    municipality_limit = IntegerField(_l("Places of one municipality at the most"), [Optional(), _between(1, 10_000)])
    municipality_limit_until = LocalDateTimeField(_l("The limit of municipalities holds until"))

    queue_order = RadioField(_l("Who is next on the waiting list?"), choices=choices(ORDERS))
    promotion = RadioField(_l("How does a freed place reach the next one?"), choices=choices(PROMOTIONS))
    offer_hours = IntegerField(
        _l("Hours to answer an offer"),
        [required(_l("Enter how many hours an offer is held")), _between(1, LONGEST_OFFER)],
    )
    queue_closes_at = LocalDateTimeField(_l("The waiting list closes"))

    largest_group = IntegerField(
        _l("Largest group that one person can register"),
        [required(_l("Enter 1 if everyone registers alone")), _between(1, LARGEST_GROUP)],
    )
    answers_close_at = LocalDateTimeField(_l("Answers can be changed until"))
    still_coming_days = IntegerField(
        _l("Days before the event when everyone is asked “Still coming?”"), [Optional(), _between(1, EARLIEST_QUESTION)]
    )
    participants_list = wtforms.BooleanField(_l("Participants see a list of those who agree to be on it"))

    def __init__(self, event: Event) -> None:
        codes = editing.admitted_codes(event)
        super().__init__(obj=event, admitted=codes)
        self._starts_at = event.starts_at
        spoken = language.current()
        every = people.municipalities(spoken)
        self.region = [one.code for one in every if one.in_region]
        in_order = sorted(every, key=lambda one: not one.in_region)
        self.admitted.choices = choices((one.code, one.name(spoken)) for one in in_order)

    def validate_admitted(self, field: ChecklistField) -> None:
        if self.admission.data == Admission.LISTED and not field.data:
            raise StopValidation(_("Choose at least one municipality"))

    def validate_municipality_limit_until(self, field: LocalDateTimeField) -> None:
        if field.data and self.municipality_limit.data is None and not self.municipality_limit.errors:
            raise StopValidation(_("Enter the limit too, or leave its end empty"))
        self._must_be_before_the_start(field)

    def validate_queue_closes_at(self, field: LocalDateTimeField) -> None:
        self._must_be_before_the_start(field)

    def validate_answers_close_at(self, field: LocalDateTimeField) -> None:
        self._must_be_before_the_start(field)

    def _must_be_before_the_start(self, field: LocalDateTimeField) -> None:
        if field.data and self._starts_at and field.data > self._starts_at:
            raise StopValidation(_("Enter a time before the event starts"))

    def rules(self) -> Rules:
        """What was typed, valid, as the rule takes it."""
        same = (
            *("approval", "municipality_limit", "municipality_limit_until", "offer_hours", "queue_closes_at"),
            *("largest_group", "answers_close_at", "still_coming_days", "participants_list"),
        )
        return Rules(
            **{name: self[name].data for name in same},
            admission=Admission(self.admission.data),
            admitted=frozenset(self.admitted.data) if self.admission.data == Admission.LISTED else frozenset(),
            queue_order=QueueOrder(self.queue_order.data),
            promotion=Promotion(self.promotion.data),
        )
