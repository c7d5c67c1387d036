"""What a person or a machine is told when something goes wrong."""

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import text

from app.database import db
from app.errors import Refused
from tests.conftest import MakeApp

STATUSES = [400, 403, 404, 405, 409, 413, 429, 500, 503]
UNREACHABLE = "postgresql://nobody@127.0.0.1:1/nothing"


def _with_failing_pages(app: Flask) -> FlaskClient:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/<lang:language>/fail/<int:status>")
    @app.get("/api/v1/fail/<int:status>", endpoint="fail_api")
    def fail(status: int) -> str:
        abort(status)

    @app.post("/fi/form")
    def form() -> str:
        return "never reached without a token"

    @app.get("/fi/refused")
    def refused() -> str:
        raise Refused("Ilmoittautuminen on jo päättynyt.")

    @app.get("/fi/broken")
    def broken() -> str:
        raise RuntimeError("maija.meikalainen@espoo.example")

    @app.get("/fi/database")
    def database() -> str:
        return str(db.session.scalar(text("SELECT 1")))

    return app.test_client()


@pytest.fixture
def browser(make_app: MakeApp) -> FlaskClient:
    return _with_failing_pages(make_app())


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_error_is_a_page_of_the_service(browser: FlaskClient, status: int, language: str) -> None:
    page = browser.get(f"/{language}/fail/{status}")

    assert page.status_code == status
    assert page.document.get("lang") == language
    assert page.h1
    assert page.h1 in page.title


@pytest.mark.parametrize("status", STATUSES)
def test_a_machine_gets_a_problem_as_rfc_9457_describes(browser: FlaskClient, status: int) -> None:
    for answer in (
        browser.get(f"/en/fail/{status}", headers={"Accept": "application/json"}),
        browser.get(f"/api/v1/fail/{status}"),
    ):
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"
        assert answer.json["type"] == "about:blank"
        assert answer.json["status"] == status
        assert answer.json["title"]
        assert answer.json["detail"]


def test_an_error_without_a_page_of_its_own_keeps_its_status(browser: FlaskClient) -> None:
    assert browser.get("/en/fail/418").status_code == 418
    assert browser.get("/en/fail/418").h1 == browser.get("/en/fail/400").h1


def test_a_form_without_its_token_is_told_that_it_had_expired(browser: FlaskClient) -> None:
    page = browser.post("/fi/form?lang=en", data={"given_name": "Maria"})

    assert page.status_code == 400
    assert page.h1 != browser.get("/fi/fail/400").h1


def test_a_wrong_method_names_the_right_ones(browser: FlaskClient) -> None:
    page = browser.get("/fi/form")

    assert page.status_code == 405
    assert "POST" in page.headers["Allow"]


def test_a_rule_that_refuses_is_quoted(browser: FlaskClient) -> None:
    page = browser.get("/fi/refused")

    assert page.status_code == 409
    assert "Ilmoittautuminen on jo päättynyt." in page.words


def test_a_fault_tells_its_number_and_nothing_else(browser: FlaskClient) -> None:
    page = browser.get("/fi/broken", headers={"X-Request-ID": "abcdef0123456789"})

    assert page.status_code == 500
    assert page.headers["X-Request-ID"] in page.words
    assert "espoo.example" not in page.text


def test_an_unreachable_database_is_a_short_break(make_app: MakeApp) -> None:
    browser = _with_failing_pages(make_app(database_url=UNREACHABLE))

    page = browser.get("/fi/database")

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    assert page.h1 == browser.get("/fi/fail/503").h1
