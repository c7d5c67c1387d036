"""What the municipality sees of its meeting: time and place, programme, materials, and afterwards the summary."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from app import language, wording
from app.events.models import Attendance
from app.messages.addresses import folded
from app.public.sparring_links import Visitor
from app.sparring import links, poll_queries, queries
from app.sparring.meeting_models import Meeting
from app.sparring.models import RequestState

AFTERWARDS = frozenset({RequestState.HELD, RequestState.SUMMED_UP, RequestState.CLOSED})
WITH_A_MEETING = AFTERWARDS | {RequestState.AGREED, RequestState.PROGRAMME_READY}


def shown(visitor: Visitor) -> dict[str, Any]:
    """For the personal page; no meeting before a time is agreed, nor when it was called off."""
    state = visitor.request.state
    meeting = queries.meeting_of(visitor.request) if state in WITH_A_MEETING else None
    if meeting is None:
        return {"meeting": None, "may_give_feedback": False}
    is_over = state in AFTERWARDS
    guest = queries.guest(meeting, folded(visitor.email))
    return {
        "meeting": meeting,
        "meeting_rows": _rows(meeting),
        "is_being_moved": poll_queries.current(queries.leading(visitor.request) or visitor.request) is not None,
        "join_url": links.guest_url(guest) if guest and meeting.meeting_url and not is_over else None,
        "programme_items": _programme(meeting),
        "next_steps": queries.next_steps_of(meeting) if meeting.shared_at else [],
        "may_give_feedback": is_over,
        "feedback": queries.feedback_of(meeting),
        "date": lambda day: wording.date(day, language.current()),
    }


def _rows(meeting: Meeting) -> list[dict[str, str]]:
    place = ", ".join(part for part in (meeting.venue, meeting.address) if part)
    rows = [(_("When"), wording.when(meeting.starts_at, meeting.ends_at, language.current()))]
    if meeting.attendance is not Attendance.ONLINE:
        rows += [(_("Where"), place or _("To be told later")), (_("How one gets in"), meeting.directions)]
    if meeting.attendance is not Attendance.ON_SITE:
        rows.append((_("Online"), _("On your own joining page")))
    return [{"key": key, "value": value} for key, value in rows if value]


def _programme(meeting: Meeting) -> list[dict[str, Any]]:
    """The items follow each other from the start."""
    items, starts = [], meeting.starts_at
    for item in queries.programme_of(meeting):
        ends = starts + timedelta(minutes=item.minutes)
        time = wording.bare_time_range(starts, ends, language.current())
        items.append({"time": time, "title": item.topic, "lines": [item.who] if item.who else []})
        starts = ends
    return items
