"""The mails about an offered place. Of a whole group the contact is asked, and each member is told who answers."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.events.models import Event
from app.messages.layout import Content
from app.registrations import group_notices, links, notices, other_mail
from app.registrations.capacity import LockedEvent
from app.registrations.models import Group, Occasion, Registration


def tell_offered(together: Sequence[Registration], locked: LockedEvent) -> None:
    """Tell one person, or all of a whole group and its contact."""
    for registration in together:
        offered(registration, locked)
    if group := _whole(together[0]):
        _offered_to_group(group, together[0], locked.event)


def tell_lapsed(together: Sequence[Registration], locked: LockedEvent) -> None:
    """The same when the time to accept is over."""
    for registration in together:
        lapsed(registration, locked)
    if group := _whole(together[0]):
        _lapsed_of_group(group, locked.event)


def offered(registration: Registration, locked: LockedEvent) -> None:
    """A place is held for you until a moment; the page behind the button accepts or declines. No calendar entry yet."""
    until = registration.offer_expires_at
    if until is None:
        raise ValueError("an offer has an end")
    group = _whole(registration)
    with force_locale(registration.language):
        when = wording.date_and_time(until, registration.language)
        content = notices.letter(
            registration,
            _("A place is offered to you"),
            _("a place became free for “%(event)s”, and it is kept for you.", event=notices.title(registration)),
            _("It is offered to your whole group. %(name)s accepts or declines it for all of you by %(when)s.",
              name=group.contact_name, when=when)
            if group
            else _("Accept it by %(when)s. After that it is offered to the next in the queue.", when=when),
            facts=notices.facts(registration, locked.event, locked.days),
            action=notices.manage(registration)
            if group
            else (_("Accept or decline the place"), links.offer_url(registration)),
        )  # fmt: skip
        notices.post(registration, locked.event, Occasion.OFFERED, content, give_up_at=until)


def lapsed(registration: Registration, locked: LockedEvent) -> None:
    """The time to accept is over; one button leads back to the end of the queue."""
    group = _whole(registration)
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("The offered place went to the next person"),
            _("the time to accept a place for “%(event)s” is over, so your registration has ended.",
              event=notices.title(registration)),
            action=None if group else (_("Go back to the waiting list"), links.offer_url(registration)),
            closing=[_("%(name)s can bring your group back to the end of the queue.", name=group.contact_name)
                     if group else _("You come to the end of the queue.")],
        )  # fmt: skip
        notices.post(registration, locked.event, Occasion.OFFER_LAPSED, content)


def _offered_to_group(group: Group, one: Registration, event: Event) -> None:
    until = one.offer_expires_at
    if until is None:
        raise ValueError("an offer has an end")
    with force_locale(group.language):
        title, when = str(event.title.into(group.language)), wording.date_and_time(until, group.language)
        content = Content(
            subject=_("Places are offered to your group: %(event)s", event=title),
            heading=_("Places are offered to your group"),
            paragraphs=[
                _("Hello %(name)s,", name=group.contact_name),
                _("places became free for “%(event)s” for all of your group, and they are kept for you.", event=title),
                _("Accept or decline them for all by %(when)s. Then they go to the next in the queue.", when=when),
            ],
            action=(_("Accept or decline the places"), links.group_url(group)),
        )
        _post(group, event, Occasion.OFFERED, content, until)


def _lapsed_of_group(group: Group, event: Event) -> None:
    with force_locale(group.language):
        title = str(event.title.into(group.language))
        content = Content(
            subject=_("The places offered to your group went to the next: %(event)s", event=title),
            heading=_("The places offered to your group went to the next"),
            paragraphs=[
                _("Hello %(name)s,", name=group.contact_name),
                _("the time to accept places for “%(event)s” is over, so your group’s registrations have ended.",
                  event=title),
            ],
            action=(_("Go back to the waiting list"), links.group_url(group)),
            closing=[_("You come to the end of the queue.")],
        )  # fmt: skip
        _post(group, event, Occasion.OFFER_LAPSED, content)


def _post(group: Group, event: Event, occasion: Occasion, content: Content, until: datetime | None = None) -> None:
    to = other_mail.Reader(group.contact_email, group.contact_name, group.language)
    other_mail.post(to, event, occasion, content, about=group_notices.about(group), give_up_at=until)


def _whole(registration: Registration) -> Group | None:
    """The group of which the contact answers for all."""
    group = registration.group
    return group if group and group.all_or_none and group.contact_email else None
