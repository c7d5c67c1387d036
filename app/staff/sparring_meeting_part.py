"""The date poll, the meeting and what came of it on a request's page: to the team as ways on, to a tutor as news."""

from typing import Any

from app import access, clock, language, wording
from app.people.models import User
from app.sparring import afterwards, best_time, guests, links, poll_queries, polls, queries, standing
from app.sparring.meeting_models import Meeting
from app.sparring.models import Request
from app.sparring.poll_models import PollStatus


def shown(sparring: Request) -> dict[str, Any]:
    who, speaks = access.user(), language.current()
    whose = queries.leading(sparring) or sparring
    poll, meeting = poll_queries.latest(whose), queries.latest_meeting_of(whose)
    return {
        "can_propose": polls.may_be_opened(sparring),
        "is_agreed": queries.agreed_meeting_of(sparring) is not None,
        "poll": poll,
        "poll_is_open": poll is not None and poll.status is PollStatus.OPEN,
        "poll_words": best_time.in_words(best_time.results(poll), speaks) if poll else "",
        "answer_by": wording.date_and_time(poll.answer_by, speaks) if poll else "",
        "own_poll_url": _own_poll_url(whose, who),
        "meeting": meeting,
        "meeting_facts": _facts(meeting, speaks) if meeting else [],
        "own_join_url": _own_join_url(meeting, who),
        "can_be_held": meeting is not None and afterwards.can_be_held(meeting, clock.now()),
        "was_held": meeting is not None and afterwards.was_held(meeting),
    }


def _facts(meeting: Meeting, speaks: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in standing.facts(standing.of(meeting), speaks)]


def _own_poll_url(whose: Request, who: User) -> str | None:
    voter = poll_queries.own(whose, who)
    return links.voter_url(voter) if voter else None


def _own_join_url(meeting: Meeting | None, who: User) -> str | None:
    own = [guest for guest in guests.of(meeting) if guest.user_id == who.id] if meeting else []
    return links.guest_url(own[0]) if own else None
