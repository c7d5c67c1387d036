"""A mail's content, written once and laid out twice: as plain text and as HTML that looks like the service."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a mail says, in the recipient's language. Each text is a whole sentence; facts are label and value.

    `quote` is what an organiser wrote, its lines kept. `action` and `pages` are a text and its address.
    """

    subject: str
    heading: str
    paragraphs: Sequence[str] = ()
    quote: str = ""
    facts: Sequence[tuple[str, str]] = ()
    action: tuple[str, str] | None = None
    pages: Sequence[tuple[str, str]] = ()
    closing: Sequence[str] = ()


def lay_out(content: Content, language: str) -> tuple[str, str]:
    """The text part and the HTML part. The locale must already be the recipient's.

    Not through Flask's render_template: a mail knows nothing of a request, and the pages' context is not its own.
    """
    settings = current_app.config["SETTINGS"]
    context = {"content": content, "language": language, "settings": settings, "base": settings.base_url}
    text, html = (current_app.jinja_env.get_template(f"mail/letter.{kind}") for kind in ("txt", "html"))
    return text.render(context), html.render(context)
