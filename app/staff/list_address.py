"""How a list of registrations is narrowed and sorted, read from its address; what is unknown is left out.

What people search for may be a name, which must stand in no address and no log: it is kept in the signed cookie.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import request, session

from app.events.models import Mode
from app.registrations.coming_answers import Coming
from app.registrations.models import Status
from app.registrations.queries import Filter, Sort

LONGEST_SEARCH = 100
_KEPT_BY_A_SEARCH = {"status", "municipality", "mode", "answer", "item", "coming", "group", "sort", "order", "lang"}
_SEARCH = "registration_search"
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Asked:
    """What the address asks for, with this event's search."""

    shown: Filter
    sort: Sort
    descending: bool


def asked(event_id: int) -> Asked:
    shown = Filter(
        text=search_of(event_id),
        status=one_of(Status, "status"),
        municipality=request.args.get("municipality") or None,
        mode=one_of(Mode, "mode"),
        answer=request.args.get("answer") or None,
        coming=one_of(Coming, "coming"),
        item=request.args.get("item", type=int),
        group=request.args.get("group", type=int),
    )
    return Asked(shown, one_of(Sort, "sort") or Sort.NAME, request.args.get("order") == "desc")


def search_of(event_id: int) -> str:
    """What was last searched for in an event's list; a search in another event's list replaces it."""
    searched, text = session.get(_SEARCH, (None, ""))
    return text if searched == event_id else ""


def remember_search(event_id: int, text: str) -> None:
    """Keep a search for the next views of the list; an empty one clears it."""
    if text:
        session[_SEARCH] = (event_id, text[:LONGEST_SEARCH])
    else:
        session.pop(_SEARCH, None)


def kept_by_a_search() -> dict[str, Any]:
    """The tab, the filters and the order stay; the page number begins again."""
    return {name: value for name, value in request.args.items() if name in _KEPT_BY_A_SEARCH}


def one_of(choices: type[Choice], name: str) -> Choice | None:
    """What the address says of `name`, when it is one of these."""
    value = request.args.get(name, "")
    return choices(value) if value in set(choices) else None
