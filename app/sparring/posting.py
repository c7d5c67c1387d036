"""From what a mail of sparring says to its row in the outbox, in the same transaction as what it tells of."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import force_locale

from app.messages import outbox
from app.messages.layout import Content, lay_out
from app.people.models import User
from app.sparring import links, queries
from app.sparring.models import Request

TEAM_LANGUAGE = "fi"  # of the service's own mailbox


@dataclass(frozen=True)
class Recipient:
    """Someone to write to, in the own language; `url` is the page that the mail leads to."""

    name: str
    email: str
    language: str
    url: str = ""


def about(request: Request) -> str:
    """The outbox's key for everything mailed about a request."""
    return f"sparring:{request.uuid}"


def contact(request: Request) -> Recipient:
    return Recipient(request.contact_name, request.contact_email, request.contact_language, links.request_url(request))


def municipality(request: Request) -> Iterator[Recipient]:
    """The contact, unless erased, and the colleagues who follow, each with an own link."""
    if request.contact_email:
        yield contact(request)
    for colleague in queries.colleagues(request):
        yield Recipient(colleague.name, colleague.email, colleague.language, links.colleague_url(colleague))


def staff(user: User, url: str) -> Recipient:
    return Recipient(user.name, user.email, user.language, url)


def owner(request: Request) -> User | None:
    """Who of the team takes care of a request; nobody, once they may no longer sign in."""
    return request.owner if request.owner and request.owner.active else None


def team(request: Request, url: str) -> Recipient:
    """The owner, or the service's own address as long as there is none."""
    if one := owner(request):
        return staff(one, url)
    return Recipient("", links.contact(), TEAM_LANGUAGE, url)


def post(
    to: Recipient,
    occasion: str,
    request: Request | None,
    content: Content,
    *,
    calendar: tuple[str, bytes] | None = None,
    dedupe_key: str | None = None,
    about_key: str | None = None,
) -> None:
    """One mail to one person; `calendar` is its method and the whole stream. The content is in their language already.

    Answers go to the owner of the request where there is one, else to the service's contact address. Without a request,
    `about_key` is what the outbox knows the mail by.
    """
    answers_to = owner(request) if request else None
    with force_locale(to.language):
        text, html = lay_out(content, to.language)
    method, ics = calendar or (None, None)
    outbox.post(
        outbox.Letter(
            occasion=occasion,
            about=about(request) if request else about_key,
            recipient=to.email,
            recipient_name=to.name,
            reply_to=answers_to.email if answers_to else links.contact(),
            language=to.language,
            subject=content.subject,
            text=text,
            html=html,
            calendar=ics,
            calendar_method=method,
            dedupe_key=dedupe_key,
        )
    )
