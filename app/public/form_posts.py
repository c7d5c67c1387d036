"""How many forms one client may send. Generous: a whole city leaves through one address."""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app
from flask_limiter import RequestLimit

from app.extensions import limiter


def limited(answer: Callable[[RequestLimit], Response] | None = None) -> Callable[[Any], Any]:
    """Decorates a view: POSTs beyond the setting get 429; `answer` gives the page again with what was typed."""
    return limiter.limit(_setting, methods=["POST"], on_breach=answer)


def _setting() -> str:
    return str(current_app.config["SETTINGS"].ratelimit_form_posts)
