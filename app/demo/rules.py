"""What the coming seminar asks of its people, and the rules that it has beyond the usual."""

from app.database import db
from app.events.models import Event, QueueOrder
from app.questions import editing, ready_made
from app.registrations.mail_models import ReminderRule

ASKED = ("special-diet", "access-needs")
REMINDED_DAYS_BEFORE = (7, 1)


def add_to(seminar: Event) -> None:
    """A form with ready-made questions, reminders, groups, a fair queue and a list of participants."""
    seminar.queue_order = QueueOrder.FAIR
    seminar.largest_group = 10
    seminar.still_coming_days = 3
    seminar.participants_list = True
    for name in ASKED:
        editing.add(seminar, ready_made.READY_MADE[name], ready_made=name)
    db.session.add_all(ReminderRule(event=seminar, days_before=days) for days in REMINDED_DAYS_BEFORE)
