"""What pages and mails call the states of a request and what it wishes for."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app import wording
from app.sparring.models import Audience, Method, Request, RequestState, Source, StartingLevel, WishedMode

STATES = {
    RequestState.NEW: _l("New"),
    RequestState.PREPARING: _l("In preparation"),
    RequestState.TUTORS_NAMED: _l("Tutors named"),
    RequestState.TIME_PROPOSED: _l("Time proposed"),
    RequestState.AGREED: _l("Time agreed"),
    RequestState.PROGRAMME_READY: _l("Programme ready"),
    RequestState.HELD: _l("Held"),
    RequestState.SUMMED_UP: _l("Summed up"),
    RequestState.CLOSED: _l("Closed"),
    RequestState.POSTPONED: _l("Postponed"),
    RequestState.CALLED_OFF: lazy_pgettext("a sparring", "Called off"),
}
WISHED_MODES = {
    WishedMode.ON_SITE: _l("On site"),
    WishedMode.ONLINE: _l("Online"),
    WishedMode.HYBRID: _l("On site and online"),
    WishedMode.ANY: _l("No matter"),
}
STARTING_LEVELS = {
    StartingLevel.NONE_YET: _l("No digital support yet"),
    StartingLevel.STARTING: _l("Just starting"),
    StartingLevel.ESTABLISHED: _l("Established"),
}
AUDIENCES = {
    Audience.LIBRARY: _l("Library"),
    Audience.ADULT_EDUCATION: _l("Adult education centre"),
    Audience.CUSTOMER_SERVICE: _l("Customer service and advice"),
    Audience.WELLBEING: _l("Wellbeing"),
    Audience.COMMUNICATION: _l("Communication"),
    Audience.ICT: _l("ICT"),
    Audience.MANAGEMENT: _l("Management"),
    Audience.ORGANISATIONS: _l("Associations and other organisations"),
    Audience.OTHER: _l("Others"),
}
METHODS = {
    Method.WORKSHOP: _l("Workshop"),
    Method.LECTURE: _l("Lecture"),
    Method.DISCUSSION: _l("Discussion"),
}
SOURCES = {
    Source.WEB: _l("From the website"),
    Source.CALL: _l("From a call"),
    Source.OTHER: _l("In another way"),
}


def duration(minutes: int, language: str) -> str:
    """1 h, 1.5 h as each language writes it."""
    return _("%(hours)s h", hours=wording.number(minutes / 60, language))


def meeting_title(request: Request, language: str) -> str:
    """What a request's meeting is called in mails, calendars and pages. The locale must be the language's."""
    return _("Digital support sparring, %(municipality)s", municipality=request.municipality.name(language))
