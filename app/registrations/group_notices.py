"""The mails about groups: to the contact who registered one, and to a member whom the contact withdrew."""

from collections.abc import Iterable, Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app.events.models import Event
from app.messages.layout import Content
from app.registrations import links, notices, other_mail
from app.registrations.capacity import LockedEvent
from app.registrations.labels import STATUSES
from app.registrations.models import CalendarEntry, Group, Occasion, Registration, Status

Line = tuple[str, Status, int | None]


def summary(group: Group, event: Event, lines: Iterable[Line]) -> None:
    """To the contact: who has a place and who waits, and the page on which the group is seen and changed.

    `lines` are a name, a status and a number in the queue for each member, in the order of the form.
    """
    with force_locale(group.language):
        title = str(event.title.into(group.language))
        content = Content(
            subject=_("Your group: %(event)s", event=title),
            heading=_("You registered a group"),
            paragraphs=[
                _("Hello %(name)s,", name=group.contact_name),
                _("you registered a group for “%(event)s”. This is how it stands:", event=title),
            ],
            facts=[(name, in_words(status, number)) for name, status, number in lines],
            action=(_("See and change the group"), links.group_url(group)),
            closing=[
                _("Each member gets a mail and a link of their own. Only you have this link: keep it to yourself."),
                _("If you did not ask for this, please write to %(address)s.", address=notices.contact(event)),
            ],
        )
        to = other_mail.Reader(group.contact_email, group.contact_name, group.language)
        other_mail.post(to, event, Occasion.GROUP, content, about=about(group))


def withdrawn(registration: Registration, locked: LockedEvent, ended: Sequence[CalendarEntry]) -> None:
    """To a member: the contact has withdrawn the registration; the calendar entries are cancelled."""
    event = locked.event
    contact = registration.group.contact_name if registration.group else ""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("Your registration was withdrawn"),
            _(
                "%(name)s, who had registered you for “%(event)s”, has withdrawn your registration.",
                name=contact,
                event=notices.title(registration),
            ),
            facts=notices.when(registration, locked.days),
            action=(_("Register again"), links.address(f"/{registration.language}/events/{event.slug}")),
            closing=[_("If this is a mistake, talk to your colleague or write to %(address)s.",
                       address=notices.contact(event))],
        )  # fmt: skip
        notices.post(registration, event, Occasion.WITHDRAWN, content, ended)


def about(group: Group) -> str:
    """The outbox's key for what is mailed about a group."""
    return f"group:{group.uuid}"


def in_words(status: Status, number: int | None) -> str:
    """ "Confirmed", or "Waiting, number 3"."""
    if status is Status.WAITING and number:
        return _("Waiting, number %(number)s", number=number)
    return str(STATUSES[status])
