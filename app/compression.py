"""Answers in gzip, where that is safe.

The length of a compressed page tells an attacker who can put text into it and watch the traffic what else stands
in it (BREACH). So a page is compressed only when it holds no secret: the same page for everyone, without a form's
token. The built files, most of a first visit, are compressed when they are built.
"""

import gzip

from flask import Flask, Response, g, request

from app.headers import is_public

WORTH_IT = 1024
_TEXT = ("text/", "application/json", "application/problem+json", "image/svg+xml")


def init_app(app: Flask) -> None:
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _may_be_compressed(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(response.get_data(), compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _may_be_compressed(response: Response) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and is_public()
        and "csrf_token" not in g
        and (response.mimetype or "").startswith(_TEXT)
        and not response.is_streamed
        and "Content-Encoding" not in response.headers
        and (response.calculate_content_length() or 0) >= WORTH_IT
    )
