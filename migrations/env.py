"""Runs the migrations in one transaction, so that one that fails leaves nothing behind, on either database."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import MigrationScript
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, text
from sqlalchemy.types import TypeDecorator

MIGRATIONS_LOCK = 7_302_026


def run_online() -> None:
    extension = current_app.extensions["migrate"]
    with extension.db.engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            _enforce_foreign_keys(connection, on=False)
            connection = connection.execution_options(write=True)
        try:
            context.configure(
                connection=connection,
                target_metadata=extension.db.metadata,
                transactional_ddl=True,
                process_revision_directives=_number_the_revision,
                render_item=_render_without_the_application,
                **extension.configure_args,
            )
            with context.begin_transaction():
                if not on_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATIONS_LOCK})
                context.run_migrations()
                if on_sqlite:
                    _refuse_broken_references(connection)
        finally:
            if on_sqlite:
                _enforce_foreign_keys(connection, on=True)


def run_offline() -> None:
    extension = current_app.extensions["migrate"]
    url = extension.db.engine.url.render_as_string(hide_password=False)
    context.configure(url=url, target_metadata=extension.db.metadata, literal_binds=True, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


def _enforce_foreign_keys(connection: Connection, *, on: bool) -> None:
    # SQLite changes a table by copying and dropping it, and with keys enforced a drop deletes what refers to it.
    # The pragma counts only outside a transaction, hence on the driver's connection.
    connection.rollback()
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _refuse_broken_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration breaks {len(broken)} references, the first in table {broken[0][0]}")


def _number_the_revision(_context: Any, _revision: Any, directives: list[MigrationScript]) -> None:
    script = directives[0]
    options = context.config.cmd_opts
    if getattr(options, "autogenerate", False) and script.upgrade_ops and script.upgrade_ops.is_empty():
        directives.clear()
        return
    head = ScriptDirectory.from_config(context.config).get_current_head()
    script.rev_id = f"{int(head or 0) + 1:04}"


def _render_without_the_application(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration must run unchanged years later: it names the column's plain type, not a class of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


if context.is_offline_mode():
    run_offline()
else:
    run_online()
