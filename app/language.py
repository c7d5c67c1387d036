"""Which language a page speaks: the address says it, else the person, else the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, redirect, request
from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as AnyResponse

import config
from app.addresses import here
from app.extensions import babel

LANGUAGES = ("fi", "sv", "en")
DEFAULT = "fi"
NAMES = {"fi": _l("Finnish"), "sv": _l("Swedish"), "en": _l("English")}
OWN_NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}
IN_EACH = {"fi": _l("In Finnish"), "sv": _l("In Swedish"), "en": _l("In English")}
_OF_LINKS = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


class LanguageConverter(BaseConverter):
    """`<lang:language>` in a rule: one of the service's languages and nothing else."""

    regex = "|".join(LANGUAGES)


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str
    is_current: bool

    @property
    def short(self) -> str:
        return self.code.upper()


def current() -> str:
    """The language of this page, or the default where there is no page.

    In order: the address, `?lang=`, the person's own choice, what the browser asks for, Finnish.
    """
    if "language" in g:
        return str(g.language)
    if not has_request_context():
        return DEFAULT
    for asked in (_in_path(request.path), request.args.get("lang"), g.get("own_language")):
        if asked in LANGUAGES:
            return str(asked)
    return request.accept_languages.best_match(LANGUAGES, DEFAULT) or DEFAULT


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts and addresses made inside are in `language`: a mail is written in its reader's language."""
    before = g.get("language")
    g.language = language
    try:
        with force_locale(language):
            yield
    finally:
        if before is None:
            g.pop("language")
        else:
            g.language = before


def language_links() -> list[LanguageLink]:
    """The same page in each language, path and query kept."""
    return [
        LanguageLink(code=code, name=_OF_LINKS[code], url=_here_in(code), is_current=code == current())
        for code in LANGUAGES
    ]


def init_app(app: Flask) -> None:
    app.url_map.converters["lang"] = LanguageConverter
    babel.init_app(
        app,
        locale_selector=current,
        default_locale="en",
        default_translation_directories=str(config.ROOT / "translations"),
    )
    app.jinja_env.globals["_"] = _translated
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.add_url_rule("/", "home", _home)
    app.context_processor(lambda: {"language": current()})
    app.jinja_env.globals["language_links"] = language_links
    app.after_request(_say_language)


@pass_eval_context
def _translated(rendering: EvalContext, text: str, /, **values: object) -> str:
    """`_()` of the templates, as Jinja's own does it but not by way of three others: a page has dozens of texts."""
    words = Markup(gettext(text)) if rendering.autoescape else gettext(text)  # noqa: S704 - the texts are our own
    return words % values if values or "%" in words else words


def _home() -> AnyResponse:
    response = redirect(here(path=f"{request.script_root}/{current()}/", lang=None))
    response.vary.add("Accept-Language")
    return response


def _in_path(path: str) -> str | None:
    first = path.split("/", 2)[1:2]
    return first[0] if first and first[0] in LANGUAGES else None


def _here_in(code: str) -> str:
    asked = _in_path(request.path)
    if asked is None:
        return here(lang=code)
    rest = here(lang=None).removeprefix(f"{request.script_root}/{asked}")
    return f"{request.script_root}/{code}{rest}"


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "language" in values:
        g.language = values.pop("language")


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    known = endpoint in current_app.view_functions  # else url_for itself says best what is wrong
    if known and "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = current()


def _say_language(response: Response) -> Response:
    if response.mimetype in ("text/html", "application/problem+json"):
        response.headers["Content-Language"] = current()
        if _in_path(request.path) is None:
            response.vary.update(["Accept-Language", "Cookie"])
    return response
