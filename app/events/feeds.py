"""Calendar feeds: many events as one calendar, which a calendar program reads again and again by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import quote

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import ColumnElement, Row, func, select

from app import clock
from app.database import db
from app.events import calendar, download
from app.events.models import Event, EventDay, EventStatus

BACK, AHEAD = timedelta(days=90), timedelta(days=400)


@dataclass(frozen=True)
class Feed:
    """A feed as it is now; `changed_at` may be later than its last change, never earlier."""

    ics: bytes
    changed_at: datetime


@dataclass(frozen=True)
class Subscription:
    """The forms of a feed's address that calendar programs know."""

    https: str

    @property
    def webcal(self) -> str:
        """Opens the calendar program of the phone or the computer."""
        return f"webcal://{self.https.partition('://')[2]}"

    @property
    def google(self) -> str:
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"


def subscription(path: str) -> Subscription:
    return Subscription(current_app.config["SETTINGS"].base_url + path)


def feed(
    shown: ColumnElement[bool],
    language: str,
    *,
    name: str,
    list_of_names: bool = False,
    others: Iterable[calendar.Entry] = (),
    others_changed_at: datetime | None = None,
) -> Feed:
    """The days of the events `shown`, drafts never, from 90 days ago to 400 days ahead; the same bytes until a change.

    What is called off stays as cancelled until its day has passed out of the window, so that every calendar has had
    the time to learn of it. `others` are entries of another kind, which follow those of the events.
    """
    today = clock.helsinki(clock.now()).date()
    opens, closes = window(today)
    with force_locale(language):
        entries = [
            download.entry(event, day, language, list_of_names=list_of_names)
            for event, day in _days(shown, opens, closes)
        ]
    changed_at = max(filter(None, (_changed_at(clock.helsinki_to_utc(today, time())), others_changed_at)))
    return Feed(calendar.publish([*entries, *others], download.organizer(), name), changed_at)


def window(today: date) -> tuple[datetime, datetime]:
    """From when and until when a feed tells of what there is."""
    return clock.helsinki_to_utc(today - BACK, time()), clock.helsinki_to_utc(today + AHEAD, time())


def _days(shown: ColumnElement[bool], opens: datetime, closes: datetime) -> Sequence[Row[Event, EventDay]]:
    return db.session.execute(
        select(Event, EventDay)
        .join(EventDay, EventDay.event_id == Event.id)
        .where(Event.status != EventStatus.DRAFT, shown, EventDay.ends_at > opens, EventDay.starts_at < closes)
        .order_by(EventDay.starts_at, EventDay.uuid)
    ).all()


def _changed_at(midnight: datetime) -> datetime:
    """The last change of any event, since one that was taken back is no more among those shown; and at midnight the
    window moves."""
    return max(filter(None, (db.session.scalar(select(func.max(Event.changed_at))), midnight)))
