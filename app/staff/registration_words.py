"""How registrations and the mail about them are told to those who organise."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app import language, wording
from app.events.models import Mode
from app.messages.models import Message, Outcome, State
from app.messages.retention import LAST_MAIL
from app.registrations.by_municipality import Group
from app.registrations.labels import MODES, STATUSES
from app.registrations.models import Occasion, Registration, Status

_OCCASIONS: dict[str, LazyString] = {
    Occasion.CONFIRMED: _l("Confirmation"),
    Occasion.WAITING: _l("On the waiting list"),
    Occasion.PROMOTED: _l("Got a place from the waiting list"),
    Occasion.CHANGED: _l("Registration changed"),
    Occasion.WITHDRAWN: _l("Registration withdrawn"),
    Occasion.REGISTERED_ALREADY: _l("Reminder of a registration that was there already"),
    Occasion.CONFIRM_ADDRESS: _l("Confirm a new email address"),
    Occasion.ADDRESS_TAKEN: _l("The new address had a registration already"),
    Occasion.ADDRESS_CHANGED: _l("Email address changed"),
    Occasion.CONFIRM_HANDOVER: _l("Place offered to a colleague"),
    Occasion.HANDED_OVER: _l("Place handed over"),
    Occasion.EVENT_CHANGED: _l("The event changed"),
    Occasion.EVENT_CALLED_OFF: _l("The event was called off"),
    Occasion.STILL_COMING: _l("Question whether the person is still coming"),
    LAST_MAIL: _l("The personal details were erased"),
    Occasion.AWAITING_APPROVAL: _l("Registration awaits approval"),
    Occasion.OFFERED: _l("A place was offered"),
    Occasion.OFFER_LAPSED: _l("The offered place went on"),
    Occasion.REFUSED: _l("Registration not approved"),
    Occasion.REMINDER: _l("Reminder"),
    Occasion.MATERIALS: _l("Thanks and materials"),
    Occasion.ORGANISER_MESSAGE: _l("Message from the organiser"),
    Occasion.DECLINED: _l("Question whether to withdraw, after the calendar declined"),
}
_FAILURES: dict[Outcome | None, LazyString] = {
    Outcome.ADDRESS: _l("Not delivered: the address does not take mail"),
    Outcome.SUPPRESSED: _l("Not sent: the address has refused mail before"),
    Outcome.EXPIRED: _l("Not sent: it would have come too late"),
    Outcome.CONTENT: _l("Not delivered: the mail server refused the message"),
    Outcome.POLICY: _l("Not delivered: the mail server takes no mail from this service"),
}
_CAME_BACK: dict[str | None, LazyString] = {  # RFC 3463
    "5.1.1": _l("Not delivered: the address does not exist"),
    "5.1.2": _l("Not delivered: nobody takes mail for the part of the address after @"),
    "5.1.10": _l("Not delivered: nobody takes mail for the part of the address after @"),
    "5.2.1": _l("Not delivered: the mailbox is no longer in use"),
    "5.2.2": _l("Not delivered: the mailbox is full"),
    "4.2.2": _l("Not delivered: the mailbox is full"),
}
_OTHER_BOUNCES: dict[Outcome | None, LazyString] = {
    Outcome.TEMPORARY: _l("Not delivered: the recipient’s mail server did not take it in time"),
    Outcome.POLICY: _l("Not delivered: the recipient’s mail server refused it"),
    Outcome.CONTENT: _l("Not delivered: the recipient’s mail server refused it"),
}
_CAME_BACK_SOMEHOW = _l("Not delivered: the mail came back")
_NOT_IN_TIME = _l("Not delivered: the mail server did not take it in time")


def status_words(status: Status) -> str:
    return str(STATUSES[status])


def mode_words(mode: Mode) -> str:
    return str(MODES[mode])


def place_words(registration: Registration) -> str:
    """Whose limits count the place: an ordinary one, an extra one, or none at all."""
    if not registration.takes_place:
        return _("None: speaker or staff")
    return _("Extra place") if registration.is_extra else _("Ordinary")


def counts_in_words(group: Group) -> str:
    """ "12 confirmed, 3 waiting, 1 withdrawn"."""
    counts = {status.value: wording.number(group.count(status), language.current()) for status in Status}
    return _("%(confirmed)s confirmed, %(waiting)s waiting, %(withdrawn)s withdrawn", **counts)


def occasion_in_words(message: Message) -> str:
    """Why a mail was sent; its subject is in the participant's language."""
    return str(_OCCASIONS.get(message.occasion, message.subject))


def occasion_name(occasion: Occasion) -> str:
    """What organisers call the mails of an occasion."""
    return str(_OCCASIONS[occasion])


def fate_in_words(message: Message) -> str:
    """What became of a mail, as far as the service can know: a mail server took it, or not, or returned it later."""
    spoken = language.current()
    match message.state:
        case State.FAILED if message.came_back:
            return str(_CAME_BACK.get(message.report_code) or _OTHER_BOUNCES.get(message.outcome, _CAME_BACK_SOMEHOW))
        case State.SENT if message.is_delayed:
            full = message.report_code == "4.2.2"
            return _("Delayed: the mailbox is full") if full else _("Delayed: the recipient’s mail server still tries")
        case State.SENT if message.sent_at and message.maybe_delivered:
            return _("Sent %(when)s, possibly twice", when=wording.date_and_time(message.sent_at, spoken))
        case State.SENT if message.sent_at:
            return _("Sent %(when)s", when=wording.date_and_time(message.sent_at, spoken))
        case State.SENDING:
            return _("Being sent")
        case State.FAILED:
            return str(_FAILURES.get(message.outcome, _NOT_IN_TIME))
        case _ if message.attempts:
            return _("Did not go through yet; tried again %(when)s", when=wording.date_and_time(message.due_at, spoken))
        case _:
            return _("Waiting to be sent")
