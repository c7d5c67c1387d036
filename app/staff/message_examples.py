"""The placeholders beside an editor, each with what it would say."""

from flask_babel import gettext as _

from app import access, language
from app.events import queries as events
from app.events.models import Event
from app.registrations import placeholders, previews
from app.registrations.placeholders import Subject


def examples(event: Event) -> list[tuple[str, str, str]]:
    """As it is written, what it stands for, and its value for the organiser who is signed in."""
    who = access.user()
    person = previews.example(event, who.name, who.email, language.current())
    subject = Subject(person, event, lambda: events.days_of(event))
    return [
        (one.written, str(one.meaning), one.value(subject) or str(_("not set yet")))
        for one in placeholders.KNOWN.values()
    ]
