"""A test client that behaves as a browser does: it checks each page, follows links, and fills in a page's own form."""

from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask, Response, has_app_context
from flask.testing import FlaskClient, FlaskCliRunner
from werkzeug.test import TestResponse

from app.database import db
from tests import html_checks, page_form


class Page(Response):
    """An answer, with what a person would look at first."""

    @cached_property
    def document(self) -> Element:
        return html_checks.parse(self.get_data(as_text=True))

    @property
    def title(self) -> str:
        return html_checks.text_of(self.document.find("./head/title"))

    @property
    def h1(self) -> str:
        return html_checks.text_of(self.document.find(".//h1"))

    @property
    def words(self) -> str:
        """All that can be read in the page's main part, in one line."""
        main = self.document.find(".//main")
        return html_checks.text_of(self.document if main is None else main)

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        summaries = [part for part in self.document.iter() if part.get("role") == "alert"]
        return [html_checks.text_of(item) for summary in summaries for item in summary.iter("li")]


class PageClient(FlaskClient):
    """Every HTML page it fetches is checked. A request shares no session, and no `g`, with the test around it.

    Its reader prefers English.
    """

    checks_pages = True

    def __init__(self, application: Flask, _response_class: type[Response], **kwargs: Any) -> None:
        super().__init__(application, Page, **kwargs)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    def open(self, *args: Any, check_html: bool = True, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)
        with _as_its_own_process(self.application):
            page = super().open(*args, **kwargs)
        if check_html and self.checks_pages and _is_new(page):
            page.document = html_checks.check(page.get_data(as_text=True))
        return page

    def submit(self, page: TestResponse, button: str | None = None, /, **fields: Any) -> TestResponse:
        """Fill in the page's form, press its button and follow the redirect (which `.history` keeps).

        `button` is the text on it, needed where a page has several forms or buttons. A field is given as the person
        would: text, the value of a choice, a list of values or True and False for check boxes. What the form does
        not offer is refused, and hidden fields go along.
        """
        form = page_form.find(page.document, button)
        form.fill(fields)
        target = form.action or page.request.full_path.rstrip("?")
        if form.method == "get":
            return self.get(target, query_string=form.data(), follow_redirects=True)
        return self.post(target, data=form.data(), content_type=form.encoding, follow_redirects=True)

    def click(self, page: TestResponse, text: str) -> TestResponse:
        """Follow the link with this text or label."""
        links = [link for link in page.document.iter("a")
                 if text in (html_checks.text_of(link), link.get("aria-label"))]  # fmt: skip
        targets = {link.get("href") for link in links}
        assert len(targets) == 1, f"{len(targets)} links read {text!r}"
        return self.get(targets.pop(), follow_redirects=True)


def _is_new(page: TestResponse) -> bool:
    """An HTML page that was not checked yet; what a redirect led to comes by twice."""
    is_page = page.mimetype == "text/html" and not 300 <= page.status_code < 400 and page.data
    return bool(is_page) and "document" not in vars(page)


class CommandRunner(FlaskCliRunner):
    def invoke(self, *args: Any, **kwargs: Any) -> Any:
        with _as_its_own_process(self.app):
            return super().invoke(*args, **kwargs)


class _as_its_own_process:  # noqa: N801 - reads as what it does
    """Ends the test's own transaction, so that it sees afterwards what the service has written."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __enter__(self) -> None:
        if has_app_context():
            unsaved = [*db.session.new, *db.session.dirty, *db.session.deleted]
            assert not unsaved, f"commit what the test has made: {unsaved}"
            db.session.rollback()
        self._context = self._app.app_context()
        self._context.push()

    def __exit__(self, *_: object) -> None:
        self._context.pop()
