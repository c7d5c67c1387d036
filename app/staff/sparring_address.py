"""How the board and the list of requests are narrowed and sorted, read from the address."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from app import language
from app.sparring import board
from app.sparring.board import Filter, Sort
from app.sparring.labels import STATES
from app.sparring.models import RequestState
from app.staff.list_address import one_of
from app.wording import sort_key

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    shown: Filter
    sort: Sort
    descending: bool


def asked() -> Asked:
    shown = Filter(
        owner=request.args.get("owner", type=int),
        theme=request.args.get("theme", type=int),
        municipality=request.args.get("municipality") or None,
        state=one_of(RequestState, "state"),
    )
    return Asked(shown, one_of(Sort, "sort") or Sort.DUE, request.args.get("order") == "desc")


def filters(shown: Filter) -> list[tuple[str, str, str, Options]]:
    """What the list can be narrowed by: name, label, what is chosen, and the choices beside "all"."""
    spoken = language.current()
    owners = [(str(board.NOBODY), _("Nobody yet")), *((str(one.id), one.name) for one in board.owners())]
    themes = [(str(one.id), str(one.name.into(spoken))) for one in board.themes()]
    places = sorted(((one.code, one.name(spoken)) for one in board.municipalities()), key=lambda one: sort_key(one[1]))
    states = [(state.value, str(label)) for state, label in STATES.items()]
    return [
        ("owner", _("Owner"), "" if shown.owner is None else str(shown.owner), owners),
        ("theme", _("Theme"), str(shown.theme or ""), themes),
        ("municipality", _("Municipality"), shown.municipality or "", places),
        ("state", _("State"), shown.state.value if shown.state else "", states),
    ]
