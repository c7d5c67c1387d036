"""What lists, pages and exports call a registration's status and its way of taking part."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.events.models import Mode
from app.registrations.models import Status

USUAL = (Status.CONFIRMED, Status.WAITING, Status.WITHDRAWN)

MODES = {Mode.ON_SITE: _l("On site"), Mode.ONLINE: _l("Online")}
STATUSES = {
    Status.AWAITING_APPROVAL: _l("Awaiting approval"),
    Status.CONFIRMED: _l("Confirmed"),
    Status.OFFERED: _l("Offered a place"),
    Status.WAITING: _l("Waiting"),
    Status.WITHDRAWN: _l("Withdrawn"),
    Status.REFUSED: _l("Refused"),
}


def shown_statuses(counted: Mapping[Status, int]) -> dict[Status, LazyString]:
    """The statuses that lists and files tell of: those that every event has, and others that someone has."""
    return {status: label for status, label in STATUSES.items() if status in USUAL or counted.get(status)}
