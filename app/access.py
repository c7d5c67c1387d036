"""Who is signed in, one gate per audience, and every "who may" in one place. Denied unless said otherwise."""

from flask import abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, exists, false, or_, select, true

from app.database import begin_write, db
from app.events.models import Event, EventHost, EventStatus, EventTutor
from app.people import sign_in
from app.people.models import AccessLogEntry, Role, User
from app.registrations.models import Registration
from app.sparring.meeting_models import Meeting, MeetingTutor
from app.sparring.models import Request
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile

SESSION_KEY = "sign_in"
MANAGERS = (Role.ADMINISTRATOR, Role.ORGANISER)


def anyone() -> None:
    """Gate of pages open to all; says so on purpose."""
    load_user()


def signed_in() -> ResponseReturnValue | None:
    """Gate of the staff pages: signed in with whatever role; the page's own gate may be stricter."""
    if load_user() is None:
        return redirect(url_for("public.sign_in.ask", next=request.path))
    return None


def organisers() -> None:
    """Stricter gate inside: those who manage events."""
    if user().role not in MANAGERS:
        abort(403)


def tutors() -> None:
    """Stricter gate inside: those who see names, each of the own events; viewers see figures only."""
    if not sees_names(user()):
        abort(403)


def administrators() -> None:
    """Stricter gate inside: those who manage users."""
    if user().role is not Role.ADMINISTRATOR:
        abort(403)


def load_user() -> User | None:
    """Who this browser is signed in as; None for a participant, or when the session has ended or was revoked."""
    token = session.get(SESSION_KEY)
    g.user = sign_in.user_of_session(token) if token else None
    if g.user:
        g.own_language = g.user.language
    return g.user


def user() -> User:
    """The signed-in user of a page behind a gate."""
    return g.user


def manages_events(who: User) -> bool:
    return who.role in MANAGERS


def visible_events(who: User) -> ColumnElement[bool]:
    """Which events' registrations a user sees: organisers all; a tutor the own municipality's and those naming them."""
    if who.role in MANAGERS:
        return true()
    if who.role is not Role.TUTOR:
        return false()
    return or_(
        exists().where(EventHost.event_id == Event.id, EventHost.municipality_code == who.municipality_code),
        exists().where(EventTutor.event_id == Event.id, EventTutor.user_id == who.id),
    )


def listed_events(who: User) -> ColumnElement[bool]:
    """Which events a user finds in lists, with figures but no names: a viewer every one that is no draft."""
    if who.role in MANAGERS:
        return true()
    published = Event.status != EventStatus.DRAFT
    return published if who.role is Role.VIEWER else published & visible_events(who)


def sees_names(who: User) -> bool:
    """Whether the lists of registrations of the own events open to a user."""
    return who.role is not Role.VIEWER


def visible_event(event_id: int) -> Event:
    """An event whose registrations the signed-in user may see; for others it does not exist (404)."""
    return db.session.scalar(select(Event).where(Event.id == event_id, visible_events(user()))) or abort(404)


def visible_registration(registration_id: int) -> Registration:
    """A registration of an event that the signed-in user may see; for others it does not exist (404)."""
    mine = select(Registration).join(Registration.event).where(visible_events(user()))
    return db.session.scalar(mine.where(Registration.id == registration_id)) or abort(404)


def visible_requests(who: User) -> ColumnElement[bool]:
    """Which sparring requests a user sees: the team all; a tutor those asked about, accepted or met for."""
    if who.role in MANAGERS:
        return true()
    if who.role is not Role.TUTOR:
        return false()
    mine = select(TutorProfile.id).where(TutorProfile.user_id == who.id)
    named = Naming.status.in_((NamingStatus.ASKED, NamingStatus.ACCEPTED)) & Naming.profile_id.in_(mine)
    meets = exists().where(MeetingTutor.meeting_id == Meeting.id, MeetingTutor.user_id == who.id)
    return or_(
        exists().where(Naming.request_id == Request.id, named),
        exists().where(Meeting.request_id == Request.id, meets),
    )


def visible_request(request_id: int) -> Request:
    """A sparring request that the signed-in user may see; for others it does not exist (404)."""
    return db.session.scalar(select(Request).where(Request.id == request_id, visible_requests(user()))) or abort(404)


def sees_contact(request: Request) -> bool:
    """Whether the signed-in user learns who asked: the team, and a tutor who has said yes, not before."""
    who = user()
    if who.role in MANAGERS:
        return True
    mine = (Naming.profile_id == TutorProfile.id) & (TutorProfile.user_id == who.id)
    accepted = select(Naming.id).where(mine, Naming.request_id == request.id, Naming.status == NamingStatus.ACCEPTED)
    met = select(Meeting.id).where(
        Meeting.request_id == request.id, MeetingTutor.meeting_id == Meeting.id, MeetingTutor.user_id == who.id
    )
    return bool(db.session.scalar(accepted) or db.session.scalar(met))


def record(action: str, subject: str, details: str = "") -> None:
    """Write one row into the access log and commit it, before personal data leaves the service.

    The only write a GET may make. When it fails, so does the page or the export. `details` holds column names and
    counts, never anybody's data.
    """
    who = user().id
    begin_write()
    note(action, subject, details, who=who)
    db.session.commit()


def note(action: str, subject: str, details: str = "", *, who: int | None = None) -> None:
    """The same row for a change of personal data, in the transaction that makes the change; the caller commits."""
    db.session.add(AccessLogEntry(user_id=who or user().id, action=action, subject=subject, details=details))
