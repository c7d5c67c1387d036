"""How many forms one client may send. Generous: a whole city leaves through one address."""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, make_response, render_template, request
from flask_babel import gettext as _
from flask_limiter import RequestLimit

from app.extensions import limiter


def limited(answer: Callable[[RequestLimit], Response] | None = None) -> Callable[[Any], Any]:
    """Decorates a view: POSTs beyond the setting get 429, and what was typed is kept.

    `answer` gives the view's own page again; else a page of a single button carries it along unseen.
    """
    return limiter.limit(_setting, methods=["POST"], on_breach=answer or _send_again)


def too_many_sent() -> str:
    """What a form says above what was typed."""
    return _("Many forms have come from your network in a short time. Wait a few minutes and send this again.")


def _send_again(_limit: RequestLimit) -> Response:
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return make_response(render_template("public/too_many.html", typed=typed), 429)


def _setting() -> str:
    return str(current_app.config["SETTINGS"].ratelimit_form_posts)
