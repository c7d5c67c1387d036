"""Logs as JSON lines on standard output: one line per request, and faults by where they happened.

Nothing about a person and no secret is written: the route's pattern instead of the address, no query, no client
address, tracebacks without values.
"""

import logging
import re
import sys
import time
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request
from sqlalchemy.exc import DBAPIError
from structlog.typing import EventDict, Processor

_SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_ADDRESS_OR_TOKEN = re.compile(r"\S+@\S+|[A-Za-z0-9_-]{22,}")
_LONGEST_MESSAGE = 300

log = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Call it before all else, so that the line tells of the whole request."""
    _configure()
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _unforeseen  # type: ignore[method-assign]  # Flask's own line holds the address, so the token


def request_id() -> str:
    """The request's id, as it stands in the logs and in the X-Request-ID of the answer."""
    return str(g.request_id)


def faults(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """The exception and its causes, the last first: kind, message without addresses and tokens, and the lines."""
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        yield {
            "kind": f"{type(error).__module__}.{type(error).__qualname__}",
            "message": _message(error),
            "lines": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
        }
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _begin() -> None:
    g.request_began = time.perf_counter()
    asked = request.headers.get("X-Request-ID", "")
    g.request_id = asked if _SANE_REQUEST_ID.fullmatch(asked) else uuid4().hex
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    milliseconds = round((time.perf_counter() - g.request_began) * 1000, 1)
    log.info("request", method=request.method, route=_route(), status=response.status_code, ms=milliseconds)
    return response


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "none"


def _unforeseen(
    exc_info: tuple[type, BaseException, TracebackType | None] | tuple[None, None, None],
) -> None:
    log.error("unforeseen error", method=request.method, route=_route(), exc_info=exc_info)


def _message(error: BaseException) -> str:
    if isinstance(error, DBAPIError):  # the database's own words quote the row
        return str(getattr(getattr(error.orig, "diag", None), "constraint_name", None) or "")
    if type(error).__module__.split(".")[0] in {"psycopg", "sqlite3"}:
        return ""
    return _ADDRESS_OR_TOKEN.sub("…", str(error))[:_LONGEST_MESSAGE]


def _explain_faults(_logger: object, _method: str, entry: EventDict) -> EventDict:
    given = entry.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if error:
        entry["faults"] = list(faults(error))
    return entry


class _StandardOutput(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        sys.stdout.write(self.format(record) + "\n")
        sys.stdout.flush()


def _configure() -> None:
    """Ours and the libraries' lines in one form; of the libraries only warnings."""
    entries: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _explain_faults,
    ]
    as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*entries, as_json],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(handler, _StandardOutput) for handler in root.handlers):
        handler = _StandardOutput()
        form = structlog.stdlib.ProcessorFormatter
        handler.setFormatter(form(foreign_pre_chain=entries, processors=[form.remove_processors_meta, as_json]))
        root.addHandler(handler)
