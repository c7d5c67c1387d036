"""The mail that asks whether someone is still coming."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import force_locale
from flask_babel import gettext as _

from app import clock
from app.events.models import Event, EventDay
from app.registrations import links, notices
from app.registrations.models import Occasion, Registration


def ask(registration: Registration, event: Event, days: Sequence[EventDay], *, dedupe_key: str) -> None:
    """One link, to a page with two buttons. Of no use once the event has begun, so it is given up then."""
    registration.still_coming_asked_at = clock.now()
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("Are you still coming?"),
            _("you have a place at “%(event)s”. Are you still coming?", event=notices.title(registration)),
            facts=notices.facts(registration, event, days),
            action=(_("Answer yes or no"), links.coming_url(registration)),
            closing=[
                _("If you say no, your place goes to the next in the queue. If you do not answer, you keep your place.")
            ],
        )
        content = replace(content, subject=f"{content.heading} {notices.title(registration)}")  # no "?:"
        notices.post(
            registration, event, Occasion.STILL_COMING, content, bulk_key=dedupe_key, give_up_at=event.starts_at
        )
