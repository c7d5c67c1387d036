"""The ground all tests stand on: a real, migrated database, the application on it, and a client like a browser.

SQLite unless TEST_DATABASE=postgresql, which uses the server at TEST_POSTGRESQL_URL or starts one.
"""

import gc
import os
import re
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from flask import Flask, has_request_context
from sqlalchemy import Connection, event

import config
from app import create_app
from app.database import db
from app.language import speaking
from scripts import postgres
from tests.databases import PostgresqlDatabase, SqliteDatabase, TestDatabase
from tests.live_server import Process, start_web
from tests.page_client import CommandRunner, PageClient

ON_POSTGRESQL = os.environ.get("TEST_DATABASE") == "postgresql"
PARTS = "event_day|programme_item|question|question_option|question_condition|message_text"
PART_CHANGED = re.compile(rf"(INSERT INTO|UPDATE|DELETE FROM) ({PARTS})\b")
_of_the_whole_run = ExitStack()


class MakeSettings(Protocol):
    def __call__(self, **given: Any) -> config.Settings: ...


class MakeApp(Protocol):
    def __call__(self, **given: Any) -> Flask: ...


class LiveServer(Protocol):
    def __call__(self, *, processes: int = 2, application: str = "wsgi:app") -> str: ...


class StartCommand(Protocol):
    def __call__(self, *arguments: str, **environment: str) -> Process: ...


def pytest_configure(config: pytest.Config) -> None:
    if ON_POSTGRESQL and not hasattr(config, "workerinput"):  # the workers of xdist inherit the address
        os.environ[postgres.VARIABLE] = _of_the_whole_run.enter_context(postgres.server())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What only a database server can do has no test on SQLite; what touches no database runs there once."""
    if ON_POSTGRESQL:
        items[:] = [item for item in items if "database_url" in getattr(item, "fixturenames", ())]
    else:
        items[:] = [item for item in items if item.get_closest_marker("postgresql") is None]


def pytest_collection_finish() -> None:
    """All that is loaded by now stays: to look for garbage in it again and again took a fifth of the time."""
    gc.freeze()


def pytest_unconfigure() -> None:
    _of_the_whole_run.close()


@pytest.fixture(scope="session", autouse=True)
def _own_environment() -> None:
    """What a developer has set must not decide a test."""
    for name in config.Settings.model_fields:
        os.environ.pop(name.upper(), None)
    os.environ["ENVIRONMENT"] = "testing"


@pytest.fixture(scope="session")
def _database(tmp_path_factory: pytest.TempPathFactory, _own_environment: None) -> Iterator[TestDatabase]:
    database: TestDatabase
    if ON_POSTGRESQL:
        database = PostgresqlDatabase(os.environ[postgres.VARIABLE], f"kuntailmo_{uuid.uuid4().hex[:12]}")
    else:
        database = SqliteDatabase(_fast_folder() or tmp_path_factory.mktemp("database"))
    database.migrate(create_app(_test_settings(database_url=database.url)))
    yield database
    database.drop()


def _fast_folder() -> Path | None:
    """A folder in memory, where waiting for the disk after each commit costs nothing."""
    in_memory = Path("/dev/shm")
    if not os.access(in_memory, os.W_OK):
        return None
    return Path(_of_the_whole_run.enter_context(tempfile.TemporaryDirectory(prefix="kuntailmo-", dir=in_memory)))


@pytest.fixture
def database_url(_database: TestDatabase) -> str:
    """The address of the migrated database, holding nothing but what the migrations put there."""
    _database.reset()
    return _database.url


@pytest.fixture
def settings(database_url: str) -> MakeSettings:
    """Settings of a test installation; `settings(service_name="…")` changes what the test is about."""

    def make(**given: Any) -> config.Settings:
        return _test_settings(**{"database_url": database_url} | given)

    return make


@pytest.fixture
def make_app(settings: MakeSettings) -> Iterator[MakeApp]:
    """A fresh application on the test database, with other settings or with routes of the test's own."""
    made: list[Flask] = []

    def make(**given: Any) -> Flask:
        made.append(_with_our_client(create_app(settings(**given))))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def _shared_app(_database: TestDatabase) -> Iterator[Flask]:
    app = _with_our_client(create_app(_test_settings(database_url=_database.url)))
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", _must_have_begun)
        event.listen(db.engine, "before_cursor_execute", _note_parts)
        event.listen(db.engine, "commit", _must_have_stamped)
        event.listen(db.engine, "rollback", _forget_parts)
    yield app
    with app.app_context():
        db.engine.dispose()


def _must_have_begun(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    """A request writes only after `begin_write`: what has only read is not rolled back at its end."""
    if has_request_context() and statement.startswith(("INSERT", "UPDATE", "DELETE")):
        assert connection.get_execution_options().get("write"), f"begin_write comes before {statement[:80]}"


def _note_parts(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    if has_request_context() and PART_CHANGED.match(statement):
        connection.info["changed"] = statement
    elif statement.startswith("UPDATE event SET") and "parts_stamp" in statement:
        connection.info["stamped"] = statement


def _must_have_stamped(connection: Connection) -> None:
    """A request that changes a part of an event stamps the event, or processes would go on with what they have kept."""
    changed, stamped = (connection.info.pop(name, None) for name in ("changed", "stamped"))
    if changed and not stamped:
        connection.connection.rollback()  # a lock that stays would hang all tests that follow
        raise AssertionError(f"the event got no stamp for {changed}")


def _forget_parts(connection: Connection) -> None:
    for name in ("changed", "stamped"):
        connection.info.pop(name, None)


@pytest.fixture
def app(_shared_app: Flask, database_url: str) -> Iterator[Flask]:
    """The application, in whose context the test runs. Requests and commands get contexts of their own."""
    with _shared_app.app_context(), speaking("en"):
        yield _shared_app


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> CommandRunner:
    """Runs commands: `runner.invoke(args=["deliver-mail"])`."""
    return app.test_cli_runner()


@dataclass
class Queries:
    statements: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)


CountQueries = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def count_queries(app: Flask) -> CountQueries:
    """`with count_queries() as queries: …` and then `queries.count` and `queries.statements`."""

    @contextmanager
    def counting() -> Iterator[Queries]:
        queries = Queries()

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            queries.statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield queries
        event.remove(db.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def start_command(database_url: str, tmp_path: Path) -> Iterator[StartCommand]:
    """`start_command("flask", "worker", MAIL_PORT="2525")`: a module of the service in a process of its own."""
    started: list[Process] = []

    def start(*arguments: str, **environment: str) -> Process:
        log = tmp_path / f"command-{len(started)}.log"
        started.append(Process(arguments, process_environment(database_url) | environment, log))
        return started[-1]

    yield start
    for process in started:
        process.stop()


@pytest.fixture(scope="session")
def _servers(_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    started: dict[tuple[str, int], tuple[Process, str]] = {}

    def address_of(application: str, processes: int) -> str:
        if (application, processes) not in started:
            log = tmp_path_factory.mktemp("web") / "web.log"
            environment = process_environment(_database.url)
            started[application, processes] = start_web(
                application, processes=processes, environment=environment, log=log
            )
        return started[application, processes][1]

    yield address_of
    for process, _address in started.values():
        process.stop()


@pytest.fixture
def live_server(_servers: Callable[..., str], database_url: str) -> LiveServer:
    """`live_server(processes=2)` is the address of a web server on the test database, which tests use in turn."""

    def address(*, processes: int = 2, application: str = "wsgi:app") -> str:
        return _servers(application, processes)

    return address


def _test_settings(**given: Any) -> config.Settings:
    ground = {"_env_file": None, "environment": "testing", "ratelimit_enabled": False}
    return config.load(**ground | given)


def process_environment(database_url: str) -> dict[str, str]:
    return {"ENVIRONMENT": "testing", "DATABASE_URL": database_url, "RATELIMIT_ENABLED": "0", "SETTINGS_FILE": ""}


def _with_our_client(app: Flask) -> Flask:
    PageClient.checks_pages = not ON_POSTGRESQL  # a page's HTML does not depend on the database
    app.test_client_class = PageClient
    app.test_cli_runner_class = CommandRunner
    return app
