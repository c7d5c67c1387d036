"""The season's sparring in figures, as a page and as a file. For everyone who signs in."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from app import access, language
from app.reports import coverage, sparring, sparring_workbook
from app.reports.coverage import Reach
from app.reports.labels import PARTS
from app.staff import season_choice
from app.staff.municipalities import XLSX

bp = Blueprint("sparring_figures", __name__)


@bp.route("/sparring/figures")
def index() -> ResponseReturnValue:
    season = season_choice.chosen()
    return render_template(
        "staff/reports/sparring.html",
        season=season,
        seasons=season_choice.choices(),
        figures=sparring.of_season(season, language.current()) if season else None,
        parts=PARTS,
        names_tutors=access.sees_names(access.user()),
    )


@bp.route("/sparring/figures.xlsx")
def xlsx() -> ResponseReturnValue:
    season, spoken = season_choice.chosen() or abort(404), language.current()
    body = sparring_workbook.write(
        season,
        sparring.of_season(season, spoken),
        coverage.of_season(season, Reach.BOTH, spoken),
        spoken,
        names_tutors=access.sees_names(access.user()),
    )
    response = Response(body, content_type=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=f"sparring-{season.starts_on}.xlsx")
    return response
