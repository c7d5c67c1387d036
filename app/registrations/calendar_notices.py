"""The mail that asks someone whose calendar declined the invitation whether to withdraw too."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.events.models import Event
from app.registrations import links, notices
from app.registrations.models import Occasion, Registration


def declined(registration: Registration, event: Event) -> None:
    """You declined in your calendar: nothing has changed, do you want to withdraw? Without a calendar part."""
    with force_locale(registration.language):
        manage_url = links.manage_url(registration)
        content = notices.letter(
            registration,
            _("Do you want to withdraw?"),
            _(
                "you declined the invitation to “%(event)s” in your calendar. Your registration is still valid: "
                "a calendar alone withdraws nobody.",
                event=event.title.into(registration.language),
            ),
            _("If you cannot come, withdraw, so that someone else gets the place. If you come, do nothing."),
            action=(_("Withdraw your registration"), f"{manage_url}/withdraw"),
            pages=[(_("See your registration"), manage_url)],
        )
        notices.post(registration, event, Occasion.DECLINED, content)
