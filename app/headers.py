"""Security headers, on every answer, and who may keep a copy of it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, Response, g, session

P = ParamSpec("P")
R = TypeVar("R")

# Everything is served from here and nothing is written inline, so the policy needs no exceptions and no nonce.
CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # No other site learns the address of a personal page. Our own must: over HTTPS the check of forms against
    # cross-site requests reads the Referer, so "no-referrer" would refuse every form.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The web server would say its own name here.
    "Server": "Kuntailmo",
}
HSTS = "max-age=63072000; includeSubDomains"

NOBODY_KEEPS = "no-store"
THE_BROWSER_KEEPS = "private, max-age=0, must-revalidate"


def public_page(view: Callable[P, R]) -> Callable[P, R]:
    """For a view that shows everyone the same: the browser may keep the page, and it may be compressed.

    An empty form is such a page: going back to it finds what was typed. Every other page counts as personal and is
    stored nowhere, and so does this one when it holds a message for one visitor or a signed-in user's view.
    """

    @wraps(view)
    def shown_to_everyone(*args: P.args, **kwargs: P.kwargs) -> R:
        g.public_page = "_flashes" not in session
        return view(*args, **kwargs)

    return shown_to_everyone


def is_public() -> bool:
    """Whether the answer being made holds nothing of one visitor but a form's token. Ask after the view has run."""
    return g.get("public_page", False) and g.get("user") is None


def init_app(app: Flask) -> None:
    headers = dict(HEADERS)
    if app.config["SETTINGS"].base_url.startswith("https://"):
        headers["Strict-Transport-Security"] = HSTS

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", THE_BROWSER_KEEPS if is_public() else NOBODY_KEEPS)
        return response
