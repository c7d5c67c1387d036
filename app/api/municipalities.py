"""Whose employees write from a mail domain: lets the form fill in the municipality before it is sent."""

import re

from flask import Blueprint, Response, abort, jsonify, request

from app.people import queries as people

bp = Blueprint("municipalities", __name__)

# Never an address: the form sends only what follows the @, and nothing else is wanted here.
DOMAIN = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}")
KEPT_SECONDS = 3600


@bp.get("/municipality-of")
def of_domain() -> Response:
    """{"code": "049"}, or {"code": null} for a domain that belongs to no municipality."""
    domain = request.args.get("domain", "").strip().casefold()
    if not DOMAIN.fullmatch(domain):
        abort(400)
    response = jsonify(code=people.municipality_of_address(domain))
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_SECONDS
    return response
