"""How far the time of a request is: its date poll, its meeting and what came of it. A part of its page."""

from typing import Any

from app import access, clock, language
from app.sparring import afterwards, handling, poll_queries, queries, standing
from app.sparring.models import Request, RequestState
from app.sparring.poll_models import PollStatus
from app.staff.sparring_meeting import programme_rows


def shown(sparring: Request) -> dict[str, Any]:
    whose = queries.leading(sparring) or sparring
    poll, spoken = poll_queries.latest(whose), language.current()
    meeting = handling.meeting_of(whose)
    is_asked = poll is not None and poll.status is PollStatus.OPEN
    return {
        "poll": poll,
        "poll_is_open": is_asked,
        "may_propose": whose is sparring
        and sparring.state is RequestState.TUTORS_NAMED
        and access.manages_events(access.user()),
        "meeting": meeting,
        "meeting_rows": [
            {"key": key, "value": value} for key, value in standing.facts(standing.of(meeting), spoken) if value
        ]
        if meeting
        else [],
        "programme": programme_rows(meeting, spoken) if meeting else [],
        "meeting_was_held": bool(meeting and afterwards.was_held(meeting)),
        "meeting_can_be_held": bool(meeting and afterwards.can_be_held(meeting, clock.now())),
    }
