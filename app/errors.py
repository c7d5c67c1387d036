"""What goes wrong on purpose, and the pages that say so: for people in their language, for machines as RFC 9457.

An error page asks nothing of the database and runs no context processor, so it is there when they are not.
"""

from typing import NamedTuple

from flask import Flask, Response, current_app, g, jsonify, make_response, request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.wrappers import Response as AnyResponse

from app import language
from app.database import end_session


class Refused(Exception):
    """A rule said no; the message is a translated sentence for the person who asked.

    `about` is what of the things told it concerns, so that a form can say it at its field.
    """

    def __init__(self, message: str, *, about: object = None) -> None:
        super().__init__(message)
        self.about = about


class Stale(Refused):
    """Someone else has saved what was to be saved since the page with it was opened."""


class Words(NamedTuple):
    title: LazyString | str
    advice: LazyString | str


EXPIRED_FORM = Words(
    _l("The form had expired"),
    _l("Nothing was lost. Go back, and send the form again."),
)
WORDS = {
    400: Words(_l("We did not understand that"), _l("Something was missing. Go back, and try again.")),
    403: Words(_l("This page is not open to you"), _l("If you think it should be, ask the organiser for access.")),
    404: Words(
        _l("We could not find that page"),
        _l("Check that the whole address is there, or look for the event in the list."),
    ),
    405: Words(_l("That cannot be done here"), _l("Go back, and use the links and buttons on the page.")),
    409: Words(
        _l("Something changed in the meantime"),
        _l("Go back, reload the page to see how things stand now, and try again."),
    ),
    413: Words(_l("That is too large to send"), _l("Choose a smaller file or write a shorter text, and try again.")),
    429: Words(_l("Too many tries in a short time"), _l("Wait a few minutes, and try again.")),
    500: Words(_l("Something broke on our side"), _l("It was not your doing, and we will look into it.")),
    503: Words(_l("The service is taking a short break"), _l("Wait a moment, and try again.")),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(Refused, _refused)
    for unreachable in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(unreachable, _database_is_away)


def _answer(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    response = _say(status, EXPIRED_FORM if isinstance(error, CSRFError) else _words(status))
    for name, value in error.get_headers(request.environ):
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _refused(refused: Refused) -> AnyResponse:
    return _say(409, Words(_l("That is not possible"), str(refused)))


def _database_is_away(error: OperationalError | InterfaceError | PoolTimeout) -> AnyResponse:
    """Connection lost, lock not given in time, SQLite busy: nothing is broken, and the same request may work soon."""
    cause = getattr(error, "orig", None) or error
    current_app.logger.error("database unavailable: %s: %s", type(cause).__name__, cause)
    end_session()
    return _answer(ServiceUnavailable(retry_after=5))


def _words(status: int) -> Words:
    return WORDS.get(status) or WORDS[400 if status < 500 else 500]


def _say(status: int, words: Words) -> Response:
    return _problem(status, words) if _asks_for_json() else _page(status, words)


def _asks_for_json() -> bool:
    offered = ("text/html", "application/problem+json", "application/json")
    return request.path.startswith("/api/") or request.accept_mimetypes.best_match(offered, "text/html") != "text/html"


def _page(status: int, words: Words) -> Response:
    page = current_app.jinja_env.get_template("errors/page.html")
    html = page.render(
        language=language.current(),
        status=status,
        words=words,
        request_id=g.get("request_id") if status >= 500 else None,
    )
    return make_response(html, status)


def _problem(status: int, words: Words) -> Response:
    problem = {"type": "about:blank", "title": words.title, "status": status, "detail": words.advice}
    if status >= 500 and "request_id" in g:
        problem["instance"] = f"urn:request:{g.request_id}"
    response = jsonify({name: value if name == "status" else str(value) for name, value in problem.items()})
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
