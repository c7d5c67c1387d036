"""The migrations lead from nothing to what the models say, and all the way back, on the database of this run."""

import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect, text

import config
from app import create_app
from app.database import Base, db
from scripts import postgres
from tests.conftest import ON_POSTGRESQL, MakeSettings
from tests.databases import PostgresqlDatabase, SqliteDatabase, TestDatabase

FOLDER = str(config.ROOT / "migrations")


@pytest.fixture
def nothing(tmp_path: Path, settings: MakeSettings) -> Iterator[Flask]:
    """The application on a database with nothing in it."""
    database: TestDatabase = SqliteDatabase(tmp_path)
    if ON_POSTGRESQL:
        database = PostgresqlDatabase(os.environ[postgres.VARIABLE], f"migrations_{uuid.uuid4().hex[:12]}")
    app = create_app(settings(database_url=database.url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    database.drop()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(nothing: Flask) -> None:
    upgrade(directory=FOLDER)
    first = tables()
    assert first == set(db.metadata.tables)
    downgrade(directory=FOLDER, revision="base")
    assert tables() == set()
    upgrade(directory=FOLDER)
    assert tables() == first


def test_each_single_step_can_be_taken_back(nothing: Flask) -> None:
    scripts = ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config(FOLDER))
    for script in reversed(list(scripts.walk_revisions())):
        upgrade(directory=FOLDER, revision=script.revision)
        downgrade(directory=FOLDER, revision=script.down_revision or "base")
        upgrade(directory=FOLDER, revision=script.revision)


def test_migrated_is_what_the_models_say(nothing: Flask) -> None:
    upgrade(directory=FOLDER)
    check(directory=FOLDER)
    found = inspect(db.engine)
    for table in Base.metadata.sorted_tables:  # what the comparison above does not look at
        declared = {constraint.name for constraint in table.constraints if isinstance(constraint, CheckConstraint)}
        assert {one["name"] for one in found.get_check_constraints(table.name)} == declared, table.name
        keys = {key.name: key.ondelete for key in table.foreign_key_constraints}
        migrated = {key["name"]: key["options"].get("ondelete") for key in found.get_foreign_keys(table.name)}
        assert migrated == keys, table.name


def test_two_that_start_at_once_migrate_once(nothing: Flask, start_command) -> None:
    url = current_app.config["SETTINGS"].database_url
    both = [start_command("flask", "db", "upgrade", DATABASE_URL=url) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0], [process.log.read_text() for process in both]
    assert tables() == set(db.metadata.tables)


def test_all_308_municipalities_are_there(nothing: Flask) -> None:
    upgrade(directory=FOLDER)
    assert db.session.scalar(text("SELECT count(*) FROM municipality")) == 308
    assert db.session.scalar(text("SELECT count(*) FROM municipality WHERE region_code = '01'")) == 26


def test_migrations_are_numbered_in_one_line() -> None:
    files = sorted(path.name for path in (config.ROOT / "migrations" / "versions").glob("*.py"))
    for number, name in enumerate(files, start=1):
        source = (config.ROOT / "migrations" / "versions" / name).read_text()
        before = f'"{number - 1:04}"' if number > 1 else "None"
        assert name.startswith(f"{number:04}_")
        assert re.search(rf'^revision = "{number:04}"$', source, re.M), name
        assert re.search(rf"^down_revision = {before}$", source, re.M), name
        assert "import app" not in source, f"{name} must run unchanged when the code has moved on"
        assert "from app" not in source, f"{name} must run unchanged when the code has moved on"
