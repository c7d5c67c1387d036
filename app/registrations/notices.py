"""Which mail goes out on which occasion, and what it says. Each is an outbox row of the same transaction."""

from collections.abc import Iterable, Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.events.models import Event, EventDay, Mode
from app.messages import outbox
from app.messages.layout import Content
from app.messages.outbox import Letter
from app.people import queries as people
from app.registrations import (
    counting,
    introductions,
    invitations,
    links,
    obstacles,
    own_days,
    programme_choices,
    queue_rule,
)
from app.registrations.capacity import LockedEvent
from app.registrations.models import CalendarEntry, Occasion, Registration, Status
from app.registrations.posting import about as about
from app.registrations.posting import contact as contact
from app.registrations.posting import post as post
from app.registrations.posting import written


def confirmed(
    registration: Registration, locked: LockedEvent, entries: Sequence[CalendarEntry], message: str = ""
) -> None:
    """You have a place; with the calendar entry, and the `message` of an organiser who approved it."""
    outbox.post_all(confirmation(registration, locked.event, locked.days, entries, message))


def confirmation(
    registration: Registration,
    event: Event,
    days: Sequence[EventDay],
    entries: Sequence[CalendarEntry],
    message: str = "",
) -> list[Letter]:
    """The mails that say so, not posted yet."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("You have a place"),
            _("your registration for “%(event)s” is confirmed. Welcome!", event=title(registration)),
            *introductions.of(registration),
            quote=message,
            facts=facts(registration, event, days),
            action=manage(registration),
            pages=joining(registration),
            closing=[cannot_come()],
        )
        return written(registration, event, Occasion.CONFIRMED, content, entries)


def waiting(registration: Registration, locked: LockedEvent, number: int, message: str = "") -> None:
    """You are on the waiting list, and why. Never with a calendar entry. `message`: of an organiser who approved it."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("You are on the waiting list"),
            _("you are number %(number)s in the queue of “%(event)s”.", event=title(registration), number=number),
            obstacles.why_waiting(locked, counting.claim_of(registration)),
            queue_rule.what_to_do(locked.event),
            queue_rule.beside_what_to_do(locked.event, registration.language),
            *introductions.of(registration),
            quote=message,
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


def withdrawn(registration: Registration, locked: LockedEvent, ended: Sequence[CalendarEntry]) -> None:
    """The registration was withdrawn; the calendar entries are cancelled."""
    event = locked.event
    with force_locale(registration.language):
        content = letter(
            registration,
            _("Your registration was withdrawn"),
            _("your registration for “%(event)s” has been withdrawn.", event=title(registration)),
            facts=when(registration, locked.days),
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
            facts=now_and_before(changes),
            action=manage(registration),
            pages=joining(registration),
            closing=_how_it_stands(registration),
        )
        post(registration, event, Occasion.EVENT_CHANGED, content, entries, bulk_key=dedupe_key)


def called_off(
    registration: Registration, locked: LockedEvent, ended: Sequence[CalendarEntry], *, message: str, dedupe_key: str
) -> None:
    """The event will not be held; the calendar entries are cancelled."""
    with force_locale(registration.language):
        content = letter(
            registration,
            _("The event is called off"),
            _("we are sorry: “%(event)s” will not be held.", event=title(registration)),
            quote=message,
            facts=when(registration, locked.days),
            action=(_("See other events"), links.address(f"/{registration.language}/events/")),
        )
        post(registration, locked.event, Occasion.EVENT_CALLED_OFF, content, ended, bulk_key=dedupe_key)


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
        paragraphs=[greeting(registration), *filter(None, paragraphs)],
        quote=quote,
        facts=facts,
        action=action,
        pages=pages,
        closing=closing,
    )


def title(registration: Registration) -> str:
    """The event's title in the language of the registration."""
    return str(registration.event.title.into(registration.language))


def facts(registration: Registration, event: Event, days: Sequence[EventDay]) -> list[tuple[str, str]]:
    """What is registered: when, where, how and who. The locale must be the registration's language."""
    language = registration.language
    lines = when_and_where(registration, event, days, language)
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


def when_and_where(
    registration: Registration, event: Event, days: Sequence[EventDay], language: str
) -> list[tuple[str, str]]:
    """The beginning of it, as one may tell it to somebody else too. The locale must be `language`."""
    lines = when(registration, days, language)
    if registration.mode is Mode.ON_SITE:
        return [*lines, (_("Where"), invitations.place(event, language)), (_("Taking part"), _("on site"))]
    return [*lines, (_("Taking part"), _("online"))]


def now_and_before(changes: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """What has changed, old and new, as facts."""
    return [(label, _("%(new)s (before: %(old)s)", new=new or "–", old=old or "–")) for label, old, new in changes]


def when(registration: Registration, days: Sequence[EventDay], language: str = "") -> list[tuple[str, str]]:
    """The days of a registration, as the first of its facts; none of an event whose date is to come."""
    mine = [(day.starts_at, day.ends_at) for day in own_days.days_for(registration, days)]
    return [(_("When"), wording.days(mine, language or registration.language))] if mine else []


def manage(registration: Registration) -> tuple[str, str]:
    """The button that leads to the personal page."""
    return _("See, change or withdraw your registration"), links.manage_url(registration)


def joining(registration: Registration) -> list[tuple[str, str]]:
    """How an online participant gets in. The personal page leads to the meeting; its address is never mailed."""
    if not (registration.is_confirmed and registration.mode is Mode.ONLINE):
        return []
    return [(_("Your joining page, which opens the meeting 30 minutes before the start"), links.join_url(registration))]


def greeting(registration: Registration) -> str:
    """What every letter begins with."""
    return _("Hello %(name)s,", name=registration.given_name)


def stop_optional(registration: Registration) -> str:
    """How to stop mail that is optional; the header does it with one click."""
    return _("To get no reminders or other optional mail: %(url)s", url=links.unsubscribe_url(registration))


def cannot_come() -> str:
    """What to do when one cannot come. The locale must be the registration's language."""
    return _("If you cannot come, withdraw through the link above, so that someone else gets the place.")


def _how_it_stands(registration: Registration) -> list[str]:
    match registration.status:
        case Status.WAITING:
            return [
                _("You are on the waiting list. If a place becomes free, we tell you by mail."),
                *introductions.together(registration),
                _no_longer_waiting(),
            ]
        case Status.OFFERED:
            return [_("A place is offered to you. Accept or decline it through the link in the mail that told of it.")]
        case Status.AWAITING_APPROVAL:
            return [_("Your registration awaits approval. The organiser looks at it, and we tell you by mail.")]
        case _:
            return [cannot_come()]


def _no_longer_waiting() -> str:
    return _("If you no longer wish to wait, withdraw through the link above.")
