"""The season's sparring figures as an XLSX workbook: a sheet of figures, the breakdowns, tutors, municipalities."""

import io
from collections.abc import Sequence

from flask_babel import gettext as _
from xlsxwriter import Workbook

from app import clock, wording
from app.events.models import Season
from app.registrations.columns import Cell
from app.registrations.workbook import TEXT_STAYS_TEXT, heading_look, write_heading
from app.reports.coverage import Coverage
from app.reports.labels import PARTS
from app.reports.sparring import Figures


def write(season: Season, figures: Figures, coverage: Coverage, language: str, *, names_tutors: bool) -> bytes:
    """Whatever people have typed stays text. Tutors are called by their municipality where the reader sees no names."""
    written = io.BytesIO()
    workbook = Workbook(written, {"in_memory": True, **TEXT_STAYS_TEXT})
    title = _("Sparring: %(season)s", season=season.name.into(language))
    workbook.set_properties({"title": title})
    made = _("Made %(when)s", when=wording.date_and_time(clock.now(), language))
    _sheet(workbook, _("Figures"), [(title, 48), (made, 24)], _figures(figures))
    columns = [(_("Figure"), 24), ("", 48), (_("Requests"), 12), (_("Held"), 12)]
    _sheet(workbook, _("Requests"), columns, _breakdowns(figures))
    columns = [(_("Tutor"), 32), (_("Takes"), 12), (_("Accepted"), 12), (_("Held"), 12)]
    _sheet(workbook, _("Tutors"), columns, _tutors(figures, names_tutors=names_tutors))
    columns = [(_("Municipality"), 24), (_("Municipality code"), 14), (_("Registrations"), 14), (_("Sparrings"), 14)]
    _sheet(workbook, _("Municipalities"), columns, _municipalities(coverage, language))
    workbook.close()
    return written.getvalue()


def _figures(figures: Figures) -> list[list[Cell]]:
    return [
        [_("Requests"), figures.requests],
        [_("Held sparrings"), figures.held],
        [_("Participants in them"), figures.participants],
        [_("Municipalities reached"), figures.reached],
        [_("Municipalities of the region"), figures.region],
        [_("Days from request to meeting, median"), figures.median_days],
        [_("Feedback: answers"), figures.feedback.answers],
        [_("Feedback: usefulness, 1–5"), figures.feedback.usefulness],
        [_("Feedback: arrangements, 1–5"), figures.feedback.arrangements],
    ]


def _breakdowns(figures: Figures) -> list[list[Cell]]:
    return [
        [str(PARTS[part]), line.label, line.requests, line.held]
        for part, lines in figures.parts.items()
        for line in lines
    ]


def _tutors(figures: Figures, *, names_tutors: bool) -> list[list[Cell]]:
    return [
        [
            f"{load.name}, {load.municipality}" if names_tutors else load.municipality,
            load.takes,
            load.accepted,
            load.held,
        ]
        for load in figures.load
    ]


def _municipalities(coverage: Coverage, language: str) -> list[list[Cell]]:
    return [
        [row.municipality.name(language), row.municipality.code, row.registrations, row.sparrings]
        for row in coverage.rows
    ]


def _sheet(workbook: Workbook, name: str, columns: Sequence[tuple[str, int]], rows: list[list[Cell]]) -> None:
    sheet = workbook.add_worksheet(name)
    write_heading(sheet, 0, columns, heading_look(workbook))
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, str(cell))
