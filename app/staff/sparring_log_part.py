"""What happened to a request, and what became of the mails about it: the last part of its page."""

from typing import Any

from app import access
from app.messages import queries as messages
from app.sparring import posting, queries
from app.sparring.models import Request


def shown(sparring: Request) -> dict[str, Any]:
    manages = access.manages_events(access.user())
    return {
        "changes": queries.changes(sparring) if manages else [],
        "mails": messages.about(posting.about(sparring)) if manages else [],
    }
