"""Pages for those who sign in: organisers, tutors, administrators."""

from flask import Blueprint

from app import access
from app.staff import events, home, municipalities, programme, registrations, users

staff = Blueprint("staff", __name__, url_prefix="/staff")
staff.before_request(access.signed_in)

for part in (home, events, programme, registrations, municipalities, users):
    staff.register_blueprint(part.bp)
