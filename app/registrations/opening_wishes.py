"""Wishes to hear when registration opens: confirmed by mail, told once, then deleted. Nobody learns who has wished.

One link of a wish does all: it confirms, and it takes the wish back. It is derived, so that each mail can hold it.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.database import begin_write, db
from app.events.models import Admission, Event, EventStatus
from app.events.registration_period import Period, period
from app.messages import queries as messages
from app.messages.addresses import folded
from app.registrations import links, opening_notices
from app.registrations.mail_models import OpeningWish
from app.registrations.models import Occasion

ASKED_A_DAY = 3
STEP = 50


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What someone tells who wants to know. A municipality's code, or None."""

    email: str
    language: str
    municipality_code: str | None


def can_be_made(event: Event) -> bool:
    """Only while registration has yet to open, and not where it opens to none but the invited."""
    return period(event, clock.now()) is Period.NOT_YET_OPEN and event.admission is not Admission.INVITED


def ask(event: Event, wish: Wish) -> None:
    """Mail a link that confirms the wish. The write transaction has begun.

    Does the same, as far as anyone can see, when the address has wished already. An address gets three such mails a
    day at most, whoever asks and for whichever event.
    """
    email_key = folded(wish.email)
    since = clock.now() - timedelta(days=1)
    if messages.count_to(wish.email, Occasion.CONFIRM_WISH, since) >= ASKED_A_DAY:
        return
    token = links.wish_token(event.uuid, email_key)
    made = _put(event, wish, links.digest(token))
    if made.confirmed_at is None:
        made.email, made.language = wish.email, wish.language
        made.municipality_code, made.requested_at = wish.municipality_code, clock.now()
    opening_notices.confirm(event, wish.email, wish.language, links.address(f"/w/{token}"))


def by_token(token: str, *, to_change: bool = False) -> OpeningWish | None:
    """The wish of a link, if it has been neither told, taken back nor forgotten; `to_change` locks it."""
    query = select(OpeningWish).where(OpeningWish.link_hash == links.digest(token))
    return db.session.scalar(query.with_for_update() if to_change else query)


def confirm(wish: OpeningWish) -> bool:
    """The mailbox's owner says yes. False when it was said before. The write transaction has begun."""
    if wish.confirmed_at is not None:
        return False
    wish.confirmed_at = clock.now()
    return True


def take_back(wish: OpeningWish) -> None:
    """The wish is gone with all that was told. The write transaction has begun."""
    db.session.delete(wish)


def number_of(event: Event) -> int:
    """How many confirmed wishes wait for an event's registration to open."""
    return db.session.scalars(
        select(func.count()).where(OpeningWish.event_id == event.id, OpeningWish.confirmed_at.is_not(None))
    ).one()


def next_opened() -> int | None:
    """An event that takes registrations and has wishes to tell of it. Takes no lock."""
    wished = select(OpeningWish.event_id).where(OpeningWish.confirmed_at.is_not(None))
    candidates = select(Event).where(Event.id.in_(wished), Event.status == EventStatus.PUBLISHED).order_by(Event.id)
    now = clock.now()
    return next((event.id for event in db.session.scalars(candidates) if period(event, now) is Period.OPEN), None)


def tell(event_id: int) -> int:
    """Write to the next of those who wished, and delete their wishes; returns how many. Begins the write."""
    begin_write()
    event = db.session.get_one(Event, event_id)
    if period(event, clock.now()) is not Period.OPEN:
        return 0
    told = db.session.scalars(
        select(OpeningWish)
        .where(OpeningWish.event_id == event_id, OpeningWish.confirmed_at.is_not(None))
        .order_by(OpeningWish.id)
        .limit(STEP)
        .with_for_update(skip_locked=True)
    ).all()
    for wish in told:
        token = links.wish_token(event.uuid, wish.email_key)
        opening_notices.opens(event, wish.email, wish.language, links.address(f"/w/{token}/stop"))
        db.session.delete(wish)
    return len(told)


def _put(event: Event, wish: Wish, link_hash: str) -> OpeningWish:
    """The address's wish, made now or before, locked; two who ask at once find the same row.

    Any unique index may be the one that says so: to name one would leave an error of the other.
    """
    dialect = sqlite if db.session.connection().dialect.name == "sqlite" else postgresql
    told = {"email": wish.email, "language": wish.language, "municipality_code": wish.municipality_code}
    put = dialect.insert(OpeningWish).values(
        event_id=event.id, email_key=folded(wish.email), requested_at=clock.now(), link_hash=link_hash, **told
    )
    of_address = (OpeningWish.event_id == event.id, OpeningWish.email_key == folded(wish.email))
    there = select(OpeningWish).where(*of_address).with_for_update().execution_options(populate_existing=True)
    db.session.execute(put.on_conflict_do_nothing())
    made = db.session.scalar(there)
    if made is None:  # taken back between the two
        return _put(event, wish, link_hash)
    made.link_hash = link_hash
    return made
