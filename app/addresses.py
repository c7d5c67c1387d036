"""Addresses: this page's again with some of its query changed, those of our own pages, and those that cannot be."""

from urllib.parse import quote, urlencode

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

_LEFT_AS_IT_IS = "/:@!$&'()*+,;=~-._"
_LARGEST_ID = 2**31 - 1


class RowConverter(IntegerConverter):
    """`<int:…>` in a rule: a row's number, and no number that a database cannot even compare with one."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=_LARGEST_ID)


def here(*, path: str | None = None, **changes: object) -> str:
    """The address of this page without its host; `changes` replace query values, None removes one.

    `path` leads to another page (as url_for made it) with this page's query instead of its own.
    """
    query = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    query += [(name, str(value)) for name, value in changes.items() if value is not None]
    address = path.partition("?")[0] if path else quote(request.script_root + request.path, safe=_LEFT_AS_IT_IS)
    return f"{address}?{urlencode(query)}" if query else address


def local_path(asked: str | None) -> str | None:
    """`asked`, if it is the address of a page of this service without its host; None for anything else."""
    if not asked or not asked.startswith("/") or asked.startswith("//"):  # "////host" leads out as "//host" does
        return None
    return asked if asked.isprintable() and "\\" not in asked else None


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowConverter
    app.before_request(_hold_no_zero_byte)
    app.jinja_env.globals["here"] = here


def _hold_no_zero_byte() -> None:
    """No text of ours has one, and PostgreSQL fails when it is asked for such a text."""
    if "\0" in request.path or b"%00" in request.query_string:
        abort(404)
