"""The declarative base, the session, and the one way to begin a transaction that writes."""

import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Enum, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

_RESTED_SECONDS = 1


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, always UTC, on SQLite stored without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: UtcDateTime},
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})


def begin_write(*, durable: bool = True) -> None:
    """Begin a transaction that will write, after the input has been parsed and validated.

    What was loaded is read afresh. On SQLite it ends the read transaction and takes the write lock at once (BEGIN
    IMMEDIATE): a transaction that reads and then writes would fail with "database is locked" instead of waiting. On
    PostgreSQL, where each statement sees what is committed by then, the transaction goes on; rows are locked where
    they are counted. Raises RuntimeError rather than lose what this session has written and not committed.

    What is not `durable` survives the death of any of our processes, but the latest of it not a power cut: its commit
    waits for no disk. Only for what is found out again, such as that a mail has gone out.
    """
    if _has_written():
        raise RuntimeError("commit or roll back before the next write transaction begins")
    options = {"write": True, "durable": durable}
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        db.session.connection(execution_options=options)
        return
    db.session.expire_all()
    connection = db.session.connection().execution_options(**options)
    if not durable:
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")


def end_session() -> None:
    """Roll back what is not committed, and give the connection back.

    Who has only read commits: after a rollback psycopg throws away all the statements that the server has prepared.

    A connection that has died by then, because the database was restarted, is no fault any more: what had to be kept
    is committed. The second try knows that it is dead.
    """
    session = db.session()
    try:
        if session.is_active and not _has_written():
            session.commit()
        db.session.remove()
    except (OperationalError, InterfaceError):
        db.session.remove()


def _has_written() -> bool:
    session = db.session()
    if session.new or session.dirty or session.deleted:
        return True
    return session.in_transaction() and bool(session.connection().get_execution_options().get("write"))


def init_app(app: Flask) -> None:
    db.init_app(app)
    app.teardown_appcontext(lambda _error: end_session())  # runs before the extension's own, which would raise
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _configure_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
        else:
            event.listen(db.engine, "checkin", _note_rest)
            event.listen(db.engine, "checkout", _wake)


def engine_options(url: str) -> dict[str, Any]:
    """Options of the connection pool. Errors name no values; a PostgreSQL restart costs a retry."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": 30}}
    return {"hide_parameters": True, "connect_args": {"options": "-c lock_timeout=10s"}}


def _note_rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["rests_since"] = monotonic()


def _wake(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """Ask a connection that has rested whether it is alive, before it is used. One in steady use has just answered.

    The pool's own way is to ask each time, and a form that is sent takes a connection twice.
    """
    if monotonic() - record.info.get("rests_since", monotonic()) < _RESTED_SECONDS:
        return
    dialect = db.engine.dialect
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("write"):
        _wait_for_the_disk(connection, "FULL" if options.get("durable", True) else "NORMAL")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")


def _wait_for_the_disk(connection: Connection, wanted: str) -> None:
    if connection.info.get("synchronous", "FULL") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
        connection.info["synchronous"] = wanted


def choice(values: type[StrEnum], name: str) -> Enum:
    """A column type for a StrEnum: its values as text, with a CHECK of the given name on both databases."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=max(40, *(len(value) for value in values)),
        values_callable=lambda members: [member.value for member in members],
    )
