"""Headers that protect, who may keep a copy, and what is compressed."""

import gzip

import pytest
from flask import Flask, flash, g, render_template_string
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from app.assets import asset
from app.headers import public_page
from tests.conftest import MakeApp

LONG = "Digituki kuuluu kaikille. " * 100


def _with_pages(app: Flask) -> FlaskClient:
    _add_public_pages(app)

    @app.get("/plain")
    def plain() -> str:
        return LONG

    @app.get("/leave-a-message")
    def leave_a_message() -> str:
        flash("Maria, your place is booked")
        return ""

    @app.get("/framed")
    def framed() -> tuple[str, dict[str, str]]:
        return "Hei", {"Content-Security-Policy": "sandbox", "Cache-Control": "public, max-age=60"}

    return app.test_client()


def _add_public_pages(app: Flask) -> None:
    @app.get("/open")
    @public_page
    def open_to_all() -> str:
        return LONG

    @app.get("/short")
    @public_page
    def short() -> str:
        return "Hei"

    @app.get("/with-a-form")
    @public_page
    def with_a_form() -> str:
        return generate_csrf() + LONG

    @app.get("/messages")
    @public_page
    def messages() -> str:
        return render_template_string("{{ get_flashed_messages() }}") + LONG

    @app.get("/signed-in")
    @public_page
    def signed_in() -> str:
        g.user = "Maria"
        return LONG


@pytest.fixture
def browser(make_app: MakeApp) -> FlaskClient:
    return _with_pages(make_app())


def _get(browser: FlaskClient, address: str, **kwargs: object) -> FlaskClient:
    return browser.get(address, check_html=False, **kwargs)


@pytest.mark.parametrize("address", ["/plain", "/open", "/", "/no-such-page"])
def test_every_answer_is_protected(browser: FlaskClient, address: str) -> None:
    headers = _get(browser, address).headers

    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert {"base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Server"] == "Kuntailmo"


def test_built_files_are_protected_too(browser: FlaskClient) -> None:
    with browser.application.test_request_context():
        address = asset("style.css")
    assert "Content-Security-Policy" in _get(browser, address).headers


def test_browsers_are_bound_to_https_where_the_service_has_it(make_app: MakeApp) -> None:
    secured = _with_pages(make_app(base_url="https://kuntailmo.example"))
    bare = _with_pages(make_app(base_url="http://localhost:8000"))

    assert "includeSubDomains" in _get(secured, "/plain").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in _get(bare, "/plain").headers


@pytest.mark.parametrize("address", ["/plain", "/messages", "/signed-in", "/no-such-page"])
def test_nobody_keeps_what_may_be_personal(browser: FlaskClient, address: str) -> None:
    _get(browser, "/leave-a-message")

    answer = _get(browser, address, headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in answer.headers


def test_what_everyone_sees_alike_may_be_kept_and_is_compressed(browser: FlaskClient) -> None:
    answer = _get(browser, "/open", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.vary
    assert gzip.decompress(answer.data).decode() == LONG


def test_a_form_may_be_gone_back_to_but_its_token_is_not_compressed(browser: FlaskClient) -> None:
    answer = _get(browser, "/with-a-form", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert "Content-Encoding" not in answer.headers


def test_nothing_is_compressed_for_those_who_did_not_ask(browser: FlaskClient) -> None:
    for wanted in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0"}):
        answer = _get(browser, "/open", headers=wanted)
        assert "Content-Encoding" not in answer.headers
        assert "Accept-Encoding" in answer.vary


def test_a_few_bytes_are_not_worth_compressing(browser: FlaskClient) -> None:
    assert "Content-Encoding" not in _get(browser, "/short", headers={"Accept-Encoding": "gzip"}).headers


def test_a_view_may_say_otherwise(browser: FlaskClient) -> None:
    headers = _get(browser, "/framed").headers

    assert headers["Content-Security-Policy"] == "sandbox"
    assert headers["Cache-Control"] == "public, max-age=60"
