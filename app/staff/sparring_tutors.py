"""The tutors of a season."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import access

bp = Blueprint("sparring_tutors", __name__)
bp.before_request(access.organisers)


@bp.route("/sparring/tutors/")
def index() -> ResponseReturnValue:
    return render_template("staff/sparring/tutors.html")
