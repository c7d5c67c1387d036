"""The attendee list as files: a workbook with a sheet for each municipality, and one plain table.

Whatever people have typed stays text: no cell of either file is ever read as a formula, a link or a number.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app import wording
from app.events.models import Event
from app.registrations import answer_columns, by_municipality, programme_choices, queries, waitlist
from app.registrations.by_municipality import Group, Person
from app.registrations.columns import COLUMNS, NAMES, Cell, Column, Listing
from app.registrations.workbook import write_workbook

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Export:
    """An event's list, read once in a fixed number of queries; old registrations are counted without their names."""

    event: Event
    language: str
    groups: list[Group]
    people: list[Person]
    listing: Listing
    columns: list[Column]

    @property
    def contents(self) -> str:
        """What the access log says of it."""
        return f"{len(self.people)} people: {NAMES}" + ("" if self.questions == 0 else f", {self.questions} questions")

    @property
    def questions(self) -> int:
        return len(self.columns) - len(COLUMNS)


def read(event: Event, language: str) -> Export:
    """Everything the files of an event hold, with names of municipalities in `language`."""
    grouped = by_municipality.groups(event, language)
    names = {group.municipality.code: group.municipality.name(language) for group in grouped if group.municipality}
    listed = by_municipality.people_of(event, grouped)
    chosen = {
        registration_id: [str(item.title.into(language)) for item in items]
        for registration_id, items in programme_choices.of_everyone(event).items()
    }
    listing = Listing(names, waitlist.queue_numbers(event), chosen, queries.group_contacts(event))
    return Export(event, language, grouped, listed, listing, [*COLUMNS, *answer_columns.of_event(event, language)])


def as_xlsx(export: Export) -> bytes:
    """A summary with the region's zeros and totals, then a sheet for each municipality; dates in Helsinki time."""
    summary = by_municipality.with_the_region(export.groups, export.language)
    sheets = [
        (group, [_cells(person, export) for person in listed])
        for group, listed in by_municipality.in_groups(export.groups, export.people)
    ]
    return write_workbook(export.event, export.language, summary, sheets, export.columns)


def as_csv(export: Export) -> bytes:
    """One plain table of everybody."""
    heading = [str(column.label) for column in export.columns]
    return table([heading, *(_cells(person, export) for person in export.people)], export.language)


def table(rows: Iterable[Sequence[Cell]], language: str) -> bytes:
    """What Excel in Finland opens by a double click: semicolons, CRLF, UTF-8 with its byte order mark."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([_text(cell, language) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _cells(person: Person, export: Export) -> list[Cell]:
    return [column.value(person, export.listing) for column in export.columns]


def _text(cell: Cell, language: str) -> str:
    if isinstance(cell, str):
        return _safe(cell)
    if isinstance(cell, datetime):
        return wording.date_and_time(cell, language)
    if isinstance(cell, date):
        return wording.date(cell, language)
    return "" if cell is None else str(cell).replace(".", "." if language == "en" else ",")


def _safe(text: str) -> str:
    """A spreadsheet would run what begins like a formula; an apostrophe before it makes it text (OWASP)."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
