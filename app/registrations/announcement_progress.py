"""How far the telling of many has come, for the organiser who waits for it."""

from dataclasses import dataclass

from sqlalchemy import String, and_, cast, distinct, func, literal, select

from app import clock
from app.database import db
from app.events.models import Event
from app.messages.models import Message, State
from app.registrations import queries
from app.registrations.models import Announcement, Registration


@dataclass(frozen=True)
class Progress:
    """Of the `announcement.total` people, `people` have their mails written; of those mails so many went out.

    A person has one mail for each day of the event. Who withdraws meanwhile is left out, so that `people` may stay
    under the total when it is finished.
    """

    announcement: Announcement
    people: int
    mails: int
    sent: int
    failed: int

    @property
    def is_scheduled(self) -> bool:
        """Written to go out later, and not begun."""
        return self.announcement.finished_at is None and self.announcement.due_at > clock.now()

    @property
    def is_done(self) -> bool:
        return self.announcement.finished_at is not None and self.sent + self.failed == self.mails


def of(event: Event) -> list[Progress]:
    """The progress of an event's announcements, the latest first, in two queries.

    Goes by way of the event's registrations, so that it takes no longer when other events have millions of mails.
    """
    of_registration = literal("registration:") + Registration.uuid
    of_announcement = literal("announcement:") + cast(Announcement.id, String) + ":%"
    rows = db.session.execute(
        select(
            Announcement.id,
            func.count(distinct(Message.about)),
            func.count(Message.id),
            func.count().filter(Message.state == State.SENT),
            func.count().filter(Message.state == State.FAILED),
        )
        .join(Registration, Registration.event_id == Announcement.event_id)
        .join(Message, and_(Message.about == of_registration, Message.dedupe_key.like(of_announcement)))
        .where(Announcement.event_id == event.id)
        .group_by(Announcement.id)
    )
    figures = {announcement_id: counted for announcement_id, *counted in rows}
    return [Progress(one, *figures.get(one.id, (0, 0, 0, 0))) for one in queries.announcements_of(event)]
