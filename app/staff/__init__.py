"""Pages for those who sign in: organisers, tutors, administrators."""

from flask import Blueprint

from app import access
from app.staff import (
    calling_off,
    copying,
    event,
    event_editing,
    events,
    home,
    municipalities,
    programme,
    publishing,
    registrations,
    users,
)

staff = Blueprint("staff", __name__, url_prefix="/staff")
staff.before_request(access.signed_in)

for part in (
    *(home, registrations, municipalities, users),
    *(events, event, event_editing, programme, publishing, calling_off, copying),
):
    staff.register_blueprint(part.bp)
