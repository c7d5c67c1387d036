"""The mails that accessibility feedback makes: one to those who answer it, one to the person who gave it."""

import hashlib
from datetime import date, timedelta

from flask import current_app
from flask_babel import gettext as _

from app import clock, language, wording
from app.messages import outbox
from app.messages import queries as messages
from app.messages.addresses import folded
from app.messages.layout import Content, lay_out

REPLY_WITHIN = timedelta(days=14)  # laki 306/2019
OCCASION = "accessibility-feedback"
RECEIVED = "accessibility-feedback-received"
RECEIPTS_A_DAY = 3


def post_feedback(message: str, *, page: str, email: str) -> None:
    """Send feedback to the accessibility mailbox, in the default language. `email` is "" from the anonymous."""
    due = wording.date(_reply_due(), language.DEFAULT)
    with language.speaking(language.DEFAULT):
        facts = [(_("Page"), page or "–"), (_("Answer to"), email or _("nobody: the feedback is anonymous"))]
        content = Content(
            subject=_("Accessibility feedback, to be answered by %(date)s", date=due),
            heading=_("Accessibility feedback"),
            paragraphs=message.splitlines(),
            facts=facts if not email else [*facts, (_("Answer by"), due)],
        )
        if not email:
            content = Content(**vars(content) | {"subject": _("Accessibility feedback without an address")})
        _post(OCCASION, current_app.config["SETTINGS"].accessibility_email, content, reply_to=email or None)


def post_receipt(email: str) -> None:
    """Tell the sender that the feedback has arrived, in the page's language.

    The mail holds nothing that was typed, and an address gets three a day at most: the form sends mail to whatever
    address it is given.
    """
    about = f"feedback:{hashlib.sha256(folded(email).encode()).hexdigest()}"
    if messages.count_since(about, RECEIVED, clock.now() - timedelta(days=1)) >= RECEIPTS_A_DAY:
        return
    content = Content(
        subject=_("We have received your feedback on accessibility"),
        heading=_("Thank you for your feedback"),
        paragraphs=[_("We answer by %(date)s.", date=wording.date(_reply_due(), language.current()))],
        closing=[_("If you did not send feedback, someone typed your address by mistake. You need not do anything.")],
    )
    _post(RECEIVED, email, content, about=about)


def _reply_due() -> date:
    return clock.helsinki(clock.now()).date() + REPLY_WITHIN


def _post(
    occasion: str, recipient: str, content: Content, *, about: str | None = None, reply_to: str | None = None
) -> None:
    text, html = lay_out(content, language.current())
    outbox.post(
        outbox.Letter(
            occasion=occasion,
            about=about,
            recipient=recipient,
            reply_to=reply_to,
            language=language.current(),
            subject=content.subject,
            text=text,
            html=html,
        )
    )
