"""The mails of a hand-over: to the colleague who may take the place, and then to both."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from app.events.models import Event
from app.messages.layout import Content
from app.registrations import introductions, notices, other_mail
from app.registrations.capacity import LockedEvent
from app.registrations.models import CalendarEntry, Occasion, Registration


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """The colleague, as the giver has told. Texts are trimmed."""

    given_name: str
    family_name: str
    email: str
    language: str

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


def confirm(registration: Registration, locked: LockedEvent, receiver: Receiver, url: str) -> None:
    """To the colleague: the place is yours when you press the button on this page."""
    with force_locale(receiver.language):
        title = str(locked.event.title.into(receiver.language))
        content = Content(
            subject=_("A place is handed over to you: %(event)s", event=title),
            heading=_("Do you want to take over this place?"),
            paragraphs=[
                _("Hello %(name)s,", name=receiver.given_name),
                _("%(giver)s wants to hand over a place to you at “%(event)s”.",
                  giver=registration.full_name, event=title),
                _("The place is yours when you confirm it. Until then it stays with your colleague."),
            ],
            facts=notices.when_and_where(registration, locked.event, locked.days, receiver.language),
            action=(_("See and take over the place"), url),
            closing=[_("The link works for seven days. If you do not want the place, you need to do nothing.")],
        )  # fmt: skip
        to = other_mail.Reader(receiver.email, receiver.full_name, receiver.language)
        other_mail.post(to, locked.event, Occasion.CONFIRM_HANDOVER, content, about=notices.about(registration))


def given(registration: Registration, event: Event, receiver: Receiver, ended: Sequence[CalendarEntry]) -> None:
    """To the giver, who has the registration still: it is a colleague's now; the calendar entries are cancelled."""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("Your place was handed over"),
            _("%(name)s has taken over your place at “%(event)s”.",
              name=receiver.full_name, event=notices.title(registration)),
            _("You are no longer registered. What you had answered was deleted, and the links that we sent you no "
              "longer work."),
            closing=[_("If you did not ask for this, please write to %(address)s.", address=notices.contact(event))],
        )  # fmt: skip
        notices.post(registration, event, Occasion.HANDED_OVER, content, ended)


def received(registration: Registration, locked: LockedEvent, giver: str, entries: Sequence[CalendarEntry]) -> None:
    """To the receiver, who has the registration by now; with the calendar entries."""
    with force_locale(registration.language):
        content = notices.letter(
            registration,
            _("You have a place"),
            _("you have taken over the place of %(giver)s at “%(event)s”. Welcome!",
              giver=giver, event=notices.title(registration)),
            *introductions.to_answer(registration),
            facts=notices.facts(registration, locked.event, locked.days),
            action=notices.manage(registration),
            pages=notices.joining(registration),
            closing=[notices.cannot_come()],
        )  # fmt: skip
        notices.post(registration, locked.event, Occasion.HANDED_OVER, content, entries)


def has_a_place(own: Registration, event: Event) -> None:
    """To a receiver who has a place of their own: it stays, and so does the colleague's."""
    with force_locale(own.language):
        content = notices.letter(
            own,
            _("You have a place already"),
            _("a colleague wanted to hand over a place to you, but you have one of your own for the same event. "
              "Nothing was changed."),
            action=notices.manage(own),
            closing=[_("Please tell your colleague, who can hand the place to somebody else or withdraw.")],
        )  # fmt: skip
        notices.post(own, event, Occasion.REGISTERED_ALREADY, content)
