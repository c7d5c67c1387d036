"""A whole life in sparring: someone asks, colleagues follow, tutors are named and vote, all meet. All are "Zebra"."""

from app.database import db
from app.events.models import Attendance, ItemForm, Season, new_uuid
from app.people.models import User
from app.sparring import meeting_notices
from app.sparring.meeting_models import Meeting, MeetingGuest, MeetingItem, NextStep
from app.sparring.models import Request, RequestChange, RequestColleague, RequestDraft
from app.sparring.poll_models import Poll, Side, Voter
from app.sparring.round_models import CallRow, Round
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile
from app.translated import Translated
from tests import builders

PERSON = {"name": "Zebra", "email": "zebra@espoo.fi", "email_key": "zebra@espoo.fi", "language": "fi"}
CONTACT = {"contact_name": "Zebra", "contact_email": "zebra@espoo.fi", "contact_phone": "040 zebra"}


def leave_traces(season: Season, tutor: User) -> None:
    """Every personal column of sparring, in rows of a season. Does not commit."""
    day = builders.in_days(1).date()
    round_ = Round(season=season, name=Translated(fi="Kierros"), opens_on=day, closes_on=day)
    call = CallRow(round=round_, municipality_code=builders.ESPOO, note="zebra", next_step="zebra",
                   link_hash="call", **CONTACT)  # fmt: skip
    request = Request(
        season=season, call=call, municipality_code=builders.ESPOO, contact_title="zebra", link_hash="request",
        goal="Kirjaston digituki", wished_tutors="zebra", next_step="zebra", **CONTACT,
    )  # fmt: skip
    profile = TutorProfile(
        season=season, user=tutor, municipality_code=builders.VANTAA, presentation=Translated(fi="Zebra"),
        picture=b"zebra", is_shown=True,
    )  # fmt: skip
    naming = Naming(request=request, profile=profile, status=NamingStatus.DECLINED, reason="zebra", link_hash="naming")
    db.session.add_all([call, request, profile, naming])
    db.session.add(RequestColleague(request=request, link_hash="colleague", **PERSON))
    db.session.add(RequestDraft(token_hash="draft", answers={"contact_name": ["Zebra"]}))
    _meet(request)
    db.session.add(RequestChange(request_id=request.id, what="state", reason="zebra"))


def _meet(request: Request) -> None:
    starts_at = builders.in_days(1)
    poll = Poll(request=request, duration_minutes=60, answer_by=starts_at)
    meeting = Meeting(
        request=request, starts_at=starts_at, ends_at=builders.in_days(2), attendance=Attendance.ONLINE,
        discussed="Puhuttiin kirjastosta",
    )  # fmt: skip
    db.session.add(Voter(poll=poll, side=Side.MUNICIPALITY, link_hash="voter", note="zebra", **PERSON))
    guest = MeetingGuest(meeting=meeting, side=Side.MUNICIPALITY, link_hash="guest", uuid=new_uuid(), **PERSON)
    db.session.add(guest)
    db.session.flush()
    meeting_notices.invited(guest)  # a mail that is never delivered, with its calendar
    db.session.add(MeetingItem(meeting_id=meeting.id, position=1, minutes=30, form=ItemForm.LECTURE, topic="Avaus",
                               who="Zebra"))  # fmt: skip
    db.session.add(NextStep(meeting_id=meeting.id, what="Soitetaan", owner="Zebra"))
