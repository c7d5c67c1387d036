"""An organiser's own message as one person's mail, and the words that thank after an event."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.events.models import Event, EventDay
from app.language import LANGUAGES
from app.messages.layout import Content
from app.registrations import links, notices, own_days, placeholders
from app.registrations.models import Occasion, Registration
from app.registrations.organiser_messages import Draft
from app.registrations.placeholders import Subject
from app.translated import Translated


def message(
    registration: Registration,
    event: Event,
    draft: Draft,
    days: Sequence[EventDay],
    *,
    dedupe_key: str | None = None,
    recipient: str | None = None,
) -> None:
    """One mail in the recipient's language, else in the one it is written in. An optional one tells how to stop."""
    language = registration.language
    days = own_days.days_for(registration, days)
    subject = Subject(registration, event, lambda: days)
    with force_locale(language):
        heading = placeholders.fill(str(draft.subject.into(language)), subject)
        pages = [_materials(registration)] if draft.occasion is Occasion.MATERIALS else []
        content = Content(
            subject=heading,
            heading=heading,
            paragraphs=[notices.greeting(registration)],
            quote=placeholders.fill(str(draft.body.into(language)), subject),
            facts=_facts(event, days, language),
            action=notices.manage(registration) if registration.is_active and not pages else None,
            pages=pages,
            closing=[notices.stop_optional(registration)] if draft.optional else [],
        )
        notices.post(
            registration,
            event,
            draft.occasion,
            content,
            bulk_key=dedupe_key,
            recipient=recipient,
            optional=draft.optional,
        )


def thanks() -> tuple[Translated, Translated]:
    """The words that an organiser's thanks begin with, to be changed at will: subject and body."""
    subjects, bodies = {}, {}
    for language in LANGUAGES:
        with force_locale(language):
            subjects[language] = _("Thank you, and the materials: {event}")
            bodies[language] = _(
                "Thank you for taking part in “{event}”. The materials are on your own page: the link is below.\n\n"
                "Questions or feedback? Write to {contact}."
            )
    return Translated(**subjects), Translated(**bodies)


def _facts(event: Event, days: Sequence[EventDay], language: str) -> list[tuple[str, str]]:
    when = wording.days([(day.starts_at, day.ends_at) for day in days], language)
    return [(_("Event"), str(event.title.into(language))), *([(_("When"), when)] if when else [])]


def _materials(registration: Registration) -> tuple[str, str]:
    return _("Your own page, with the materials"), links.join_url(registration)
