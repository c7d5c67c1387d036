"""The two servers of a comparison, started with the same settings on a database of their own."""

import os
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import psycopg
from flask_migrate import upgrade
from sqlalchemy import create_engine, make_url

import config
from app import create_app
from app.database import db
from tests.live_server import Process, start_web

PROCESSES = 2
THREADS = 8
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    url: str
    process: Process

    def cpu_seconds(self) -> float:
        """User and system time of the server's whole process group so far."""
        return sum(_cpu_ticks(pid) for pid in _group(self.process.pid)) / TICKS


@contextmanager
def database(kind: str, server_url: str | None) -> Iterator[str]:
    """A new, empty database: a SQLite file, or one on the PostgreSQL server."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/bench.db"
        return
    assert server_url
    name = f"bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def tend(database_url: str) -> None:
    """What a PostgreSQL server does by itself within a minute, and SQLite when it is told to."""
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE")
    engine.dispose()


def settings(database_url: str, **given: object) -> config.Settings:
    return config.load(
        _env_file=None, environment="testing", database_url=database_url, ratelimit_enabled=False, **given
    )


@contextmanager
def prepared(database_url: str) -> Iterator[None]:
    """The migrated database, with an application context to fill it in. Its log lines go to standard error."""
    with redirect_stdout(sys.stderr), create_app(settings(database_url)).app_context():
        upgrade(directory=str(config.ROOT / "migrations"))
        yield
        db.session.remove()
        db.engine.dispose()


@contextmanager
def serving(application: str, database_url: str) -> Iterator[Server]:
    """Granian with this application, the same number of processes and threads for all."""
    with tempfile.TemporaryDirectory() as folder:
        process, url = start_web(
            application,
            processes=PROCESSES,
            threads=THREADS,
            environment={
                "DATABASE_URL": database_url,
                "ENVIRONMENT": "testing",
                "RATELIMIT_ENABLED": "0",
                "SETTINGS_FILE": "",
            },
            log=Path(folder) / "log",
        )
        try:
            yield Server(url, process)
        finally:
            process.stop()


def _group(leader: int) -> list[int]:
    group = os.getpgid(leader)
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _stat(int(entry.name))[2:3] == [str(group)]:
            members.append(int(entry.name))
    return members


def _cpu_ticks(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12]) if fields else 0


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name, or nothing when the process is gone."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
