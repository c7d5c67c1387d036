"""From one stored announcement to each person's mail, in steps small enough that registering never waits long."""

from flask_babel import force_locale
from sqlalchemy import Row, select

from app import clock
from app.database import db
from app.registrations import (
    audiences,
    capacity,
    event_changes,
    invitations,
    item_changes,
    message_notices,
    notices,
    organiser_messages,
    own_days,
    reminder_notices,
    still_coming_notices,
)
from app.registrations.capacity import LockedEvent
from app.registrations.models import Announcement, Occasion, Registration

STEP = 50


def advance() -> int:
    """Make the next mails of the unfinished announcement that is longest due; the caller commits.

    Returns how many were made, at least 1 while there was an announcement to work on. The step takes the event's lock,
    so that a withdrawal at the same moment and this step do not both revise the same calendar entry; two workers take
    turns by it.
    """
    pending = _longest_due()
    if pending is None:
        return 0
    locked = capacity.lock(pending.event_id)
    announcement = db.session.get_one(Announcement, pending.id)
    if announcement.finished_at:
        return 1
    if announcement.cursor == 0 and announcement.due_at > announcement.created_at:
        audiences.settle(announcement)
    recipients = _next(announcement) if audiences.is_useful(announcement) else []
    for registration in recipients:
        _tell(announcement, registration, locked)
        announcement.cursor = registration.id
    if len(recipients) < STEP:
        announcement.finished_at = clock.now()
    return len(recipients) or 1


def _longest_due() -> Row[int, int] | None:
    """The announcement's id and its event's."""
    unfinished = Announcement.finished_at.is_(None) & Announcement.cancelled_at.is_(None)
    due = select(Announcement.id, Announcement.event_id).where(unfinished, Announcement.due_at <= clock.now())
    return db.session.execute(due.order_by(Announcement.due_at, Announcement.id).limit(1)).first()


def _next(announcement: Announcement) -> list[Registration]:
    """The next of the audience; who has withdrawn meanwhile has had a mail about that, and is left out."""
    return list(
        db.session.scalars(
            select(Registration)
            .where(
                *audiences.of(announcement),
                Registration.id > announcement.cursor,
                Registration.id <= announcement.last_registration_id,
            )
            .order_by(Registration.id)
            .limit(STEP)
        )
    )


def _tell(announcement: Announcement, registration: Registration, locked: LockedEvent) -> None:
    key = f"announcement:{announcement.id}"
    match announcement.occasion:
        case Occasion.EVENT_CALLED_OFF:
            message = str(locked.event.called_off_message.into(registration.language))
            ended = invitations.cancel_all(registration)
            notices.called_off(registration, locked, ended, message=message, dedupe_key=key)
        case Occasion.EVENT_CHANGED if "item" in announcement.details:
            item_changes.tell(announcement, registration, locked, key)
        case Occasion.EVENT_CHANGED:
            _tell_change(announcement, registration, locked, key)
        case Occasion.REMINDER:
            details = announcement.details
            day = next(day for day in locked.days if day.id == details["day"])
            days_before = details["days_before"]
            reminder_notices.reminder(registration, locked.event, day, days_before=days_before, dedupe_key=key)
        case Occasion.STILL_COMING:
            still_coming_notices.ask(registration, locked.event, locked.days, dedupe_key=key)
        case Occasion.ORGANISER_MESSAGE | Occasion.MATERIALS:
            draft = organiser_messages.draft_of(announcement)
            message_notices.message(registration, locked.event, draft, locked.days, dedupe_key=key)
        case occasion:
            raise ValueError(f"{occasion} is not announced to many")


def _tell_change(announcement: Announcement, registration: Registration, locked: LockedEvent, key: str) -> None:
    """Old and new are the announcement's, of the days that the person has; the calendar says what holds now.

    A called-off event is told as that only.
    """
    if locked.event.is_called_off:
        return
    invited = own_days.is_invited(registration)
    stored = (announcement.details[side] for side in ("old", "new"))
    old, new = (event_changes.Schedule.from_json(one).as_seen(invited=invited) for one in stored)
    with force_locale(registration.language):
        changes = event_changes.differences(old, new, registration.language)
    if not changes:  # only the text in another language, or a day of others, became different
        return
    if registration.is_confirmed:
        living, ended = invitations.follow_days(registration, locked.days)
        entries = [*living, *ended]
    else:  # no place was left in the way of taking part that the event now has
        entries = invitations.cancel_all(registration)
    notices.event_changed(registration, locked.event, entries, changes=changes, dedupe_key=key)
