"""The mail that reminds of a day of an event: when, where or how, and what to do when one cannot come."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.events.models import Event, EventDay, Mode
from app.registrations import invitations, links, notices
from app.registrations.models import Occasion, Registration


def reminder(registration: Registration, event: Event, day: EventDay, *, days_before: int, dedupe_key: str) -> None:
    """Of no use once the day has begun, so it is given up then. It can be stopped with one click."""
    with force_locale(registration.language):
        online = registration.mode is Mode.ONLINE
        content = notices.letter(
            registration,
            _heading(day, registration.language, days_before),
            _opening(str(event.title.into(registration.language)), day, registration.language, days_before),
            facts=_facts(registration, event, day),
            action=_join(registration) if online else notices.manage(registration),
            pages=[notices.manage(registration)] if online else [],
            closing=[
                _("If you cannot come, withdraw on your own page, so that someone else gets the place."),
                notices.stop_optional(registration),
            ],
        )
        notices.post(
            registration,
            event,
            Occasion.REMINDER,
            content,
            bulk_key=dedupe_key,
            days=[day],
            give_up_at=day.starts_at,
            optional=True,
        )


def _heading(day: EventDay, language: str, days_before: int) -> str:
    time = wording.time(day.starts_at, language)
    match days_before:
        case 0:
            return _("Starts in an hour, %(time)s", time=time)
        case 1:
            return _("Tomorrow, %(time)s", time=time)
        case _:
            return _("On %(date)s, %(time)s", date=wording.weekday_date(day.starts_at, language), time=time)


def _opening(title: str, day: EventDay, language: str, days_before: int) -> str:
    if days_before == 0:
        return _("“%(event)s” starts in an hour, and you have a place.", event=title)
    date = wording.weekday_date(day.starts_at, language)
    return _("“%(event)s” is coming: %(date)s. You have a place, welcome!", event=title, date=date)


def _facts(registration: Registration, event: Event, day: EventDay) -> list[tuple[str, str]]:
    language = registration.language
    facts = [(_("When"), wording.when(day.starts_at, day.ends_at, language))]
    if registration.mode is Mode.ONLINE:
        return [*facts, (_("Taking part"), _("online"))]
    where = [(_("Where"), invitations.place(event, language))]
    directions = str(event.directions.into(language))
    return [*facts, *where, *([(_("How to get there"), directions)] if directions else [])]


def _join(registration: Registration) -> tuple[str, str]:
    return _("Open your joining page"), links.join_url(registration)
