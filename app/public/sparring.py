"""What sparring is, who the tutors are this season, and the way to ask."""

from flask import Blueprint, render_template

from app import markdown
from app.headers import public_page
from app.language import NAMES
from app.sparring import queries

bp = Blueprint("sparring", __name__)


@bp.get("/<lang:language>/sparring/")
@public_page
def index() -> str:
    season = queries.season_now()
    tutors = queries.shown_tutors(season) if season else []
    return render_template(
        "public/sparring/index.html",
        season=season,
        round=queries.open_round(season) if season else None,
        tutors=[(tutor, [str(NAMES[code]) for code in tutor.languages]) for tutor in tutors],
        themes=queries.themes(),
        markdown=markdown.render,
    )


@bp.app_template_filter()
def initials(name: str) -> str:
    """What stands in place of a picture: "MÅ"."""
    return "".join(part[0] for part in name.split()[:2])
