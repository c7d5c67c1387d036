"""A registration's history in words. Who did it is said by the page, since participants see no names of staff."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from app.database import db
from app.events.models import Mode, ProgrammeItem
from app.language import NAMES
from app.people import queries as people
from app.questions.models import Question
from app.registrations.history import HANDED_OVER, REGISTERED, Line
from app.registrations.labels import MODES

_SENTENCES: dict[str, LazyString] = {
    REGISTERED: _l("Registered"),
    "approved": _l("Approved"),
    "refused": _l("Refused"),
    "promoted": _l("Got a place from the waiting list"),
    "extra-place": _l("Got an extra place"),
    "offered": _l("Was offered a place"),
    "offer-accepted": _l("Took the offered place"),
    "offer-declined": _l("Declined the offered place"),
    "offer-lapsed": _l("The offered place was not taken in time"),
    "waiting-again": _l("Back on the waiting list, at its end"),
    "withdrawn": _l("Withdrawn"),
    "still-coming": _l("Told that they are still coming"),
    "hand-over-asked": _l("Offered the place to a colleague, who has to confirm it"),
    "hand-over-cancelled": _l("Took back the offer to hand over the place"),
    "named-in-group": _l("Named by a group’s contact; nothing changed"),
    "asked-to-be-accepted": _l("Asked the organiser to be accepted"),
    "checked": _l("Marked as checked"),
    "unchecked": _l("Mark “checked” removed"),
}
_MOVES: dict[str, LazyString] = {
    "front": _l("Moved to the front of the waiting list"),
    "end": _l("Moved to the end of the waiting list"),
    "by-the-rule": _l("Back to the turn that the waiting list’s rule gives"),
}
_DETAILS: dict[str, LazyString] = {
    "given_name": _l("Given name"),
    "family_name": _l("Family name"),
    "municipality_code": _l("Municipality"),
    "organisation": _l("Organisation"),
    "role": _l("Role or title"),
    "language": _l("Language of mails"),
}


def sentence(line: Line, language: str, *, with_reason: bool = False) -> str:
    """What happened, in one sentence without a full stop; `with_reason` adds why, as it was written then."""
    words = _words(line, language)
    reason = line.details.get("reason") or line.details.get("note")
    return _("%(what)s. Reason: %(reason)s", what=words, reason=reason) if with_reason and reason else words


def _words(line: Line, language: str) -> str:
    told = _TOLD.get(line.what)
    return told(line.details, language) if told else str(_SENTENCES.get(line.what, line.what))


def _changed(what: str, old: str, new: str) -> str:
    return _("%(what)s: %(new)s (before: %(old)s)", what=what, new=new or "–", old=old or "–")


def _details(changed: Mapping[str, Sequence[str | None]], language: str) -> Iterable[str]:
    for name, values in changed.items():
        old, new = (_detail(name, value, language) for value in values)
        yield _changed(str(_DETAILS[name]), old, new)


def _detail(name: str, value: str | None, language: str) -> str:
    match name:
        case "municipality_code":
            return _municipality(value, language)
        case "language":
            return str(NAMES[value or ""])
        case _:
            return value or ""


def _mode(value: str) -> str:
    return str(MODES[Mode(value)])


def _municipality(code: str | None, language: str) -> str:
    return people.municipality_name(code, language) if code else _("another organisation")


def _items(ids: Sequence[int], language: str) -> str:
    if not ids:
        return ""
    chosen = select(ProgrammeItem).where(ProgrammeItem.id.in_(ids)).order_by(ProgrammeItem.starts_at)
    return ", ".join(str(item.title.into(language)) for item in db.session.scalars(chosen))


def _questions(ids: Sequence[int], language: str) -> str:
    asked = select(Question.label).where(Question.id.in_(ids)).order_by(Question.position, Question.id)
    return ", ".join(str(label.into(language)) for label in db.session.scalars(asked))


def _matter(matter: str, language: str) -> str:
    """What a consent is about: the participants’ list, or a question."""
    kind, _colon, number = matter.partition(":")
    return _questions([int(number)], language) if kind == "question" else _("name on the participants’ list")


def _of_mode(details: Mapping[str, Any], _language: str) -> str:
    old, new = _mode(details["old"]), _mode(details["new"])
    told = _changed(_("Takes part"), old, new) if old != new else new
    return _("%(what)s, on the waiting list", what=told) if details.get("waits") else told


def _of_municipality(details: Mapping[str, Any], language: str) -> str:
    return _changed(_("Municipality"), *(_municipality(details[side], language) for side in ("old", "new")))


def _of_items(details: Mapping[str, Any], language: str) -> str:
    return _changed(_("Programme items"), *(_items(details[side], language) for side in ("old", "new")))


def _of_hand_over(details: Mapping[str, Any], _language: str) -> str:
    """The receiver is not told, here, who had the place."""
    if "old" in details:
        return _changed(_("Handed over"), details["old"], details["new"])
    return _("Handed over: %(new)s", new=details["new"])


# What says more than its name: how it reads, from what was noted and in which language.
_TOLD: dict[str, Callable[[Mapping[str, Any], str], str]] = {
    "mode": _of_mode,
    "attendance": _of_mode,
    "municipality": _of_municipality,
    "items": _of_items,
    "address": lambda details, _language: _changed(_("Email"), details["old"], details["new"]),
    "details": lambda details, language: "; ".join(_details(details["changed"], language)),
    "answers": lambda details, language: _("Changed answers: %(to)s", to=_questions(details["questions"], language)),
    "consent-given": lambda details, language: _("Agreed: %(to)s", to=_matter(details["matter"], language)),
    "consent-withdrawn": lambda details, language: _(
        "Withdrew a consent: %(to)s", to=_matter(details["matter"], language)
    ),
    HANDED_OVER: _of_hand_over,
    "moved-in-queue": lambda details, _language: str(_MOVES[details["to"]]),
}
KNOWN = frozenset(_SENTENCES) | frozenset(_TOLD)
