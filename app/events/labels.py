"""What forms and pages call the kinds of events and how they are held."""

from flask_babel import lazy_gettext as _l

from app.events.models import Attendance, Kind

KINDS = {
    Kind.SEMINAR: _l("Seminar"),
    Kind.WEBINAR: _l("Webinar"),
    Kind.WORKSHOP: _l("Workshop"),
    Kind.NETWORK_MEETING: _l("Network meeting"),
}
ATTENDANCES = {
    Attendance.ON_SITE: _l("On site"),
    Attendance.ONLINE: _l("Online"),
    Attendance.HYBRID: _l("On site and online"),
}
