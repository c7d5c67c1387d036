"""From what a mail about a registration says to its rows in the outbox: own words, layout, one row a calendar entry."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from app import wording
from app.events.models import Event, EventDay
from app.messages import outbox
from app.messages.layout import Content, lay_out
from app.messages.models import Priority
from app.registrations import invitations, links, own_words
from app.registrations.models import CalendarEntry, Registration


def about(registration: Registration) -> str:
    """The outbox's key for everything mailed about a registration."""
    return f"registration:{registration.uuid}"


def contact(event: Event) -> str:
    """Whom participants write to."""
    return event.contact_email or links.contact()


def post(
    registration: Registration,
    event: Event,
    occasion: str,
    content: Content,
    entries: Sequence[CalendarEntry] = (),
    *,
    bulk_key: str | None = None,
    recipient: str | None = None,
    days: Sequence[EventDay] | None = None,
    give_up_at: datetime | None = None,
    optional: bool = False,
) -> None:
    """One mail, in the organiser's own words where there are some.

    Each day after the first has a short mail of its own, since an invitation holds one entry. `recipient` is another
    mailbox than the registration's, and then there can be no entries. `days` are those that the mail is about, all if
    not given. After `give_up_at` it is of no use. `optional` mail can be stopped with one click.
    """
    outbox.post_all(
        written(
            registration,
            event,
            occasion,
            content,
            entries,
            bulk_key=bulk_key,
            recipient=recipient,
            days=days,
            give_up_at=give_up_at,
            optional=optional,
        )
    )


def written(
    registration: Registration,
    event: Event,
    occasion: str,
    content: Content,
    entries: Sequence[CalendarEntry] = (),
    *,
    bulk_key: str | None = None,
    recipient: str | None = None,
    days: Sequence[EventDay] | None = None,
    give_up_at: datetime | None = None,
    optional: bool = False,
) -> list[outbox.Letter]:
    """The mails that `post` posts, one after the other."""
    content = own_words.applied(content, registration, event, occasion, days)
    letter = outbox.Letter(
        occasion=occasion,
        about=about(registration),
        dedupe_key=f"{bulk_key}:{registration.uuid}" if bulk_key else None,
        priority=Priority.BULK if bulk_key else Priority.PERSONAL,
        recipient=recipient or registration.email,
        recipient_name=registration.full_name,
        reply_to=contact(event),
        language=registration.language,
        subject=content.subject,
        text="",
        give_up_at=give_up_at,
        unsubscribe_url=links.unsubscribe_url(registration) if optional else None,
    )
    return [
        _written(letter, content_of_one, entry, registration, event, bulk_key)
        for content_of_one, entry in _one_a_day(content, registration, entries)
    ]


def _one_a_day(
    content: Content, registration: Registration, entries: Sequence[CalendarEntry]
) -> Iterable[tuple[Content, CalendarEntry | None]]:
    yield content, entries[0] if entries else None
    for entry in entries[1:]:
        yield _of_a_later_day(content, entry, registration), entry


def _written(
    letter: outbox.Letter,
    content: Content,
    entry: CalendarEntry | None,
    registration: Registration,
    event: Event,
    bulk_key: str | None,
) -> outbox.Letter:
    text, html = lay_out(content, letter.language)
    letter = replace(letter, subject=content.subject, text=text, html=html)
    if entry:
        method, ics = invitations.to_ics(entry, registration, event)
        key = f"{bulk_key}:{entry.uid}" if bulk_key else None
        letter = replace(letter, calendar=ics, calendar_method=method, dedupe_key=key)
    return letter


def _of_a_later_day(content: Content, entry: CalendarEntry, registration: Registration) -> Content:
    when = wording.when(entry.starts_at, entry.ends_at, registration.language)
    return Content(
        subject=f"{content.subject}, {wording.date(entry.starts_at, registration.language)}",
        heading=content.heading,
        paragraphs=[
            _("The attachment takes this day out of your calendar too: %(when)s.", when=when)
            if entry.cancelled_at
            else _("The calendar entry for this day of the event is attached: %(when)s.", when=when)
        ],
        action=content.action,
    )
