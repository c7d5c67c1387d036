"""How requests, their log and the mails about them are told to the team."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from app import clock, language, wording
from app.messages.models import Message
from app.messages.retention import LAST_MAIL
from app.sparring import address_notices, board, states
from app.sparring.labels import STATES
from app.sparring.models import Request, RequestChange, RequestState
from app.staff.registration_words import fate_in_words

_TINTS = {
    RequestState.NEW: "waiting",
    RequestState.POSTPONED: "over",
    RequestState.CALLED_OFF: "over",
    RequestState.CLOSED: "over",
}
_GOOD = (RequestState.AGREED, RequestState.PROGRAMME_READY, RequestState.HELD, RequestState.SUMMED_UP)

# What is to be done next, as long as nobody has written it.
_USUAL_STEPS: dict[RequestState, LazyString] = {
    RequestState.NEW: _l("Take the request and contact the municipality"),
    RequestState.PREPARING: _l("Name the tutors"),
    RequestState.TUTORS_NAMED: _l("Propose times"),
    RequestState.TIME_PROPOSED: _l("Wait for the answers and agree the time"),
    RequestState.AGREED: _l("Make the programme ready"),
    RequestState.PROGRAMME_READY: _l("Hold the meeting"),
    RequestState.HELD: _l("Write the summary and share it"),
    RequestState.SUMMED_UP: _l("Follow up and close"),
    RequestState.POSTPONED: _l("Ask the municipality again"),
}
_MOVES: dict[RequestState, LazyString] = {
    RequestState.PREPARING: _l("Begin to prepare"),
    RequestState.TUTORS_NAMED: _l("The tutors are named"),
    RequestState.PROGRAMME_READY: _l("The programme is ready"),
    RequestState.HELD: _l("The meeting was held"),
    RequestState.CLOSED: _l("Close the request"),
    RequestState.POSTPONED: _l("Postpone"),
    RequestState.CALLED_OFF: _l("Call the sparring off"),
}
_OCCASIONS: dict[str, LazyString] = {
    "sparring-preparing": _l("Preparation begun"),
    "sparring-tutors-named": _l("Tutors named"),
    "sparring-postponed": _l("Postponed"),
    "sparring-called-off": STATES[RequestState.CALLED_OFF],
    "sparring-closed": _l("Thanks at the end"),
    "sparring-postponed-tutor": _l("Postponed: to a tutor"),
    "sparring-called-off-tutor": _l("Called off: to a tutor"),
    "sparring-owner": _l("Given to somebody of the team"),
    "sparring-naming": _l("Question to a tutor"),
    "sparring-accepted": _l("A tutor accepted"),
    "sparring-declined": _l("A tutor declined"),
    "sparring-released": _l("A tutor was released"),
    "sparring-poll": _l("Which times suit you?"),
    "sparring-poll-reminder": _l("Reminder of the date poll"),
    "sparring-poll-result": _l("Result of the date poll"),
    "sparring-poll-over": _l("Date poll: to the team"),
    "meeting-agreed": _l("Meeting agreed, with calendar"),
    "meeting-changed": _l("Meeting changed, with calendar"),
    "meeting-removed": _l("Not expected any more, with calendar"),
    "meeting-called-off": _l("Meeting called off, with calendar"),
    "meeting-summary": _l("Summary of the meeting"),
    "meeting-follow-up": _l("Follow-up: to the team"),
    address_notices.CONFIRM: _l("Confirmation of a new email address"),
    address_notices.MOVED_AWAY: _l("Email address changed: to the old one"),
    address_notices.ARRIVED: _l("Email address changed: to the new one"),
    "sparring-contact-erased": _l("The contact’s details were erased: to the team"),
    LAST_MAIL: _l("The personal details were erased"),
    "sparring-joined": _l("Proposal of a joint meeting"),
    "sparring-parted": _l("The joint meeting was given up"),
}


def sparring_state(state: RequestState) -> str:
    return str(STATES[state])


def sparring_tint(state: RequestState) -> str | None:
    """The colour of a state's tag; the word says the same."""
    return "good" if state in _GOOD else _TINTS.get(state)


def next_step_words(sparring: Request) -> str:
    """The next step as it was written, else the usual one of the state."""
    return sparring.next_step or str(_USUAL_STEPS.get(sparring.state, ""))


def age_words(sparring: Request) -> str:
    """How long ago it was asked, in days."""
    days = (board.today() - clock.helsinki(sparring.created_at).date()).days
    return ngettext("%(num)s day", "%(num)s days", days) if days > 0 else _("today")


def due_words(sparring: Request) -> str:
    """By when the next step should be done; how late it is when the day has gone by."""
    if sparring.due_on is None:
        return ""
    today, day = board.today(), wording.date(sparring.due_on, language.current())
    if board.is_late(sparring, today):
        late = (today - sparring.due_on) // timedelta(days=1)
        return ngettext("%(num)s day late (%(day)s)", "%(num)s days late (%(day)s)", late, day=day)
    return _("today") if sparring.due_on == today else day


def is_late(sparring: Request) -> bool:
    return board.is_late(sparring, board.today())


def move_words(begins: RequestState, to: RequestState) -> str:
    """What a button says that moves a request."""
    if states.is_back_step(begins, to):
        return _("Go back to: %(state)s", state=STATES[to])
    if to is RequestState.PREPARING and begins is not RequestState.NEW:
        return _("Take up again")
    return str(_MOVES[to])


def change_words(change: RequestChange) -> str:
    """What happened to a request."""
    if change.to_state:
        return _("State: %(state)s", state=STATES[change.to_state])
    return str(_CHANGES.get(change.what, change.what))


def change_by(change: RequestChange) -> str:
    return change.by.name if change.by else _("the municipality or the service")


def sparring_mail(message: Message) -> str:
    """What a mail was about; its subject is in the reader's language."""
    return str(_OCCASIONS.get(message.occasion, message.subject))


_CHANGES: dict[str, LazyString] = {
    "colleague-added": _l("A colleague was added to follow the request"),
    "colleague-removed": _l("A colleague no longer follows the request"),
    "address": _l("The contact changed the email address"),
    "contact-erased": _l("The contact erased the own details"),
    "feedback": _l("The municipality gave feedback"),
    "owner": _l("The owner changed"),
    "plan": _l("The next step or its day changed"),
    "sent": _l("The request was sent"),
    "amended": _l("The municipality changed the request"),
    "tutor-asked": _l("A tutor was asked"),
    "tutor-accepted": _l("A tutor accepted"),
    "tutor-declined": _l("A tutor declined"),
    "tutor-released": _l("A tutor was released"),
    "poll-opened": _l("Another time was asked about"),
    "poll-closed": _l("The date poll was closed"),
    "meeting-details": _l("Details of the meeting changed"),
    "meeting-time": _l("The meeting’s time changed"),
    "meeting-tutors": _l("The meeting’s tutors changed"),
    "guest-added": _l("A participant was added"),
    "guest-removed": _l("A participant was removed"),
    "summary": _l("The summary was written"),
    "summary-shared": _l("The summary was shared again"),
    "followed-up": _l("The follow-up was done"),
    "joined": _l("A joint meeting was proposed"),
    "unjoined": _l("The joint meeting was given up"),
}

GLOBALS = (
    *(sparring_state, sparring_tint, next_step_words, age_words, due_words, is_late),
    *(move_words, change_words, change_by, sparring_mail, fate_in_words),
)
