"""This page's address again, with some of its query changed (language switch, sorting, tabs, pages); local paths."""

from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, request

_LEFT_AS_IT_IS = "/:@!$&'()*+,;=~-._"


def here(*, path: str | None = None, **changes: object) -> str:
    """The address of this page without its host; `changes` replace query values, None removes one.

    `path` leads to another page (as url_for made it) with this page's query.
    """
    query = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    query += [(name, str(value)) for name, value in changes.items() if value is not None]
    address = path or quote(request.script_root + request.path, safe=_LEFT_AS_IT_IS)
    return f"{address}?{urlencode(query)}" if query else address


def local_path(asked: str | None) -> str | None:
    """`asked`, if it is the address of a page of this service without its host; None for anything else."""
    if not asked or not asked.startswith("/") or "\\" in asked or not asked.isprintable():
        return None
    parts = urlsplit(asked)
    return None if parts.scheme or parts.netloc else asked


def init_app(app: Flask) -> None:
    app.jinja_env.globals["here"] = here
