"""The rules that keep the code in its shape. Each failure names the line."""

import ast
import re
from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter

import pytest
from flask import Flask
from sqlalchemy import JSON, Enum, LargeBinary, String, TypeDecorator
from sqlalchemy.orm import RelationshipDirection

from app import privacy
from app.database import Base, db
from tests.columns import NOT_PERSONAL
from tests.source import MODULES, Module, own_imports

FOUNDATIONS = [
    "clock",
    "office_hours",
    "wording",
    "translated",
    "markdown",
    "database",
    "extensions",
    "logs",
    "addresses",
    "link_tokens",
    "language",
]
FOUNDATIONS += ["assets", "headers", "compression", "errors"]
CAPABILITIES = ["messages", "people", "events", "questions", "registrations", "webinars", "sparring"]
ABOVE_CAPABILITIES = ["access", "privacy", "reports", "forms", "if_refused", "period_form", "question_forms"]
AUDIENCES = ["public", "staff", "api", "dev", "health"]
LINES = [[part] for part in FOUNDATIONS + CAPABILITIES + ABOVE_CAPABILITIES] + [
    AUDIENCES,
    ["incoming_mail"],
    ["worker"],
    ["demo"],
    ["cli"],
]
LINES += [["__init__"]]
RANK = {part: rank for rank, line in enumerate(LINES) for part in line}

COMMITTERS = {*AUDIENCES, "incoming_mail", "worker", "demo", "cli"}
ENDERS = {"access": "record", "database": "end_session"}  # the access log, and the end of what has only read
OF_A_REQUEST = {"request", "session", "g", "redirect", "flash", "abort", "make_response", "url_for"}
NAMELESS = {"services", "service", "utils", "util", "helpers", "common", "misc"}
CLOCKS = re.compile(r"(^|\.)(datetime\.now|utcnow|datetime\.today|date\.today|time\.time|now\(UTC\))$")
LONGEST_FILE = 300


def each_module(rule: Callable[[Module], None]) -> Callable[[], None]:
    """The rule as one test of all modules, which tells all that break it: a test each would take longer to hand out
    than to run."""

    def test() -> None:
        broken = []
        for module in MODULES:
            try:
                rule(module)
            except AssertionError as error:
                broken.append(str(error))
        assert not broken, "\n".join(broken)

    return test


@each_module
def test_a_part_imports_only_parts_below_it(module: Module) -> None:
    assert module.part in RANK, f"decide where {module.part} belongs in the order of parts"
    for node, target in own_imports(module):
        if target.part != module.part:
            assert RANK[target.part] < RANK[module.part], f"{module.at(node)} {module.part} may not use {target.part}"


def test_no_two_modules_need_each_other() -> None:
    graph = {repr(module): {repr(target) for _, target in own_imports(module)} for module in MODULES}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as cycle:
        pytest.fail(" → ".join(cycle.args[1]))


@each_module
def test_imports_stand_at_the_top_and_in_full(module: Module) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            hidden = [one for one in ast.walk(node) if isinstance(one, ast.Import | ast.ImportFrom)]
            assert not hidden, f"{module.at(hidden[0])} imports inside a function"
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{module.at(node)} imports relatively"


@each_module
def test_only_pages_commands_and_worker_steps_commit(module: Module) -> None:
    for node, name in module.calls():
        if name.endswith(".commit") and module.part not in COMMITTERS:
            assert module.part in ENDERS, f"{module.at(node)} commits"
            assert node in _calls_inside(module, ENDERS[module.part]), f"{module.at(node)} commits elsewhere than there"


def _calls_inside(module: Module, function: str) -> list[ast.AST]:
    return [inner for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.name == function
            for inner in ast.walk(node)]  # fmt: skip


@each_module
def test_a_capability_knows_no_request_and_no_page(module: Module) -> None:
    if module.part in [*CAPABILITIES, "wording", "translated", "markdown", "clock"]:
        for node, name in module.imported():
            source, _, imported = name.rpartition(".")
            assert not (source == "flask" and imported in OF_A_REQUEST), f"{module.at(node)} uses flask.{imported}"
            assert source not in {"flask_wtf", "wtforms"}, f"{module.at(node)} knows a form"
        pages = re.findall(r"""render_template\(\s*f?["'](?!mail/|documents/)([^"']+)""", module.text)
        assert not pages, f"{module!r} renders {pages}"


@each_module
def test_there_is_one_clock(module: Module) -> None:
    for node, name in module.calls():
        assert module.part == "clock" or not CLOCKS.search(name), f"{module.at(node)} asks {name} for the time"


@each_module
def test_dates_are_written_for_people_in_one_place(module: Module) -> None:
    if module.part == "wording":
        return
    for node, name in module.calls():
        assert not name.endswith("strftime"), f"{module.at(node)} formats a date"
    for node, name in module.imported():
        formats = name.startswith("babel.dates") or re.match(r"flask_babel\.format_(date|time)", name)
        assert not formats, f"{module.at(node)} formats dates: {name}"


@each_module
def test_a_file_has_one_subject_and_a_name_that_says_it(module: Module) -> None:
    assert module.path.stem not in NAMELESS, f"{module!r} has a name that says nothing"
    assert len(module.text.splitlines()) <= LONGEST_FILE, f"{module!r} has more than {LONGEST_FILE} lines"


def test_a_relationship_stands_only_where_the_key_is(app: Flask) -> None:
    for mapper in Base.registry.mappers:
        for relationship in mapper.relationships:
            assert relationship.direction is RelationshipDirection.MANYTOONE, f"{relationship} holds no key"
            assert not relationship.back_populates, f"{relationship} is told twice"


def test_a_foreign_key_points_down(app: Flask) -> None:
    part_of = {mapper.local_table.name: mapper.class_.__module__.split(".")[1] for mapper in Base.registry.mappers}
    for table in db.metadata.sorted_tables:
        for key in table.foreign_keys:
            source, target = part_of[table.name], part_of[key.column.table.name]
            assert RANK[target] <= RANK[source], f"{key.parent} points up to {target}"


def test_every_constraint_has_a_name(app: Flask) -> None:
    for table in db.metadata.sorted_tables:
        for constraint in table.constraints:
            assert constraint.name, f"{constraint} of {table.name} has no name"


def test_every_field_about_a_person_is_declared_with_its_end(app: Flask) -> None:
    columns = {f"{table.name}.{column.name}": column for table in db.metadata.sorted_tables for column in table.columns}
    undecided = {name for name, column in columns.items() if _holds_text(column.type)} - privacy.PERSONAL.keys()
    assert undecided - NOT_PERSONAL == set(), "declare these in app/privacy.py, or in tests/columns.py as not personal"
    assert NOT_PERSONAL & privacy.PERSONAL.keys() == set()
    assert NOT_PERSONAL | privacy.PERSONAL.keys() <= columns.keys(), "these columns are no more"


def _holds_text(kind: object) -> bool:
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    return isinstance(kind, String | LargeBinary | JSON) and not isinstance(kind, Enum)
