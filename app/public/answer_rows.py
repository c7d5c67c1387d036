"""A person's answers to the event's own questions as the rows of a summary list."""

from app.public.summaries import Row
from app.question_forms import words
from app.registrations import answers
from app.registrations.models import Registration


def rows(registration: Registration) -> list[Row]:
    """All that the person has answered, sealed answers too: this is the person's own page."""
    return [
        {"key": words.marked(given.label), "value": words.spoken(given.kind, given.value, given.options)}
        for given in answers.of(registration, sensitive=True)
    ]
