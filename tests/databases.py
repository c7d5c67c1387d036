"""The databases the tests run on: made once per process by the real migrations, put back as they were between tests."""

import sqlite3
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import make_url

import config
from app.database import db


class SqliteDatabase:
    """A file; what the migrations made of it is kept in memory and copied over it page by page."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "kuntailmo.db"
        self.url = f"sqlite:///{self.path}"
        self._migrated = sqlite3.connect(":memory:", check_same_thread=False)

    def migrate(self, app: Flask) -> None:
        _migrate(app)
        source = sqlite3.connect(self.path)
        source.backup(self._migrated)
        source.close()

    def reset(self) -> None:
        target = sqlite3.connect(self.path, timeout=10)
        target.execute("PRAGMA synchronous=OFF")
        self._migrated.backup(target)
        target.close()

    def drop(self) -> None:
        self._migrated.close()


class PostgresqlDatabase:
    """A database of its own on the server; rows are deleted, and what the migrations had filled in is restored."""

    def __init__(self, server_url: str, name: str) -> None:
        self._server_url = server_url
        self._name = sql.Identifier(name)
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(self._name))
        self.url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
        self._connection = psycopg.connect(self.url, autocommit=True)

    def migrate(self, app: Flask) -> None:
        _migrate(app)
        tables = [table.name for table in db.metadata.sorted_tables]
        filled = [name for name in tables if self._has_rows(name)]
        self._connection.execute("CREATE SCHEMA migrated")
        for name in filled:
            self._run("CREATE TABLE migrated.{0} AS TABLE public.{0}", name)
        self._connection.execute(self._reset_function(tables, filled))

    def reset(self) -> None:
        self._connection.execute("SELECT migrated.reset()")

    def drop(self) -> None:
        self._connection.close()
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(self._name))

    def _run(self, statement: str, table: str) -> psycopg.Cursor[tuple[object, ...]]:
        return self._connection.execute(sql.SQL(statement).format(sql.Identifier(table)))

    def _has_rows(self, table: str) -> bool:
        return bool(self._run("SELECT 1 FROM public.{} LIMIT 1", table).fetchone())

    @staticmethod
    def _reset_function(tables: list[str], filled: list[str]) -> sql.Composed:
        emptied = [_each("IF EXISTS (SELECT 1 FROM public.{0}) THEN DELETE FROM public.{0}; END IF;", name)
                   for name in reversed(tables) if name not in filled]  # fmt: skip
        changed = [_each("(SELECT sum(hashtextextended(t::text, 0)) FROM public.{0} t)"
                         " IS DISTINCT FROM (SELECT sum(hashtextextended(t::text, 0)) FROM migrated.{0} t)", name)
                   for name in filled]  # fmt: skip
        restored = [_each("DELETE FROM public.{0};", name) for name in reversed(filled)]
        restored += [_each("INSERT INTO public.{0} SELECT * FROM migrated.{0};", name) for name in filled]
        return sql.SQL(
            "CREATE FUNCTION migrated.reset() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {} IF {} THEN {} END IF; END $$"
        ).format(
            sql.SQL(" ").join(emptied),
            sql.SQL(" OR ").join(changed or [sql.SQL("FALSE")]),
            sql.SQL(" ").join(restored or [sql.SQL("NULL;")]),
        )


TestDatabase = SqliteDatabase | PostgresqlDatabase


def _each(statement: str, table: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(table))


def _migrate(app: Flask) -> None:
    with app.app_context():
        upgrade(directory=str(config.ROOT / "migrations"))
        db.engine.dispose()
