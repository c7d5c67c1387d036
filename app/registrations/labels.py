"""What lists, pages and exports call a registration's status and its way of taking part."""

from flask_babel import lazy_gettext as _l

from app.events.models import Mode
from app.registrations.models import Status

MODES = {Mode.ON_SITE: _l("On site"), Mode.ONLINE: _l("Online")}
STATUSES = {
    Status.AWAITING_APPROVAL: _l("Awaiting approval"),
    Status.CONFIRMED: _l("Confirmed"),
    Status.OFFERED: _l("Offered a place"),
    Status.WAITING: _l("Waiting"),
    Status.WITHDRAWN: _l("Withdrawn"),
    Status.REFUSED: _l("Refused"),
}
