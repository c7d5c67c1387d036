"""The short name of an event in its address."""

import re

from sqlalchemy import select

from app.database import db
from app.events.models import Event, Season
from app.wording import search_key

LONGEST = 80
_FALLBACK = "tapahtuma"


def slug_of(title: str) -> str:
    """A title as it can stand in an address: "Sähköä & öljyä 2027" is "sahkoa-oljya-2027"."""
    words = "-".join(re.findall(r"[a-z0-9]+", search_key(title)))
    if len(words) > LONGEST:
        words = words[:LONGEST].rpartition("-")[0] or words[:LONGEST]
    return words or _FALLBACK


def free_slug(title: str, *, event_id: int | None = None) -> str:
    """The title's slug, with a number when another event than `event_id` has it. The write transaction has begun."""
    # One writer at a time: two events of one title must not both find its slug free.
    db.session.execute(select(Season.id).with_for_update(key_share=True))
    wanted = slug_of(title)
    taken = set(
        db.session.scalars(
            select(Event.slug).where(Event.slug.startswith(wanted, autoescape=True), Event.id != (event_id or 0))
        )
    )
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)
