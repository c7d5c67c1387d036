"""Addresses of the built style sheets, scripts and fonts, and how browsers keep them.

`scripts/build_assets.py` writes static/build: files named by their content, a compressed copy of each beside it,
and manifest.json from plain names to those. A name that holds its content's hash never changes its content.
"""

import json
import mimetypes
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for

import config

BUILD = config.ROOT / "static" / "build"
_A_YEAR = 31_536_000


class AssetsNotBuilt(RuntimeError):
    """static/build is missing or older than the page that asks; `make assets` builds it."""


def asset(name: str) -> str:
    """The address of a built file, by the plain name that the build gave it, such as style.css."""
    try:
        return url_for("asset", name=manifest(BUILD)[name])
    except KeyError:
        raise AssetsNotBuilt(f"{name} is not in static/build; run `make assets`") from None


def init_app(app: Flask) -> None:
    app.add_url_rule("/static/build/<path:name>", "asset", _send)
    app.jinja_env.globals["asset"] = asset


@cache
def manifest(build: Path) -> dict[str, str]:
    """The hashed name of each built file."""
    try:
        return dict(json.loads((build / "manifest.json").read_text()))
    except FileNotFoundError:
        raise AssetsNotBuilt("static/build is missing; run `make assets`") from None


def _send(name: str) -> Response:
    compressed = request.accept_encodings.quality("gzip") > 0 and (BUILD / f"{name}.gz").is_file()
    response = send_from_directory(BUILD, f"{name}.gz" if compressed else name, max_age=_A_YEAR)
    if compressed:
        response.mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response
