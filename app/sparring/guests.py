"""Who has a meeting in the calendar, each with a join link of their own: tutors, the contact, colleagues, others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import clock
from app.database import db
from app.events.models import new_uuid
from app.messages.addresses import folded
from app.people.models import User
from app.sparring import links, queries
from app.sparring.meeting_models import Meeting, MeetingGuest
from app.sparring.models import Request
from app.sparring.poll_models import Side
from app.sparring.posting import Recipient


@dataclass(frozen=True)
class Person:
    """Someone who is to come."""

    side: Side
    name: str
    email: str
    language: str
    user_id: int | None = None

    @property
    def key(self) -> str:
        return folded(self.email)


def tutor(user: User) -> Person:
    return Person(Side.TUTOR, user.name, user.email, user.language, user.id)


def municipality(request: Request) -> list[Person]:
    """The contact, unless erased, and the colleagues who follow the request."""
    contact = Person(Side.MUNICIPALITY, request.contact_name, request.contact_email, request.contact_language)
    colleagues = [Person(Side.MUNICIPALITY, one.name, one.email, one.language) for one in queries.colleagues(request)]
    return [contact, *colleagues] if contact.email else colleagues


def of(meeting: Meeting) -> Sequence[MeetingGuest]:
    """Whose calendar holds the meeting now: tutors first, then the municipality."""
    there = select(MeetingGuest).where(MeetingGuest.meeting_id == meeting.id, MeetingGuest.removed_at.is_(None))
    return db.session.scalars(there.order_by(MeetingGuest.side.desc(), MeetingGuest.id)).all()


def by_token(token: str) -> MeetingGuest | None:
    return db.session.scalar(select(MeetingGuest).where(MeetingGuest.link_hash == links.digest(token)))


def add(meeting: Meeting, people: Iterable[Person]) -> list[MeetingGuest]:
    """Those of the people who are not there yet, as guests; who was there before gets the same link again."""
    known = {
        guest.email_key: guest
        for guest in db.session.scalars(select(MeetingGuest).where(MeetingGuest.meeting_id == meeting.id))
    }
    added = []
    for person in people:
        guest = known.get(person.key)
        if guest and guest.removed_at is None:
            continue
        guest = guest or _new(meeting, person)
        guest.side, guest.user_id, guest.name, guest.language = (
            person.side,
            person.user_id,
            person.name,
            person.language,
        )
        guest.removed_at = None
        known[person.key] = guest
        db.session.add(guest)
        added.append(guest)
    db.session.flush()
    return added


def remove(guest: MeetingGuest) -> None:
    """Their link stays, and says that they are not expected; the caller tells their calendar."""
    guest.removed_at = clock.now()


def recipient(guest: MeetingGuest) -> Recipient:
    return Recipient(guest.name, guest.email, guest.language, links.guest_url(guest))


def _new(meeting: Meeting, person: Person) -> MeetingGuest:
    uuid = new_uuid()
    link_hash = links.digest(links.guest_token(uuid))
    return MeetingGuest(uuid=uuid, meeting=meeting, email=person.email, email_key=person.key, link_hash=link_hash)
