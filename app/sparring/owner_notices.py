"""What the member of the team who takes care of a request is told by mail."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.link_tokens import address
from app.people.models import User
from app.sparring import posting
from app.sparring.models import Request
from app.sparring.state_notices import letter


def page(request: Request) -> str:
    """Where the team handles a request."""
    return address(f"/staff/sparring/requests/{request.id}")


def given(request: Request, to: User, *, by: User) -> None:
    """Someone else of the team gave you a request."""
    recipient = posting.staff(to, page(request))
    with force_locale(to.language):
        heading = _("A sparring request is yours to take care of")
        line = _("%(name)s has given it to you.", name=by.name)
        content = letter(request, recipient, heading, line, action=_("Open the request"))
        posting.post(recipient, "sparring-owner", request, content)
