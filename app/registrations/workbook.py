"""The attendee list as an XLSX workbook: how its sheets look and what they are called."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app import clock, wording
from app.events.models import Event, Mode
from app.registrations import by_municipality, labels
from app.registrations.by_municipality import Group
from app.registrations.columns import COLUMNS, Cell, Column
from app.registrations.models import Status

LONGEST_NAME = 31
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DATE_FORMATS = {"fi": r"d\.m\.yyyy h\.mm", "sv": r"d\.m\.yyyy h\.mm", "en": "d mmm yyyy h:mm"}

Sheet = tuple[Group, list[list[Cell]]]


class _Look(NamedTuple):
    heading: Format
    moment: Format
    day: Format


def write_workbook(
    event: Event,
    language: str,
    summary: Sequence[Group],
    sheets: Sequence[Sheet],
    columns: Sequence[Column] = COLUMNS,
) -> bytes:
    """The summary first, then each group's people, rows as `columns` has them. Never touches the disk."""
    written = io.BytesIO()
    workbook = Workbook(written, {"in_memory": True, **TEXT_STAYS_TEXT})
    workbook.set_properties({"title": str(event.title.into(language))})
    names = _SheetNames()
    _write_summary(workbook, names, event, language, summary)
    moment, day = (
        workbook.add_format({"num_format": pattern, "align": "left"})
        for pattern in (DATE_FORMATS[language], DATE_FORMATS[language].rpartition(" ")[0])
    )
    look = _Look(heading_look(workbook), moment, day)
    for group, rows in sheets:
        sheet = workbook.add_worksheet(names.unique(group_name(group, language)))
        _write_people(sheet, rows, columns, look)
    workbook.close()
    return written.getvalue()


def group_name(group: Group, language: str) -> str:
    return group.municipality.name(language) if group.municipality else _("Other organisations")


def _write_people(sheet: Worksheet, rows: list[list[Cell]], columns: Sequence[Column], look: _Look) -> None:
    write_heading(sheet, 0, [(str(column.label), column.width) for column in columns], look.heading)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, column, clock.helsinki(cell).replace(tzinfo=None), look.moment)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, cell, look.day)
            elif isinstance(cell, int | float):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, cell)


def _write_summary(
    workbook: Workbook, names: "_SheetNames", event: Event, language: str, summary: Sequence[Group]
) -> None:
    sheet = workbook.add_worksheet(names.unique(_("Summary")))
    bold = workbook.add_format({"bold": True})
    title = workbook.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, str(event.title.into(language)), title)
    made = _("Made %(when)s. Holds personal data: delete it when you need it no more.", when=_now(language))
    sheet.write_string(1, 0, made)
    counted = _counted(event, summary)
    columns = [(_("Municipality"), 24), (_("Municipality code"), 14), *((label, 18) for label, _key in counted)]
    write_heading(sheet, 3, columns, heading_look(workbook))
    rows = [(group_name(group, language), group.code or "", group) for group in summary]
    total = by_municipality.total(summary)
    for number, (name, code, group) in enumerate([*rows, (_("Total"), "", total)], start=4):
        look = bold if group is total else None
        sheet.write_string(number, 0, name, look)
        sheet.write(number, 1, code or None, look)
        for column, (_label, key) in enumerate(counted, start=2):
            sheet.write_number(number, column, group.count(*key), look)
    sheet.autofilter(3, 0, 3 + len(rows), len(columns) - 1)


def _counted(event: Event, summary: Sequence[Group]) -> list[tuple[str, tuple[Status, Mode | None]]]:
    """The columns of figures: each status, and where people take part in both ways, each status in each way."""
    everyone = by_municipality.total(summary)
    counts = everyone.counts
    statuses = labels.shown_statuses({status: everyone.count(status) for status in Status})
    modes = sorted({mode for _status, mode in counts} | set(event.modes), key=list(Mode).index)
    columns: list[tuple[str, tuple[Status, Mode | None]]] = []
    for status, label in statuses.items():
        columns.append((str(label), (status, None)))
        if len(modes) > 1:
            columns += [
                (_("%(status)s: %(mode)s", status=label, mode=labels.MODES[mode]), (status, mode)) for mode in modes
            ]
    return columns


def write_heading(sheet: Worksheet, row: int, columns: Sequence[tuple[str, int]], look: Format) -> None:
    """The labels of a sheet's columns with their widths; they stay in sight, and repeat on each printed page."""
    for number, (label, width) in enumerate(columns):
        sheet.write_string(row, number, label, look)
        sheet.set_column(number, number, width)
    sheet.freeze_panes(row + 1, 1)
    sheet.repeat_rows(row)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def heading_look(workbook: Workbook) -> Format:
    """White on the service's blue."""
    look = {"bold": True, "bg_color": "#003479", "font_color": "#ffffff", "text_wrap": True, "valign": "top"}
    return workbook.add_format(look)


def _now(language: str) -> str:
    return wording.date_and_time(clock.now(), language)


class _SheetNames:
    """Excel takes 31 characters, none of []:*?/\\, no apostrophe at an end, and no name twice in any case."""

    def __init__(self) -> None:
        self._taken = {"history"}

    def unique(self, name: str) -> str:
        safe = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:LONGEST_NAME].strip(" '") or "–"
        candidate, number = safe, 1
        while candidate.casefold() in self._taken:
            number += 1
            candidate = f"{safe[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        self._taken.add(candidate.casefold())
        return candidate
