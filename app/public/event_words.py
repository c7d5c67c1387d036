"""What pages say of an event in a few words: what sort it is, in which languages, how many places are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from app import clock, wording
from app.events.labels import KINDS
from app.events.models import Admission, Attendance, Event, Kind, Mode
from app.events.registration_period import Period, once_published, period
from app.language import NAMES
from app.registrations.capacity import Places, queue_is_open
from app.registrations.event_changes import attendance_in_words
from app.registrations.labels import MODES
from app.translated import Text


class Standing(StrEnum):
    """What someone who wants to come can do at this moment."""

    CALLED_OFF = "called-off"
    NOT_YET_OPEN = "not-yet-open"
    OPEN = "open"
    QUEUE = "queue"
    FULL = "full"
    CLOSED = "closed"
    ENDED = "ended"

    @property
    def takes_registrations(self) -> bool:
        return self in (Standing.OPEN, Standing.QUEUE)

    @property
    def shows_places(self) -> bool:
        return self in (Standing.OPEN, Standing.QUEUE, Standing.FULL)


@dataclass(frozen=True)
class Room:
    """Places in words; `taken` and `limit` only draw what the words say."""

    words: str
    detail: str = ""
    taken: int = 0
    limit: int | None = None


def standing(places: Places) -> Standing:
    """Where a public event stands for a newcomer, and where a draft will."""
    event, at = places.event, clock.now()
    state = once_published(event, at) if event.is_draft else period(event, at)
    if state is not Period.OPEN:
        return Standing(state.value)
    if any(places.has_room(mode) for mode in event.modes):
        return Standing.OPEN
    return Standing.QUEUE if event.waiting_list and queue_is_open(event) else Standing.FULL


def takes_groups(places: Places, *, invited: bool = False) -> bool:
    """Whether a contact can register colleagues now; where invitations are needed, one by whom this browser came."""
    event = places.event
    may = event.largest_group > 1 and (invited or event.admission is not Admission.INVITED)
    return may and standing(places).takes_registrations


def sort_of_event(event: Event) -> str:
    """ "Seminar, on site and online"; a webinar is always online, so that need not be said."""
    kind = kind_in_words(event.kind)
    if event.kind is Kind.WEBINAR and event.attendance is Attendance.ONLINE:
        return kind
    return str(_("%(kind)s, %(attendance)s", kind=kind, attendance=attendance_in_words(event.attendance)))


def marked(text: Text) -> Markup:
    """A text that organisers wrote, with its language marked when it is not the page's."""
    return Markup('<span lang="{}">{}</span>').format(text.language, text) if text.is_fallback else escape(text)


def kind_in_words(kind: Kind) -> str:
    return str(KINDS[kind])


def mode_in_words(mode: Mode) -> str:
    return str(MODES[mode])


def languages_in_words(codes: Sequence[str], language: str) -> str:
    """Finnish and Swedish."""
    return wording.list_of([str(NAMES[code]) for code in codes if code in NAMES], language)


def room_in_mode(places: Places, mode: Mode) -> Room:
    """How many places one way of taking part has."""
    limit, taken = places.event.places(mode), places.taken.get(mode, 0)
    if not places.has_room(mode):
        return _full(places, places.waiting.get(mode, 0), taken, limit)
    if limit is None:
        return Room(_("There is room"), _("places are not limited"))
    return Room(places_left(limit - taken), _("of %(limit)s", limit=limit), taken, limit)


def room_of_event(places: Places) -> Room:
    """Of a hybrid event the places on site, which run out first; online is told in the second line."""
    if len(places.event.modes) == 1:
        return room_in_mode(places, places.event.modes[0])
    on_site = room_in_mode(places, Mode.ON_SITE)
    if places.has_room(Mode.ON_SITE):
        limit = on_site.limit
        detail = _("of %(limit)s on site", limit=limit) if limit is not None else _("on site and online")
        return Room(on_site.words, detail, on_site.taken, limit)
    if places.has_room(Mode.ONLINE):
        return Room(_("Full on site"), _("there is room online"), on_site.taken, on_site.limit)
    return _full(places, sum(places.waiting.values()), on_site.taken, on_site.limit)


def places_left(free: int) -> str:
    return str(ngettext("%(num)s place left", "%(num)s places left", free))


def _full(places: Places, waiting: int, taken: int, limit: int | None) -> Room:
    if not places.event.waiting_list:
        detail = _("there is no waiting list")
    elif not queue_is_open(places.event):
        detail = _("the waiting list is closed")
    elif waiting:
        detail = ngettext(
            "you can join the waiting list, %(num)s waiting", "you can join the waiting list, %(num)s waiting", waiting
        )
    else:
        detail = _("you can join the waiting list")
    return Room(_("Full"), detail, taken, limit)
