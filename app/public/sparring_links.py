"""Who holds a personal link to a sparring request: the contact who asked, or a colleague who follows it."""

from dataclasses import dataclass
from typing import NoReturn

from flask import g

from app.public import personal_links
from app.sparring import contact_address, queries
from app.sparring.contact_address import Pending
from app.sparring.models import Request, RequestColleague


@dataclass(frozen=True)
class Visitor:
    """Whose page it is. Only the contact calls the request off, and adds and removes colleagues."""

    request: Request
    colleague: RequestColleague | None

    @property
    def is_contact(self) -> bool:
        return self.colleague is None

    @property
    def email(self) -> str:
        return self.colleague.email if self.colleague else self.request.contact_email


def visitor(token: str) -> Visitor:
    """The visitor of a link, who reads the page in the own language; a dead link gets a page that helps (404)."""
    request, colleague = queries.request_by_token(token), None
    if request is None:
        colleague = queries.colleague_by_token(token) or unknown()
        request = colleague.request
    g.own_language = colleague.language if colleague else request.contact_language
    return Visitor(request, colleague)


def contact(token: str) -> Request:
    """The request of a contact's link; a colleague's opens nothing here."""
    found = visitor(token)
    return found.request if found.is_contact else unknown()


def new_address(token: str) -> Pending:
    """The change of address that a mailed link confirms, in the contact's language."""
    found = contact_address.pending(token) or unknown()
    g.own_language = found.request.contact_language
    return found


def unknown() -> NoReturn:
    personal_links.unknown(page="public/sparring/unknown.html")
