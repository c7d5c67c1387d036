"""The coverage map: which of the region's municipalities a season has reached. For everyone who signs in."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import access, language, wording
from app.reports import coverage
from app.reports.coverage import Coverage, Reach
from app.reports.labels import REACHES
from app.staff import season_choice

bp = Blueprint("coverage", __name__)


@bp.route("/coverage")
def index() -> ResponseReturnValue:
    season, spoken, reach = season_choice.chosen(), language.current(), _reach()
    covered = coverage.of_season(season, reach, spoken) if season else Coverage(reach, [])
    missing = [one.name(spoken) for one in covered.missing]
    contacts: list[str] = []
    if season and covered.missing and access.manages_events(access.user()):
        access.record("coverage.contacts", f"season:{season.id}")
        covered = coverage.of_season(season, reach, spoken)  # the record's commit has let go of what was read
        contacts = coverage.contacts(season, covered.missing)
    return render_template(
        "staff/reports/coverage.html",
        season=season,
        seasons=season_choice.choices(),
        reaches=[(name, one.value, one is reach) for one, name in REACHES.items()],
        covered=covered,
        outlines=coverage.outlines(),
        missing=wording.list_of(missing, spoken),
        contacts=contacts,
    )


def _reach() -> Reach:
    asked = request.args.get("reach", "")
    return Reach(asked) if asked in set(Reach) else Reach.BOTH
