"""The service that looks for a wish first and writes it then. The control of the wishes' race."""

import time

from sqlalchemy import select

from app import clock
from app.database import db
from app.events.models import Event
from app.messages.addresses import folded
from app.registrations import opening_wishes
from app.registrations.mail_models import OpeningWish
from app.registrations.opening_wishes import Wish
from wsgi import app

__all__ = ["app"]


def _look_then_write(event: Event, wish: Wish, link_hash: str) -> OpeningWish:
    of_address = (OpeningWish.event_id == event.id, OpeningWish.email_key == folded(wish.email))
    made = db.session.scalar(select(OpeningWish).where(*of_address))
    time.sleep(0.3)
    made = made or OpeningWish(event_id=event.id, email_key=folded(wish.email), requested_at=clock.now())
    made.email, made.language, made.link_hash = wish.email, wish.language, link_hash
    db.session.add(made)
    return made


opening_wishes._put = _look_then_write
