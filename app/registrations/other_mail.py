"""Mail about an event to someone who holds no registration that it is about: a group's contact, a chosen colleague."""

from dataclasses import dataclass
from datetime import datetime

from app.events.models import Event
from app.messages import outbox
from app.messages.layout import Content, lay_out
from app.registrations import notices
from app.registrations.models import Occasion


@dataclass(frozen=True)
class Reader:
    """A mailbox, whose it is, and the language in which its owner is written to."""

    email: str
    name: str
    language: str


def post(
    to: Reader, event: Event, occasion: Occasion, content: Content, *, about: str, give_up_at: datetime | None = None
) -> None:
    """One mail. The locale must already be the reader's; `about` is the outbox's key of what it concerns.

    It is not worth sending after `give_up_at`.
    """
    text, html = lay_out(content, to.language)
    outbox.post(
        outbox.Letter(
            occasion=occasion,
            about=about,
            recipient=to.email,
            recipient_name=to.name,
            reply_to=notices.contact(event),
            language=to.language,
            subject=content.subject,
            text=text,
            html=html,
            give_up_at=give_up_at,
        )
    )
