"""The rows of a request's log that are no change of state."""

from flask_babel import gettext as _

from app.database import db
from app.people.models import User
from app.sparring.models import Request, RequestChange


def note(request: Request, what: str, *, by: User | None, reason: str = "", **details: object) -> None:
    """What was done, by whom; `details` hold dates, numbers and names of fields, nobody's contact."""
    db.session.add(
        RequestChange(request_id=request.id, by_id=by.id if by else None, what=what, reason=reason, details=details)
    )


def title(request: Request, language: str) -> str:
    """What a meeting is called in mails, calendars and pages. The locale must be the language's."""
    return _("Digital support sparring, %(municipality)s", municipality=request.municipality.name(language))
