"""What is forgotten of sparring, and when: people a year after the season, wishes and figures stay."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Select, delete, func, select, update
from sqlalchemy.sql import Delete, Update

from app import clock
from app.database import db
from app.events.models import Season
from app.sparring.meeting_models import Meeting, MeetingGuest, MeetingItem, NextStep
from app.sparring.models import Request, RequestChange, RequestColleague, RequestDraft
from app.sparring.poll_models import Poll, Voter
from app.sparring.round_models import CallRow, Round
from app.sparring.tutor_models import Naming, TutorProfile
from app.translated import Translated

KEPT = timedelta(days=365)
DRAFTS_KEPT = timedelta(days=1)


def forget(at: datetime) -> int:
    """Erase what is due at an instant; the caller commits. Returns how many rows were touched."""
    return sum(cast(CursorResult[Any], db.session.execute(statement)).rowcount for statement in _due(at))


def _due(at: datetime) -> list[Delete | Update]:
    last_day = clock.helsinki(at - KEPT).date()
    seasons = select(Season.id).where(Season.ends_on < last_day)
    requests = select(Request.id).where(Request.season_id.in_(seasons))
    meetings = select(Meeting.id).where(Meeting.request_id.in_(requests))
    return [
        delete(RequestDraft).where(RequestDraft.saved_at < at - DRAFTS_KEPT),
        delete(RequestColleague).where(RequestColleague.request_id.in_(requests)),
        delete(Voter).where(Voter.poll_id.in_(select(Poll.id).where(Poll.request_id.in_(requests)))),
        delete(MeetingGuest).where(MeetingGuest.meeting_id.in_(meetings)),
        update(MeetingItem).where(MeetingItem.meeting_id.in_(meetings), MeetingItem.who != "").values(who=""),
        update(NextStep).where(NextStep.meeting_id.in_(meetings), NextStep.owner != "").values(owner=""),
        *_of_seasons(seasons, requests, at),
    ]


def _of_seasons(seasons: Select[int], requests: Select[int], at: datetime) -> list[Update]:
    rounds = select(Round.id).where(Round.season_id.in_(seasons))
    known = (CallRow.contact_name != "") | (CallRow.contact_email != "") | (CallRow.contact_phone != "")
    written = (CallRow.note != "") | (CallRow.next_step != "")
    shows = (TutorProfile.presentation != Translated()) | TutorProfile.picture.is_not(None)
    return [
        update(Naming)
        .where(Naming.request_id.in_(requests), (Naming.reason != "") | Naming.link_hash.is_not(None))
        .values(reason="", link_hash=None),
        update(Request)
        .where(Request.season_id.in_(seasons), Request.anonymised_at.is_(None) | (Request.next_step != ""))
        .values(contact_name="", contact_title="", contact_email="", contact_phone="", link_hash=None)
        .values(wished_tutors="", next_step="", anonymised_at=func.coalesce(Request.anonymised_at, at)),
        update(RequestChange)
        .where(RequestChange.request_id.in_(requests), RequestChange.reason != "")
        .values(reason=""),
        update(CallRow)
        .where(CallRow.round_id.in_(rounds), known | written | CallRow.link_hash.is_not(None))
        .values(contact_name="", contact_email="", contact_phone="", note="", next_step="", link_hash=None),
        update(TutorProfile)
        .where(TutorProfile.season_id.in_(seasons), shows)
        .values(presentation=Translated(), picture=None, is_shown=False),
    ]
