"""The mail about a programme item that one has signed up for: it has changed, or is not held."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app.events.models import Event
from app.registrations import links, notices
from app.registrations.models import CalendarEntry, Occasion, Registration


def item_changed(
    registration: Registration,
    event: Event,
    entries: Sequence[CalendarEntry],
    *,
    title: str,
    changes: Sequence[tuple[str, str, str]],
    dedupe_key: str,
) -> None:
    """`changes`: what, old and new, in the registration's language; without any, the item has been removed."""
    with force_locale(registration.language):
        said = (
            _("“%(item)s”, for which you have signed up, has changed.", item=title)
            if changes
            else _("“%(item)s”, for which you had signed up, is no longer in the programme.", item=title)
        )
        content = notices.letter(
            registration,
            _("Your programme has changed"),
            said,
            facts=notices.now_and_before(changes),
            action=(_("See or change what you take part in"), links.manage_url(registration)),
            closing=[_("You can choose otherwise through the link above, as long as there is room.")],
        )
        notices.post(registration, event, Occasion.EVENT_CHANGED, content, entries, bulk_key=dedupe_key)
