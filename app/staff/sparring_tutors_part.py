"""The tutors of a request: who is asked, what they said, and who else would fit. A part of its page."""

from typing import Any

from app import access
from app.sparring import naming, namings, tutors
from app.sparring.models import Request, RequestState


def shown(sparring: Request) -> dict[str, Any]:
    manages = access.manages_events(access.user())
    asks = manages and sparring.joined_to_id is None and sparring.state in (RequestState.NEW, *naming.CHANGES_IN)
    return {
        "namings": namings.of(sparring),
        "asks_tutors": asks,
        "suggestions": tutors.suggested(sparring) if asks else [],
    }
