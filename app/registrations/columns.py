"""The columns of an attendee list as it leaves the service, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.registrations import labels
from app.registrations.by_municipality import Person


@dataclass(frozen=True)
class Listing:
    """What a line is written with: municipalities' names by code; places in the queue, titles of chosen items, and the
    contact of a group, by registration."""

    names: dict[str, str]
    queue: dict[int, int]
    items: Mapping[int, Sequence[str]] = field(default_factory=dict)
    registered_by: Mapping[int, str] = field(default_factory=dict)


Cell = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Column:
    """`key` is what the access log says of it; `width` is in characters."""

    key: str
    label: LazyString | str
    width: int
    value: Callable[[Person, Listing], Cell]


COLUMNS = (
    Column("family_name", _l("Family name"), 22, lambda person, _: person.family_name),
    Column("given_name", _l("Given name"), 18, lambda person, _: person.given_name),
    Column("email", _l("Work email"), 36, lambda person, _: person.email),
    Column("municipality_code", _l("Municipality code"), 14, lambda person, _: person.municipality_code or ""),
    Column("municipality", _l("Municipality"), 18, lambda person, to: to.names.get(person.municipality_code or "", "")),
    Column("organisation", _l("Other organisation"), 24, lambda person, _: person.organisation),
    Column("role", _l("Role"), 24, lambda person, _: person.role),
    Column("mode", _l("Takes part"), 16, lambda person, _: str(labels.MODES[person.mode])),
    Column("status", _l("Status"), 14, lambda person, _: str(labels.STATUSES[person.status])),
    Column("queue_number", _l("Number in the queue"), 12, lambda person, to: to.queue.get(person.id)),
    Column("programme_items", _l("Programme items"), 40, lambda person, to: "; ".join(to.items.get(person.id, ()))),
    Column("language", _l("Language of contact"), 12, lambda person, _: person.language),
    Column("registered_at", _l("Registered"), 18, lambda person, _: person.registered_at),
    Column("registered_by", _l("Registered by"), 24, lambda person, to: to.registered_by.get(person.id, "")),
    Column("checked_at", _l("Checked"), 18, lambda person, _: person.checked_at),
)
NAMES = ", ".join(column.key for column in COLUMNS)
