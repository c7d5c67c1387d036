"""The season's figures and the coverage map: what is counted, who is missing, and what a file and a viewer get."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from app.database import db
from app.events.models import Season
from app.people.models import Role
from app.registrations.models import Status
from app.sparring.meeting_models import MeetingFeedback, MeetingTutor
from app.sparring.models import (
    Method,
    RequestPartner,
    RequestState,
    RequestTheme,
    StartingLevel,
    Theme,
    WishedMode,
)
from app.sparring.tutor_models import Naming, NamingStatus, TutorProfile
from app.translated import Translated
from tests import builders, html_checks, round_builders
from tests.conftest import Queries
from tests.page_client import Page, PageClient

FIGURES, COVERAGE = "/staff/sparring/figures", "/staff/coverage"
FORMULA = "=HYPERLINK(1)"


def kept(*rows: Any) -> None:
    db.session.add_all(rows)
    db.session.commit()


def table(page: Page, caption: str) -> dict[str, list[str]]:
    """The rows of a table by their headings."""
    (found,) = (one for one in page.document.iter("table") if html_checks.text_of(one.find("caption")) == caption)
    rows = [row for row in found.iter("tr") if row.find("th[@scope='row']") is not None]
    return {
        html_checks.text_of(row.find("th")): [html_checks.text_of(cell) for cell in row.findall("td")] for row in rows
    }


def a_season_of_sparring() -> Season:
    """Three requests: one held online after 10 days, one held after 20 with a partner along, one still new."""
    theme = Theme(name=Translated(fi=FORMULA, sv="Bibliotek"), position=1)
    tutor = builders.user(Role.TUTOR, name="Outi Tutor")
    kept(theme)
    first = round_builders.held(
        mode=WishedMode.ON_SITE, methods=[Method.WORKSHOP], starting_level=StartingLevel.NONE_YET
    )
    second = round_builders.held(
        builders.ASKOLA, after_days=20, language="sv", methods=[Method.WORKSHOP, Method.LECTURE]
    )
    new = round_builders.request(builders.VANTAA, mode=WishedMode.ON_SITE)
    profile = TutorProfile(season_id=new.season_id, user_id=tutor.id, municipality_code=builders.ESPOO, takes=3)
    kept(profile)
    kept(
        RequestTheme(request_id=new.id, theme_id=theme.id),
        RequestPartner(request_id=second.request_id, municipality_code=builders.RAASEPORI),
        Naming(request_id=second.request_id, profile_id=profile.id, status=NamingStatus.ACCEPTED),
        Naming(request_id=new.id, profile_id=profile.id, status=NamingStatus.DECLINED),
        MeetingTutor(meeting_id=second.id, user_id=tutor.id),
        MeetingFeedback(meeting_id=first.id, usefulness=5, arrangements=3),
        MeetingFeedback(meeting_id=second.id, usefulness=4, arrangements=3),
    )
    return new.season


def test_the_season_is_told_in_figures_each_as_a_picture_and_a_table(client: PageClient) -> None:
    a_season_of_sparring()
    builders.signed_in(client)
    page = client.get(FIGURES)
    for words in ("3 requests", "2 sparrings held", "14 participants", "3 of 26 municipalities reached"):
        assert words in page.words
    assert "15 days from request to meeting, as the median of 2 meetings" in page.words
    assert table(page, "On site or online")["On site"] == ["2", "0"]
    assert table(page, "On site or online")["Online"] == ["0", "2"]
    assert table(page, "Working method") == {"Workshop": ["2", "2"], "Lecture": ["1", "1"], "Discussion": ["0", "0"]}
    assert table(page, "Language")["Swedish"] == ["1", "1"]
    assert table(page, "Starting level")["No digital support yet"] == ["1", "1"]
    assert table(page, "Theme") == {FORMULA: ["1", "0"]}
    assert table(page, "Tutors’ load") == {"Outi Tutor, Espoo": ["3", "1", "1"]}
    assert table(page, "Feedback of the municipalities")["How useful it was"] == ["4.5", "2"]
    pictures = [one for one in page.document.iter() if one.tag.endswith("svg") and one.get("role") == "img"]
    assert len(pictures) == len(list(page.document.iter("table"))) == 8
    assert all(one.get("aria-label") for one in pictures)


def test_a_joint_meeting_is_one_sparring_of_all_who_joined_it(client: PageClient) -> None:
    meeting = round_builders.held()
    round_builders.request(builders.VANTAA, state=RequestState.HELD, joined_to_id=meeting.request_id)
    builders.signed_in(client)
    assert "1 sparring held" in client.get(FIGURES).words
    reached = table(client.get(f"{COVERAGE}?reach=sparring"), "Coverage by municipality")
    assert [reached[name][1] for name in ("Espoo", "Vantaa", "Askola")] == ["1", "1", "0"]


def test_the_file_holds_the_same_figures_and_no_formula(client: PageClient) -> None:
    a_season_of_sparring()
    builders.signed_in(client)
    workbook = load_workbook(BytesIO(client.get(f"{FIGURES}.xlsx").data))
    assert workbook.sheetnames == ["Figures", "Requests", "Tutors", "Municipalities"]
    figures = {row[0]: row[1] for row in workbook["Figures"].iter_rows(values_only=True)}
    assert figures["Held sparrings"] == 2
    assert figures["Days from request to meeting, median"] == 15
    rows = list(workbook["Requests"].iter_rows(min_row=2))
    (theme,) = (row for row in rows if row[0].value == "Theme")
    assert [cell.value for cell in theme[1:]] == [FORMULA, 1, 0]
    assert theme[1].data_type == "s"
    assert ("Raasepori", "710", None, 1) in [
        (name, code, registrations or None, sparrings)
        for name, code, registrations, sparrings in workbook["Municipalities"].iter_rows(values_only=True)
    ]


def test_a_viewer_sees_figures_and_coverage_but_no_tutor_by_name_and_no_address(client: PageClient) -> None:
    a_season_of_sparring()
    of = round_builders.round_of_calls()
    round_builders.call_row(of, builders.VANTAA, contact_email="petri@vantaa.fi")
    builders.signed_in(client, Role.VIEWER)
    page = client.get(FIGURES)
    assert table(page, "Tutors’ load") == {"Espoo": ["3", "1", "1"]}
    assert "Outi" not in page.get_data(as_text=True)
    tutors = load_workbook(BytesIO(client.get(f"{FIGURES}.xlsx").data))["Tutors"]
    assert [row[0].value for row in tutors.iter_rows(min_row=2)] == ["Espoo"]
    assert "petri@vantaa.fi" not in client.get(COVERAGE).get_data(as_text=True)
    builders.signed_in(client)
    assert "petri@vantaa.fi" in client.get(COVERAGE).words


def test_coverage_counts_confirmed_registrations_and_held_sparrings_apart_and_together(client: PageClient) -> None:
    season = a_season_of_sparring()
    event = builders.event(season=season)
    for code, status in ((builders.VANTAA, Status.CONFIRMED), (builders.VANTAA, Status.CONFIRMED),
                         (builders.ESPOO, Status.CONFIRMED), (builders.RAASEPORI, Status.WITHDRAWN)):  # fmt: skip
        builders.registration_row(event, municipality_code=code, status=status)
    builders.signed_in(client)
    page = client.get(f"{COVERAGE}?reach=events")
    assert "2 of 26 municipalities reached." in page.words
    assert table(page, "Coverage by municipality")["Vantaa"] == ["2", "0", "Yes"]
    assert shades(page) == {"Vantaa: 2": "4", "Espoo: 1": "2"}
    page = client.get(f"{COVERAGE}?reach=sparring")
    assert "3 of 26 municipalities reached." in page.words
    assert shades(page) == {"Askola: 1": "4", "Espoo: 1": "4", "Raasepori: 1": "4"}
    page = client.get(COVERAGE)
    assert "4 of 26 municipalities reached." in page.words
    assert shades(page) == {"Askola: +1": "2", "Espoo: 1+1": "4", "Raasepori: +1": "2", "Vantaa: 2": "1"}
    assert "Missing: Hanko, Helsinki, " in page.words
    assert "muokattu; rannikko Natural Earth" in page.words


def test_coverage_costs_the_same_however_many_are_missing(
    client: PageClient, count_queries: Callable[[], AbstractContextManager[Queries]]
) -> None:
    builders.season()
    builders.signed_in(client)
    with count_queries() as queries:
        assert "Missing:" in client.get(COVERAGE).words
    assert queries.count < 25, "\n".join(queries.statements)


def test_another_season_has_figures_of_its_own(client: PageClient) -> None:
    a_season_of_sparring()
    other = builders.season(name=Translated(fi="Kausi 2025"), starts_on=builders.in_days(-700).date(),
                            ends_on=builders.in_days(-400).date())  # fmt: skip
    builders.signed_in(client)
    page = client.submit(client.get(COVERAGE), "Show", season=str(other.id))
    assert "0 of 26 municipalities reached." in page.words
    assert "0 requests" in client.get(f"{FIGURES}?season={other.id}").words
    assert client.get(f"{FIGURES}?season=4711").status_code == 404


def shades(page: Page) -> dict[str, str]:
    """What the map calls each municipality that was reached, with its shade."""
    areas = [one for one in page.document.iter() if "k-map__area" in (one.get("class") or "")]
    assert len(areas) == 26
    named = {html_checks.text_of(one): (one.get("class") or "")[-1] for one in areas}
    return {name: shade for name, shade in named.items() if shade != "0"}
