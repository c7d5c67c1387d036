"""The mails of a change of the contact's address: to the new mailbox, and to the one that is left."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app.sparring import links, posting
from app.sparring.models import Request
from app.sparring.posting import Recipient
from app.sparring.state_notices import letter

CONFIRM, MOVED_AWAY, ARRIVED = "sparring-confirm-address", "sparring-address-left", "sparring-address-changed"


def confirm(request: Request, email: str, url: str, *, key: str) -> None:
    """To the new address: press the button on this page. By its `key` the mail is found again."""
    to = Recipient("", email, request.contact_language, url)
    with force_locale(to.language):
        content = letter(
            request,
            to,
            _("Confirm your new email address"),
            _("Someone asked us to send the mails of a sparring request to this address from now on."),
            action=_("Confirm the address"),
            closing=(_("The link works for seven days. If you did not ask for this, you need to do nothing."),),
        )
        posting.post(to, CONFIRM, request, content, dedupe_key=key)


def moved_away(request: Request, old: Recipient, ended: Sequence[tuple[str, bytes]]) -> None:
    """To the old address: mails go elsewhere now, and a meeting leaves its calendar."""
    to = Recipient(old.name, old.email, old.language)
    with force_locale(to.language):
        content = letter(
            request,
            to,
            _("The email address of your sparring request was changed"),
            _("Mails about it now go to the new address, and the links that we sent here no longer work."),
            closing=(_("If you did not ask for this, please write to %(address)s.", address=links.contact()),),
        )
        for calendar in ended or (None,):
            posting.post(to, MOVED_AWAY, request, content, calendar=calendar)


def arrived(request: Request) -> None:
    """To the new address: it is done, and here is the link."""
    to = posting.contact(request)
    with force_locale(to.language):
        line = _("From now on, mails about your sparring request come to this address. Keep the link to yourself.")
        content = letter(
            request, to, _("Your email address has been changed"), line, action=_("Follow or change the request")
        )
        posting.post(to, ARRIVED, request, content)
