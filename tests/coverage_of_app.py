"""Counts which lines and branches of app/ the tests run, where `make test` asks for it by PYTEST_PLUGINS.

SlipCover writes its counters into the bytecode of app/ alone. A trace function, which is what coverage.py has on
Python 3.11, slows down everything that runs, SQLAlchemy and Jinja too: the tests took twice as long.
"""

import json
import os
from pathlib import Path

import pytest
from slipcover import FileMatcher, ImportManager, Slipcover

FOLDER = Path(".coverage")
WORKER = os.environ.get("PYTEST_XDIST_WORKER")  # the process that only hands out the tests has none
SOURCE = ["app"]
NEVER_RUN = ["@overload", r"\.\.\.$"]  # besides `if TYPE_CHECKING:`

_counted = Slipcover(branch=True, source=SOURCE, exclude_also=NEVER_RUN) if WORKER else None
if _counted:
    ImportManager(_counted, FileMatcher(sources=SOURCE)).__enter__()  # before the first import of app


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    if _counted:
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{WORKER}.json").write_text(json.dumps(_counted.get_coverage()))
