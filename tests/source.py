"""The service's own source, as the architecture tests read it."""

import ast
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import config

APP = config.ROOT / "app"


class Module:
    """One file of app/: its dotted name, its part (the first name below app) and what it imports."""

    def __init__(self, path: Path) -> None:
        self.path = path
        names = [*path.relative_to(config.ROOT).with_suffix("").parts]
        self.name = ".".join(names[:-1] if names[-1] == "__init__" else names)
        self.part = names[1]

    def __repr__(self) -> str:
        return str(self.path.relative_to(config.ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def at(self, node: ast.AST) -> str:
        return f"{self!r}:{getattr(node, 'lineno', 0)}"

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call with its dotted name, as it is written."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, ast.unparse(node.func)

    def imported(self) -> Iterator[tuple[ast.AST, str]]:
        """Every name imported, dotted: `from a.b import c` gives a.b.c."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                prefix = "." * node.level + (node.module or "")
                yield from ((node, f"{prefix}.{alias.name}") for alias in node.names)


MODULES = [Module(path) for path in sorted(APP.rglob("*.py"))]
BY_NAME = {module.name: module for module in MODULES}


def own_imports(module: Module) -> Iterator[tuple[ast.AST, Module]]:
    """The modules of app/ that a module imports, whichever way it is written."""
    for node, name in module.imported():
        target = BY_NAME.get(name) or BY_NAME.get(name.rpartition(".")[0])
        if target and target is not module:
            yield node, target
