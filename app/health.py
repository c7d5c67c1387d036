"""For those who keep the service running: is the process alive, and can it do its work?

Late mail makes an instance degraded, not unready: taking it out of the balancer would not send anything faster.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

import config
from app import access, clock
from app.database import db, end_session
from app.messages import queries as messages

MAIL_IS_LATE = timedelta(minutes=5)

bp = Blueprint("health", __name__)
bp.before_request(access.anyone)


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    """This process answers; asks nothing of anything else."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """200 when requests can be served, with what is degraded; 503 with the reasons when not."""
    try:
        if reasons := list(_unready()):
            return jsonify(status="unready", reasons=reasons), 503
        mail = _mail()
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        end_session()
        current_app.logger.error("not ready: %s", type(error).__name__)
        return jsonify(status="unready", reasons=["the database does not answer"]), 503
    reasons = list(_degraded(mail))
    return jsonify(status="degraded" if reasons else "ready", reasons=reasons, mail=mail)


def _unready() -> Iterator[str]:
    applied = set(MigrationContext.configure(db.session.connection()).get_current_heads())
    if applied != _newest_migrations():
        yield "the database is not at the newest migration"


@cache
def _newest_migrations() -> frozenset[str]:
    return frozenset(ScriptDirectory(str(config.ROOT / "migrations")).get_heads())


def _mail() -> dict[str, int | str | None]:
    oldest, pause = messages.oldest_due(), messages.paused()
    return {
        "oldest_due_seconds": max(0, int((clock.now() - oldest).total_seconds())) if oldest else 0,
        "due": messages.waiting_count(),
        "paused": pause.reason.value if pause else None,
    }


def _degraded(mail: dict[str, int | str | None]) -> Iterator[str]:
    if int(mail["oldest_due_seconds"] or 0) > MAIL_IS_LATE.total_seconds():
        yield "mail is late"
    if mail["paused"]:
        yield "mail is paused"
