"""Who an announcement goes to: asked anew at each step, so that who has left meanwhile is left out."""

from sqlalchemy import ColumnElement, func, select

from app import clock
from app.database import db
from app.events.models import EventDay
from app.registrations import organiser_messages, own_days, reminders, still_coming
from app.registrations.models import ACTIVE, Announcement, Occasion, Registration


def of(announcement: Announcement) -> list[ColumnElement[bool]]:
    """The conditions of those it concerns. Where the details name an `audience`, it is those and no others."""
    match announcement.occasion:
        case Occasion.REMINDER:
            day = db.session.get(EventDay, announcement.details["day"])
            return reminders.audience(announcement.event_id, invited_only=bool(day and day.invited_only))
        case Occasion.ORGANISER_MESSAGE | Occasion.MATERIALS:
            return organiser_messages.audience(announcement)
        case Occasion.STILL_COMING:
            return still_coming.audience(announcement.event_id)
        case _:
            named = announcement.details.get("audience")
            everyone = [
                Registration.event_id == announcement.event_id,
                Registration.status.in_(ACTIVE),
                Registration.anonymised_at.is_(None),
            ]
            if announcement.details.get("invited_only"):
                everyone.append(own_days.are_invited())
            return everyone if named is None else [*everyone, Registration.id.in_(named)]


def settle(announcement: Announcement) -> None:
    """Count those whom it concerns now; what was written to go out later is counted when its time has come."""
    counted = select(func.count(), func.max(Registration.id)).where(*of(announcement))
    announcement.total, last = db.session.execute(counted).one()
    announcement.last_registration_id = last or 0


def is_useful(announcement: Announcement) -> bool:
    """Whether it still tells the truth: a reminder of a day that has moved or begun does not."""
    if announcement.occasion is Occasion.STILL_COMING:
        return still_coming.is_useful(announcement.event)
    if announcement.occasion is not Occasion.REMINDER:
        return True
    day = db.session.get(EventDay, announcement.details["day"])
    if day is None or not announcement.event.is_published:
        return False
    return day.starts_at.isoformat() == announcement.details["starts_at"] and day.starts_at > clock.now()
