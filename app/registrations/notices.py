"""Which mail goes out on which occasion, and what it says. Each is an outbox row of the same transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.events.models import Event, EventDay, Mode
from app.messages import outbox
from app.messages.layout import Content, lay_out
from app.messages.models import Priority
from app.people import queries as people
from app.registrations import introductions, invitations, links, programme_choices
from app.registrations.capacity import LockedEvent
from app.registrations.models import CalendarEntry, Occasion, Registration


def confirmed(registration: Registration, locked: LockedEvent, entries: Sequence[CalendarEntry]) -> None:
    """You have a place; with the calendar entry."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("You have a place"),
            _("your registration for “%(event)s” is confirmed. Welcome!", event=title(registration)),
            *introductions.of(registration),
            facts=facts(registration, locked.event, locked.days),
            action=manage(registration),
            pages=joining(registration),
            closing=[cannot_come()],
        )
        post(registration, locked.event, Occasion.CONFIRMED, content, entries)


def waiting(registration: Registration, locked: LockedEvent, number: int) -> None:
    """You are on the waiting list. Never with a calendar entry."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("You are on the waiting list"),
            _(
                "“%(event)s” is full at the moment. You are number %(number)s in the queue.",
                event=title(registration),
                number=number,
            ),
            _("If a place becomes free, you get it automatically and we tell you by mail. You need to do nothing."),
            *introductions.of(registration),
            facts=facts(registration, locked.event, locked.days),
            action=manage(registration),
            closing=[_no_longer_waiting()],
        )
        post(registration, locked.event, Occasion.WAITING, content)


def promoted(registration: Registration, locked: LockedEvent, entries: Sequence[CalendarEntry]) -> None:
    """A place became free and is yours; with the calendar entry."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("You got a place"),
            _("a place became free for “%(event)s”, and it is now yours. Welcome!", event=title(registration)),
            facts=facts(registration, locked.event, locked.days),
            action=manage(registration),
            pages=joining(registration),
            closing=[cannot_come()],
        )
        post(registration, locked.event, Occasion.PROMOTED, content, entries)


def changed(registration: Registration, locked: LockedEvent, entries: Sequence[CalendarEntry]) -> None:
    """The registration was changed; with the updated calendar entry when that changed too."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("Your registration was changed"),
            _("the changes to your registration for “%(event)s” are saved.", event=title(registration)),
            facts=facts(registration, locked.event, locked.days),
            action=manage(registration),
            pages=joining(registration),
        )
        post(registration, locked.event, Occasion.CHANGED, content, entries)


def withdrawn(registration: Registration, event: Event, ended: Sequence[CalendarEntry]) -> None:
    """The registration was withdrawn; the calendar entries are cancelled."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("Your registration was withdrawn"),
            _("your registration for “%(event)s” has been withdrawn.", event=title(registration)),
            action=(_("Register again"), links.address(f"/{registration.language}/events/{event.slug}")),
            closing=[_("If you did not ask for this, please write to %(address)s.", address=contact(event))],
        )
        post(registration, event, Occasion.WITHDRAWN, content, ended)


def registered_already(registration: Registration, event: Event) -> None:
    """Someone sent the form with an address that has a registration: its owner gets the personal link."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("You have already registered"),
            _(
                "the registration form of “%(event)s” was sent with your address. You already have a registration, "
                "and it was not changed.",
                event=title(registration),
            ),
            action=manage(registration),
        )
        post(registration, event, Occasion.REGISTERED_ALREADY, content)


def event_changed(
    registration: Registration,
    event: Event,
    entries: Sequence[CalendarEntry],
    *,
    changes: Iterable[tuple[str, str, str]],
    dedupe_key: str,
) -> None:
    """The time or the place of the event changed. `changes`: what, old and new, in the registration's language."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("The event has changed"),
            _("“%(event)s”, for which you have registered, has changed.", event=title(registration)),
            facts=[
                (label, _("%(new)s (before: %(old)s)", new=new or "–", old=old or "–")) for label, old, new in changes
            ],
            action=manage(registration),
            pages=joining(registration),
            closing=[cannot_come()] if registration.is_confirmed else [_is_waiting(), _no_longer_waiting()],
        )
        post(registration, event, Occasion.EVENT_CHANGED, content, entries, bulk_key=dedupe_key)


def called_off(
    registration: Registration, event: Event, ended: Sequence[CalendarEntry], *, message: str, dedupe_key: str
) -> None:
    """The event will not be held; the calendar entries are cancelled."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("The event is called off"),
            _("we are sorry: “%(event)s” will not be held.", event=title(registration)),
            quote=message,
            action=(_("See other events"), links.address(f"/{registration.language}/events/")),
        )
        post(registration, event, Occasion.EVENT_CALLED_OFF, content, ended, bulk_key=dedupe_key)


def about(registration: Registration) -> str:
    """The outbox's key for everything mailed about a registration."""
    return f"registration:{registration.uuid}"


def contact(event: Event) -> str:
    """Whom participants write to."""
    return event.contact_email or links.contact()


def letter(
    registration: Registration,
    heading: str,
    *paragraphs: str,
    quote: str = "",
    facts: Sequence[tuple[str, str]] = (),
    action: tuple[str, str] | None = None,
    pages: Sequence[tuple[str, str]] = (),
    closing: Sequence[str] = (),
) -> Content:
    """What a mail about a registration says, greeting first. The locale must be the registration's language."""
    return Content(
        subject=f"{heading}: {title(registration)}",
        heading=heading,
        paragraphs=[_("Hello %(name)s,", name=registration.given_name), *paragraphs],
        quote=quote,
        facts=facts,
        action=action,
        pages=pages,
        closing=closing,
    )


def post(
    registration: Registration,
    event: Event,
    occasion: Occasion,
    content: Content,
    entries: Sequence[CalendarEntry] = (),
    *,
    bulk_key: str | None = None,
    recipient: str | None = None,
    give_up_at: datetime | None = None,
) -> None:
    """One mail; each day after the first has a short mail of its own, since an invitation holds one entry.

    `recipient` is another mailbox than the registration's, and then there can be no entries.
    """
    first = entries[0] if entries else None
    _post_one(registration, event, occasion, content, first, bulk_key, recipient or registration.email, give_up_at)
    for entry in entries[1:]:
        later = _of_a_later_day(content, entry, registration)
        _post_one(registration, event, occasion, later, entry, bulk_key, registration.email)


def _post_one(
    registration: Registration,
    event: Event,
    occasion: Occasion,
    content: Content,
    entry: CalendarEntry | None,
    bulk_key: str | None,
    recipient: str,
    give_up_at: datetime | None = None,
) -> None:
    text, html = lay_out(content, registration.language)
    method, ics = invitations.to_ics(entry, registration, event) if entry else (None, None)
    outbox.post(
        outbox.Letter(
            occasion=occasion,
            about=about(registration),
            dedupe_key=f"{bulk_key}:{entry.uid if entry else registration.uuid}" if bulk_key else None,
            priority=Priority.BULK if bulk_key else Priority.PERSONAL,
            recipient=recipient,
            recipient_name=registration.full_name,
            reply_to=contact(event),
            language=registration.language,
            subject=content.subject,
            text=text,
            html=html,
            calendar=ics,
            calendar_method=method,
            give_up_at=give_up_at,
        )
    )


def _of_a_later_day(content: Content, entry: CalendarEntry, registration: Registration) -> Content:
    when = wording.when(entry.starts_at, entry.ends_at, registration.language)
    return Content(
        subject=f"{content.subject}, {wording.date(entry.starts_at, registration.language)}",
        heading=content.heading,
        paragraphs=[_("The calendar entry of another day of the event is attached: %(when)s.", when=when)],
        action=content.action,
    )


def title(registration: Registration) -> str:
    """The event's title in the language of the registration."""
    return str(registration.event.title.into(registration.language))


def facts(registration: Registration, event: Event, days: Sequence[EventDay]) -> list[tuple[str, str]]:
    """What is registered: when, where, how and who. The locale must be the registration's language."""
    language = registration.language
    lines = [(_("When"), wording.days([(day.starts_at, day.ends_at) for day in days], language))]
    if registration.mode is Mode.ON_SITE:
        lines += [(_("Where"), invitations.place(event, language)), (_("Taking part"), _("on site"))]
    else:
        lines += [(_("Taking part"), _("online"))]
    if any(day.has_sign_up for day in days):
        chosen = programme_choices.of(registration)
        words = [programme_choices.in_words(item, language) for item in chosen]
        lines.append((_("Programme items"), "; ".join(words) or _("none chosen")))
    lines.append((_("Name"), registration.full_name))
    if registration.municipality_code:
        lines.append((_("Municipality"), people.municipality_name(registration.municipality_code, language)))
    elif registration.organisation:
        lines.append((_("Organisation"), registration.organisation))
    return lines


def manage(registration: Registration) -> tuple[str, str]:
    """The button that leads to the personal page."""
    return _("See, change or withdraw your registration"), links.manage_url(registration)


def joining(registration: Registration) -> list[tuple[str, str]]:
    """How an online participant gets in. The personal page leads to the meeting; its address is never mailed."""
    if not (registration.is_confirmed and registration.mode is Mode.ONLINE):
        return []
    return [(_("Your joining page, which opens the meeting 30 minutes before the start"), links.join_url(registration))]


def cannot_come() -> str:
    """What to do when one cannot come. The locale must be the registration's language."""
    return _("If you cannot come, withdraw through the link above, so that someone else gets the place.")


def _is_waiting() -> str:
    return _("You are on the waiting list. If a place becomes free, we tell you by mail.")


def _no_longer_waiting() -> str:
    return _("If you no longer wish to wait, withdraw through the link above.")
