"""Pages behind a secret in the address: whose they are, in which language, and what becomes of a dead link."""

from enum import StrEnum, auto
from typing import Any, NoReturn, TypeVar

from flask import Response, abort, g, make_response, render_template, request, url_for

from app.registrations import queries
from app.registrations.answer_models import Handover
from app.registrations.models import Group, Registration

Found = TypeVar("Found", Registration, Group, Handover)


class Link(StrEnum):
    """What a dead link was for: each leaves something else to do."""

    OWN = auto()
    GROUP = auto()
    HAND_OVER = auto()
    ADDRESS = auto()
    WISH = auto()


def manage(token: str) -> Registration:
    """The registration of a personal page's link; a dead link gets a page that helps (404)."""
    return in_own_language(queries.by_manage_token(token) or unknown())


def join(token: str) -> Registration:
    """The registration of a join page's link."""
    return in_own_language(queries.by_join_token(token) or unknown())


def unknown(link: Link = Link.OWN, page: str = "public/personal_unknown.html") -> NoReturn:
    """404, with a page that says how one comes by a link that works."""
    abort(make_response(render_template(page, link=link), 404))


def page(endpoint: str, token: str, **parts: Any) -> str:
    """The address of a page of the same link, in the language that the visitor has asked for."""
    return url_for(endpoint, token=token, lang=request.args.get("lang"), **parts)


def keep_from_robots(response: Response) -> Response:
    """A link that was posted somewhere must not end in a search engine."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def group(token: str) -> Group:
    """The group of a contact's link."""
    return in_own_language(queries.by_group_token(token) or unknown(Link.GROUP))


def in_own_language(found: Found) -> Found:
    """Let the page speak the language in which the person is written to, unless ?lang= asks for another."""
    g.own_language = found.language
    return found
