"""What the organisers' pages call the statuses of calls, and what a row's history says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app import clock, language, wording
from app.database import db
from app.language import OWN_NAMES
from app.people.models import User
from app.sparring import calls
from app.sparring.round_models import CallChange, CallRow, CallStatus

CALL_STATUSES: dict[CallStatus, LazyString] = {
    CallStatus.NOT_CALLED: _l("Not called"),
    CallStatus.NOT_REACHED: _l("Not reached"),
    CallStatus.CALL_AGAIN: _l("Call again"),
    CallStatus.INTERESTED: _l("Interested"),
    CallStatus.NOT_NOW: _l("Not now"),
    CallStatus.REQUESTED: _l("Requested"),
}
_TAGS = {
    CallStatus.REQUESTED: "good",
    CallStatus.INTERESTED: "waiting",
    CallStatus.CALL_AGAIN: "waiting",
    CallStatus.NOT_NOW: "over",
}
_FIELDS: dict[str, LazyString] = {
    "caller_id": _l("caller"),
    "contact_name": _l("name of the contact"),
    "contact_email": _l("email of the contact"),
    "contact_phone": _l("phone of the contact"),
    "contact_language": _l("language of the contact"),
    "note": _l("note"),
    "next_step": _l("next step"),
}

_LABELS: dict[str, LazyString] = {
    "status": _l("Status"),
    "call_again_on": _l("Call again on"),
    "contact_name": _l("Name"),
    "contact_email": _l("Email"),
    "contact_phone": _l("Phone"),
    "contact_language": _l("Language of contact"),
    "caller_id": _l("Caller"),
    "note": _l("Note"),
    "next_step": _l("Next step"),
}


def call_status(status: CallStatus) -> tuple[str, str | None]:
    """A call's status for a tag: its words and its kind."""
    return str(CALL_STATUSES[status]), _TAGS.get(status)


def call_due(row: CallRow) -> str:
    """ "Call today", "Should have been called 7.1.2027", or nothing."""
    today = clock.helsinki(clock.now()).date()
    if not calls.is_due(row, today) or row.call_again_on is None:
        return ""
    if row.call_again_on == today:
        return _("Call today")
    return _("Should have been called %(day)s", day=wording.date(row.call_again_on, language.current()))


def call_values(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Fields of a row and what stands in them, as a summary list has them."""
    return [{"key": str(_LABELS[name]), "value": _value(name, value) or "–"} for name, value in values.items()]


def _value(name: str, value: Any) -> str:
    if name == "status":
        return str(CALL_STATUSES[value])
    if name == "contact_language":
        return OWN_NAMES[value]
    if name == "caller_id":
        return db.session.get_one(User, value).name if value else ""
    return wording.date(value, language.current()) if isinstance(value, date) else str(value or "")


def call_change(change: CallChange) -> str:
    """One line of a row's history."""
    details, said = change.details, []
    if "invited" in details:
        said.append(_("The invitation was mailed"))
    if "status" in details:
        before, after = (CALL_STATUSES[CallStatus(one)] for one in details["status"])
        said.append(_("Status: %(before)s → %(after)s", before=before, after=after))
    if "call_again_on" in details:
        said.append(_("Call again on: %(day)s", day=_day(details["call_again_on"][1])))
    if fields := details.get("fields"):
        names = wording.list_of([str(words) for name, words in _FIELDS.items() if name in fields], language.current())
        said.append(_("Changed: %(fields)s", fields=names))
    return ". ".join(said)


def _day(written: str | None) -> str:
    return wording.date(date.fromisoformat(written), language.current()) if written else "–"


FOR_TEMPLATES = (call_status, call_due, call_change, call_values)
