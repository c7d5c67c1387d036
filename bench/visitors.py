"""Visitors who register as fast as the server lets them, each over a connection and with a session of its own."""

import time
from functools import partial

from tests.visitor import Visitor, at_once


def register(server: str, path: str, *, visitors: int, each: int, person: dict[str, str]) -> float:
    """Let `visitors` register `each` different people at once; returns the seconds it took.

    Everyone opens the form and sends it, for each person anew, as people do.
    """
    began = time.perf_counter()
    at_once([partial(_visit, Visitor(server), path, each, person) for _ in range(visitors)])
    return time.perf_counter() - began


def _visit(visitor: Visitor, path: str, each: int, person: dict[str, str]) -> None:
    for _ in range(each):
        assert visitor.open(path).status == 200
        address = f"v{time.time_ns()}.{id(visitor)}@espoo.fi"
        answer = visitor.send(path, given_name="Åsa", family_name="Östberg", email=address, **person)
        assert answer.status == 303, f"{path} answered {answer.status}: {answer.body[:500]}"
    visitor.close()
