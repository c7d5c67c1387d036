"""The mails to someone who wishes to hear when registration opens. They hold nothing that was typed."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.events import queries as events
from app.events.models import Event
from app.messages import outbox
from app.messages.layout import Content, lay_out
from app.messages.models import Priority
from app.registrations import links
from app.registrations.models import Occasion


def about(event: Event) -> str:
    """The outbox's key for what was mailed about an event's opening."""
    return f"opening:{event.uuid}"


def confirm(event: Event, email: str, language: str, url: str) -> None:
    """Was it you who wants to be told? Nothing more is sent unless the button on the page is pressed."""
    with force_locale(language):
        title = str(event.title.into(language))
        content = Content(
            subject=_("Confirm: tell me when registration opens – %(event)s", event=title),
            heading=_("Do you want to know when registration opens?"),
            paragraphs=[
                _("Hello,"),
                _("someone asked us to write to this address when registration for “%(event)s” opens.", event=title),
            ],
            action=(_("Yes, tell me"), url),
            closing=[_("If you did not ask for this, you need to do nothing. Your address is deleted in seven days.")],
        )
        _post(event, Occasion.CONFIRM_WISH, email, language, content, None)


def opens(event: Event, email: str, language: str, stop_url: str) -> None:
    """Registration has opened; the wish is fulfilled, and the address is deleted."""
    with force_locale(language):
        title = str(event.title.into(language))
        days = [(day.starts_at, day.ends_at) for day in events.days_of(event)]
        content = Content(
            subject=_("Registration is open: %(event)s", event=title),
            heading=_("Registration is open"),
            paragraphs=[
                _("Hello,"),
                _("you asked to be told: one can now register for “%(event)s”.", event=title),
            ],
            facts=[(_("When"), wording.days(days, language))] if days else [],
            action=(_("Register"), links.address(f"/{language}/events/{event.slug}")),
            closing=[
                _("This was the only mail. We have deleted your address from the list of those who wanted to know.")
            ],
        )
        _post(event, Occasion.REGISTRATION_OPENS, email, language, content, stop_url)


def _post(event: Event, occasion: Occasion, email: str, language: str, content: Content, stop_url: str | None) -> None:
    text, html = lay_out(content, language)
    outbox.post(
        outbox.Letter(
            occasion=occasion,
            about=about(event) if stop_url else None,
            priority=Priority.BULK if stop_url else Priority.PERSONAL,
            recipient=email,
            reply_to=event.contact_email or links.contact(),
            language=language,
            subject=content.subject,
            text=text,
            html=html,
            unsubscribe_url=stop_url,
        )
    )
