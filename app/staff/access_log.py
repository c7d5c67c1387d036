"""Who looked at, changed or exported personal data. For administrators."""

from math import ceil

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import access
from app.people import queries as people

bp = Blueprint("access_log", __name__)
bp.before_request(access.administrators)

PER_PAGE = 100


@bp.route("/access-log/")
def index() -> ResponseReturnValue:
    pages = max(1, ceil(people.access_log_size() / PER_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "staff/access_log.html",
        entries=people.access_log(first=(page - 1) * PER_PAGE, at_most=PER_PAGE),
        page=page,
        pages=pages,
    )
