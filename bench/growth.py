"""Whether registering takes as long in a full database as in an empty one."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import text
from werkzeug.test import TestResponse

from app.database import db
from app.events.models import Event
from app.registrations import waitlist
from app.registrations.models import Registration
from bench.clients import client
from bench.servers import database, prepared, tend
from tests import builders, page_form

MEASURED = 60
IN_ONE_EVENT = 10_000
IN_ALL = 1_000_000
OTHER_EVENTS = 100


def growth(kind: str, server_url: str) -> dict[str, Any]:
    """Milliseconds for a registration (form and answer), and their ratio to those of an empty database."""
    with database(kind, server_url) as url, prepared(url):
        small, large = builders.event(), builders.event()
        empty = _milliseconds(small)
        builders.many_registrations(large, IN_ONE_EVENT)
        waitlist.enter(large.id)  # or the first who is measured would promote those who wait
        db.session.commit()
        tend(url)
        crowded = _milliseconds(large)
        _multiply(large, [builders.event().id for _ in range(OTHER_EVENTS)])
        tend(url)
        full = _milliseconds(small)
    return {
        "empty_ms": round(empty, 2),
        f"event_of_{IN_ONE_EVENT}_ratio": round(crowded / empty, 2),
        f"database_of_{IN_ALL}_ratio": round(full / empty, 2),
    }


def _milliseconds(event: Event) -> float:
    """For the two requests alone; to read the form out of the page is the visitor's work."""
    visitor, address = client(), f"/fi/events/{event.slug}/register"
    taken = []
    for number in range(MEASURED):
        page, opening = _timed(lambda: visitor.get(address, check_html=False))
        form = page_form.find(page.document, None)
        form.fill({"given_name": "Åsa", "family_name": "Östberg", "email": f"asa{time.time_ns()}@espoo.fi"})
        answer, sending = _timed(partial(visitor.post, address, data=form.data()))
        assert answer.status_code == 303, "the form was not accepted"
        if number >= MEASURED // 3:  # the first ones warm caches up
            taken.append(opening + sending)
    return statistics.median(taken)


def _timed(request: Callable[[], TestResponse]) -> tuple[TestResponse, float]:
    began = time.perf_counter()
    return request(), 1000 * (time.perf_counter() - began)


def _multiply(event: Event, event_ids: list[int]) -> None:
    """Copy an event's registrations into the others, in the database itself."""
    changed = {
        "uuid": "substr(uuid, 1, 28) || cast(10000000 + :number AS text)",
        "event_id": ":event_id",
        "email_key": "email_key || cast(:number AS text)",
        "manage_link_hash": "substr(manage_link_hash, 1, 56) || cast(10000000 + :number AS text)",
        "join_link_hash": "substr(join_link_hash, 1, 56) || cast(10000000 + :number AS text)",
        "unsubscribe_link_hash": "NULL",
    }
    columns = [column.name for column in Registration.__table__.columns if column.name != "id"]
    values = ", ".join(changed.get(name, name) for name in columns)
    copy = text(
        f"INSERT INTO registration ({', '.join(columns)}) SELECT {values} FROM registration WHERE event_id = :original"
    )
    for number, event_id in enumerate(event_ids):
        db.session.execute(copy, {"number": number, "event_id": event_id, "original": event.id})
    db.session.commit()
