"""Who looked at, changed or exported personal data. For administrators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app import access, language
from app.events import queries as events
from app.people import queries as people
from app.people.models import AccessLogEntry
from app.staff import paging
from app.translated import Text, Translated

bp = Blueprint("access_log", __name__)
bp.before_request(access.administrators)

PER_PAGE = 100
_ACTIONS: dict[str, LazyString] = {
    "registrations.view": _l("Looked at the list"),
    "municipalities.view": _l("Looked at the list per municipality"),
    "municipalities.print": _l("Opened the whole list for printing"),
    "export.xlsx": _l("Downloaded the list as Excel"),
    "export.csv": _l("Downloaded the list as CSV"),
    "registration.view": _l("Looked at the registration"),
    "registration.view-sensitive": _l("Looked at the registration’s sensitive answers"),
    "needs.view": _l("Looked at the counts of sensitive answers"),
    "export.needs": _l("Downloaded the counts of sensitive answers"),
    "registration.add": _l("Added the registration"),
    "registration.correct": _l("Corrected the registration"),
    "registration.programme": _l("Changed programme items of the registration"),
    "registration.check": _l("Marked as checked, or removed the mark"),
    "registration.promote": _l("Gave a place"),
    "registration.approve": _l("Approved the registration"),
    "registration.refuse": _l("Refused the registration"),
    "registration.move-in-queue": _l("Moved in the queue"),
    "registration.offer": _l("Offered a place"),
    "registration.extra-place": _l("Gave an extra place"),
    "registration.withdraw": _l("Withdrew the registration"),
    "registration.erase": _l("Erased the personal details"),
    "registration.send-again": _l("Sent a mail again"),
    "messages.preview": _l("Looked at a mail as a participant"),
    "messages.check": _l("Looked at whom a message leaves out"),
    "calls.view": _l("Looked at the call list"),
    "sparring-request.view": _l("Looked at who asked for sparring"),
    "sparring-request.send-again": _l("Sent a mail again"),
    "calls.invite": _l("Mailed invitations to sparring"),
    "coverage.contacts": _l("Looked at addresses of municipalities that are missing"),
    "call.view": _l("Looked at a row of the call list"),
    "user.change": _l("Changed the user"),
    "user.sign-out": _l("Signed the user out everywhere"),
}


@dataclass(frozen=True)
class Subject:
    """What a row is about, and the page where it can be looked at, if there is one."""

    text: str | Text
    url: str | None = None


@bp.route("/access-log/")
def index() -> ResponseReturnValue:
    page = paging.asked(people.access_log_size(), length=PER_PAGE)
    entries = people.access_log(first=page.begins, at_most=PER_PAGE)
    return render_template(
        "staff/access_log.html", entries=entries, actions=_ACTIONS, subjects=_subjects(entries), page=page
    )


def _subjects(entries: Sequence[AccessLogEntry]) -> dict[str, Subject]:
    """By what the rows call them; an event that is no longer there keeps that name."""
    numbers = {entry.subject: entry.subject.partition(":")[::2] for entry in entries}
    titles = events.titles(int(number) for kind, number in numbers.values() if kind == "event")
    return {whole: _subject(kind, int(number), titles) or Subject(whole) for whole, (kind, number) in numbers.items()}


def _subject(kind: str, number: int, titles: Mapping[int, Translated]) -> Subject | None:
    match kind:
        case "registration":
            url = url_for("staff.registration.show", registration_id=number)
            return Subject(_("Registration %(number)s", number=number), url)
        case "user":
            return Subject(_("User %(number)s", number=number), url_for("staff.users.edit", user_id=number))
        case "sparring":
            url = url_for("staff.sparring_request.show", request_id=number)
            return Subject(_("Sparring request %(number)s", number=number), url)
        case "sparring-round":
            url = url_for("staff.sparring_calls.index", round_id=number)
            return Subject(_("Call list %(number)s", number=number), url)
        case "sparring-call":
            url = url_for("staff.sparring_calls.edit", call_id=number)
            return Subject(_("Row %(number)s of a call list", number=number), url)
        case "season":
            return Subject(_("Season %(number)s", number=number), url_for("staff.seasons.edit", season_id=number))
        case "event" if number in titles:
            url = url_for("staff.registrations.index", event_id=number)
            return Subject(titles[number].into(language.current()), url)
        case _:
            return None
