"""The last mail to a request's contact: the details are erased, and with this mail's delivery the address too."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.messages.retention import LAST_MAIL
from app.sparring import links, owner_notices, posting
from app.sparring.models import Request
from app.sparring.posting import Recipient
from app.sparring.state_notices import letter


def erased(request: Request, own: Recipient) -> None:
    """To the contact, whose link is dead by now."""
    to = Recipient(own.name, own.email, own.language)
    with force_locale(to.language):
        content = letter(
            request,
            to,
            _("Your details have been erased"),
            _("Your details have been erased from the sparring request, as was asked."),
            closing=(
                _("This is the last mail about it. The links in earlier mails no longer work."),
                _("If you did not ask for this, please write to %(address)s.", address=links.contact()),
            ),
        )
        posting.post(to, LAST_MAIL, request, content)


def to_team(request: Request) -> None:
    """To the owner: the request goes on, but without its contact."""
    to = posting.team(request, owner_notices.page(request))
    with force_locale(to.language):
        line = _("The request goes on without a contact. Colleagues who follow it are still told of everything.")
        heading = _("The contact of a sparring has erased their details")
        posting.post(
            to, "sparring-contact-erased", request, letter(request, to, heading, line, action=_("Open the request"))
        )
