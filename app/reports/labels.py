"""What pages and files call the parts of the figures."""

from flask_babel import lazy_gettext as _l

from app.reports.coverage import Reach
from app.reports.sparring import Part

PARTS = {
    Part.STATE: _l("State"),
    Part.MODE: _l("On site or online"),
    Part.METHOD: _l("Working method"),
    Part.THEME: _l("Theme"),
    Part.LANGUAGE: _l("Language"),
    Part.LEVEL: _l("Starting level"),
}
REACHES = {
    Reach.BOTH: _l("Events and sparrings"),
    Reach.EVENTS: _l("Events"),
    Reach.SPARRING: _l("Sparrings"),
}
