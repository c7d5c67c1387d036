"""Where a request stands: state, owner, next step, due date, and the steps that can be taken by hand."""

from typing import Any

from app import access
from app.sparring import handling
from app.sparring.models import Request


def shown(sparring: Request) -> dict[str, Any]:
    manages = access.manages_events(access.user())
    return {
        "moves": handling.possible_moves(sparring) if manages else [],
        "is_mine": sparring.owner_id == access.user().id,
    }
