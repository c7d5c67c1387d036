"""The attendee list as files: opened here as a spreadsheet program opens them."""

import csv
import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select

from app.database import db
from app.events.models import Attendance, Event, Mode
from app.people.models import AccessLogEntry
from app.registrations import columns
from app.registrations.by_municipality import Group
from app.registrations.models import Status
from app.registrations.workbook import write_workbook
from tests import builders
from tests.conftest import CountQueries
from tests.page_client import PageClient

FORMULAS = ["=1+1", "+358401234567", "-2", "@SUM(A1)", "\t=1", "＝1+1", "  =cmd|' /C calc'!A0"]


def workbook(client: PageClient, event: Event, language: str = "en") -> Workbook:
    answer = client.get(f"/staff/events/{event.id}/municipalities.xlsx?lang={language}")
    assert answer.status_code == 200
    assert f"attachment; filename={event.slug}.xlsx" == answer.headers["Content-Disposition"]
    return load_workbook(io.BytesIO(answer.data))


def rows(client: PageClient, event: Event, language: str = "en") -> list[dict[str, str]]:
    answer = client.get(f"/staff/events/{event.id}/municipalities.csv?lang={language}")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    text = answer.data.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def figures(book: Workbook) -> dict[str, dict[str, int]]:
    """The summary's lines by municipality."""
    lines = list(book.worksheets[0].iter_rows(min_row=4, values_only=True))
    return {line[0]: dict(zip(lines[0][1:], line[1:], strict=True)) for line in lines[1:]}


def test_the_summary_counts_every_municipality_of_the_region_with_its_zeros_and_totals(organiser: PageClient) -> None:
    event = builders.event(attendance=Attendance.HYBRID)
    builders.registration_row(event, mode=Mode.ON_SITE)
    builders.registration_row(event, mode=Mode.ONLINE, status=Status.WAITING)
    builders.registration_row(event, mode=Mode.ONLINE, municipality_code="837", status=Status.WITHDRAWN)
    found = figures(workbook(organiser, event))
    assert len(found) == 26 + 1 + 1  # the region, Tampere, the total
    assert found["Askola"] == dict.fromkeys(found["Askola"], 0) | {"Municipality code": "018"}
    assert found["Espoo"]["Confirmed: On site"] == found["Espoo"]["Waiting: Online"] == 1
    assert list(found["Total"].items()) == [
        ("Municipality code", None),
        *(("Confirmed", 1), ("Confirmed: On site", 1), ("Confirmed: Online", 0)),
        *(("Waiting", 1), ("Waiting: On site", 0), ("Waiting: Online", 1)),
        *(("Withdrawn", 1), ("Withdrawn: On site", 0), ("Withdrawn: Online", 1)),
    ]


def test_each_municipality_has_a_sheet_that_is_ready_to_work_with(organiser: PageClient) -> None:
    event = builders.event()
    registered_at = datetime.fromisoformat("2027-07-01T06:02:00+00:00")
    builders.registration_row(event, family_name="Öhman", municipality_code="710", registered_at=registered_at)
    builders.registration_row(event, family_name="Aalto", municipality_code="710")
    builders.registration_row(event, municipality_code=None, organisation="Eläkeliitto ry")
    book = workbook(organiser, event)
    assert book.sheetnames == ["Summary", "Raasepori", "Other organisations"]
    sheet = book["Raasepori"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:O3")
    heading, first, second = sheet.iter_rows(values_only=True)
    assert [first[0], second[0]] == ["Aalto", "Öhman"]
    line = dict(zip(heading, second, strict=True))
    assert line["Municipality code"] == "710"
    assert line["Registered"] == datetime(2027, 7, 1, 9, 2)  # a date cell, in Helsinki time
    assert sheet.column_dimensions["C"].width > 30


def test_files_speak_the_readers_language(organiser: PageClient) -> None:
    event = builders.event()
    builders.registration_row(event, municipality_code="710")
    assert workbook(organiser, event, "sv").sheetnames[1] == "Raseborg"
    [line] = rows(organiser, event, "sv")
    assert "Raseborg" in line.values()


@pytest.mark.parametrize("typed", FORMULAS)
def test_what_people_type_is_never_a_formula(organiser: PageClient, typed: str) -> None:
    event = builders.event()
    builders.registration_row(event, family_name=typed, role=typed)
    cell = workbook(organiser, event)["Espoo"]["A2"]
    assert (cell.data_type, cell.value) == ("s", typed)
    [line] = rows(organiser, event)
    assert line["Family name"] == f"'{typed}"


def test_the_table_has_everyone_with_codes_as_text_and_withdrawn_people_marked(organiser: PageClient) -> None:
    event = builders.event()
    builders.registration_row(event, family_name="Niemi", municipality_code="018", status=Status.WITHDRAWN)
    builders.registration_row(event, family_name="Åberg; Söhn", status=Status.WAITING)
    first, second = rows(organiser, event)
    assert (first["Municipality code"], first["Status"]) == ("018", "Withdrawn")
    assert (second["Family name"], second["Number in the queue"]) == ("Åberg; Söhn", "1")


def test_a_sheets_name_is_one_that_excel_takes_and_no_other_has(organiser: PageClient) -> None:
    event = builders.event()
    names = [
        "History",
        "a/b:c*d[e]?",
        "'quoted'",
        "A very long name of a municipality one",
        "a very long name of a municipality two",
    ]
    sheets = [(_group_called(name), []) for name in names]
    book = load_workbook(io.BytesIO(write_workbook(event, "fi", [], sheets)))
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert len({name.casefold() for name in book.sheetnames}) == len(names) + 1
    assert book.sheetnames[1:4] == ["History 2", "a b c d e", "quoted"]


def test_each_download_is_logged_with_columns_and_count_and_nobodys_data(organiser: PageClient) -> None:
    event = builders.event()
    builders.many_registrations(event, 30)
    organiser.get(f"/staff/events/{event.id}/municipalities.csv")
    organiser.get(f"/staff/events/{event.id}/municipalities.xlsx")
    logged = list(db.session.scalars(select(AccessLogEntry).order_by(AccessLogEntry.id)))
    assert [(entry.action, entry.subject) for entry in logged] == [
        ("export.csv", f"event:{event.id}"),
        ("export.xlsx", f"event:{event.id}"),
    ]
    assert logged[0].details == f"30 people: {columns.NAMES}"


def test_without_its_row_in_the_log_there_is_no_download(organiser: PageClient) -> None:
    event = builders.event()
    builders.registration_row(event)

    def lose_the_log(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "INSERT INTO access_log" in statement:
            raise ConnectionError("the disk is full")

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", lose_the_log)
    organiser.application.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        answer = organiser.get(f"/staff/events/{event.id}/municipalities.csv")
    finally:
        organiser.application.config["PROPAGATE_EXCEPTIONS"] = None
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", lose_the_log)
    assert answer.status_code == 500
    assert b"kerlund" not in answer.data


def test_five_thousand_people_come_with_the_queries_of_fifty(
    organiser: PageClient, count_queries: CountQueries
) -> None:
    small, large = builders.event(), builders.event()
    builders.many_registrations(small, 50)
    builders.many_registrations(large, 5000)
    counts = []
    for event in (small, large):
        with count_queries() as queries:
            answer = organiser.get(f"/staff/events/{event.id}/municipalities.xlsx")
        counts.append(queries.count)
    assert counts[0] == counts[1]
    sheets = load_workbook(io.BytesIO(answer.data), read_only=True).worksheets[1:]
    assert sum(sheet.max_row - 1 for sheet in sheets) == 5000


def _group_called(name: str) -> Group:
    return Group(builders.unsaved_municipality(name))
