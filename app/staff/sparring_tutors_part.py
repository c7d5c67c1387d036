"""The tutors of a request: who is asked, what they said, and who else would fit. A part of its page."""

from typing import Any

from app import access
from app.sparring import links, naming, namings, tutors
from app.sparring.models import Request


def shown(sparring: Request) -> dict[str, Any]:
    manages = access.manages_events(access.user())
    asks = manages and sparring.joined_to_id is None and naming.may_be_asked(sparring)
    named = namings.of(sparring)
    return {
        "namings": named,
        "own_answer": _own_answer(sparring),
        "asks_tutors": asks,
        "releasable": [one.id for one in named if asks and naming.may_be_released(one)],
        "suggestions": tutors.suggested(sparring) if asks else [],
    }


def _own_answer(sparring: Request) -> str | None:
    """The page on which the signed-in tutor still says yes or no, or changes the answer."""
    mine = namings.own(access.user()).get(sparring.id)
    return links.naming_url(mine) if mine and naming.is_answerable(mine) else None
