"""Which language a page speaks, and the switch that stays on the page."""

import pytest
from flask import Flask, g, render_template_string, url_for
from flask.testing import FlaskClient
from werkzeug.routing import BuildError

from app import language
from tests.conftest import MakeApp

PAGE = """{% extends "base.html" %}
{% block title %}Here{% endblock %}
{% block robots %}{{ robots }}{% endblock %}
{% block content %}<h1>Here</h1><p>{{ url_for("probe", slug="å b") }}</p>{% endblock %}"""


@pytest.fixture
def site(make_app: MakeApp) -> Flask:
    app = make_app(base_url="https://kuntailmo.example")

    @app.get("/<lang:language>/probe/<slug>")
    def probe(slug: str) -> str:
        return render_template_string(PAGE, robots="index" if slug == "open" else "noindex")

    @app.get("/r/probe")
    def personal() -> str:
        return render_template_string(PAGE, robots="noindex")

    @app.get("/r/of-a-swede")
    def of_a_swede() -> str:
        g.own_language = "sv"
        return render_template_string(PAGE, robots="noindex")

    return app


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    return site.test_client()


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("sv-FI,sv;q=0.9,en;q=0.8", "sv"),
        ("en-GB,en;q=0.9", "en"),
        ("fi", "fi"),
        ("de,en;q=0.3,sv;q=0.5", "sv"),
        ("de", "fi"),
        ("", "fi"),
    ],
)
def test_the_front_door_leads_to_the_best_language_the_browser_asks_for(
    browser: FlaskClient, accepted: str, language: str
) -> None:
    answer = browser.get("/", headers={"Accept-Language": accepted})

    assert (answer.status_code, answer.location) == (302, f"/{language}/")
    assert "Accept-Language" in answer.vary


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_the_address_decides_over_everything_else(browser: FlaskClient, code: str) -> None:
    page = browser.get(f"/{code}/probe/x?lang=en", headers={"Accept-Language": "sv"})

    assert page.document.get("lang") == code
    assert page.headers["Content-Language"] == code


def test_links_on_a_page_stay_in_its_language(browser: FlaskClient) -> None:
    assert "/sv/probe/%C3%A5%20b" in browser.get("/sv/probe/x").words


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/r/probe?lang=en", "sv", "en"),
        ("/r/probe?lang=xx", "sv", "sv"),
        ("/r/probe", "en", "en"),
        ("/r/probe", "de", "fi"),
        ("/r/of-a-swede", "en", "sv"),
        ("/r/of-a-swede?lang=fi", "en", "fi"),
    ],
)
def test_elsewhere_the_query_then_the_person_then_the_browser_decide(
    browser: FlaskClient, address: str, accepted: str, language: str
) -> None:
    page = browser.get(address, headers={"Accept-Language": accepted})

    assert page.document.get("lang") == language
    assert {"accept-language", "cookie"} <= {name.lower() for name in page.vary}


def _switch(page: FlaskClient) -> dict[str, str]:
    return {
        link.get("lang"): link.get("href") for link in page.document.find(".//header").iter("a") if link.get("lang")
    }


def test_the_switch_stays_on_the_page_with_its_query(browser: FlaskClient) -> None:
    page = browser.get("/fi/probe/å b?mode=online&q=a%26b&q=c&lang=sv")

    assert _switch(page) == {code: f"/{code}/probe/%C3%A5%20b?mode=online&q=a%26b&q=c" for code in ("fi", "sv", "en")}
    assert [link.get("lang") for link in page.document.iter("a") if link.get("aria-current")] == ["fi"]


def test_the_switch_of_a_personal_page_is_a_query(browser: FlaskClient) -> None:
    assert _switch(browser.get("/r/probe?lang=sv&tab=1"))["en"] == "/r/probe?tab=1&lang=en"


def test_the_switch_works_where_the_service_lives_under_a_path(browser: FlaskClient) -> None:
    page = browser.get("/fi/probe/x?q=1", environ_overrides={"SCRIPT_NAME": "/ilmo"})

    assert _switch(page)["sv"] == "/ilmo/sv/probe/x?q=1"
    assert browser.get("/", environ_overrides={"SCRIPT_NAME": "/ilmo"}).location == "/ilmo/en/"


def test_a_missing_page_speaks_the_language_of_its_address(browser: FlaskClient) -> None:
    page = browser.get("/sv/no-such-page")

    assert (page.status_code, page.document.get("lang")) == (404, "sv")
    assert _switch(page)["fi"] == "/fi/no-such-page"


def test_no_other_language_has_pages(browser: FlaskClient) -> None:
    assert browser.get("/de/probe/x").status_code == 404


def test_search_engines_are_told_of_the_other_languages_of_an_open_page_only(browser: FlaskClient) -> None:
    def alternates(address: str) -> dict[str, str]:
        links = browser.get(address).document.findall("./head/link[@rel='alternate']")
        return {link.get("hreflang"): link.get("href") for link in links}

    assert alternates("/sv/probe/open") == {
        "x-default": "https://kuntailmo.example/fi/probe/open",
        "fi": "https://kuntailmo.example/fi/probe/open",
        "sv": "https://kuntailmo.example/sv/probe/open",
        "en": "https://kuntailmo.example/en/probe/open",
    }
    assert alternates("/sv/probe/closed") == {}


def test_a_page_that_does_not_exist_has_no_address(site: Flask) -> None:
    with site.test_request_context("/fi/probe/x"), pytest.raises(BuildError, match=r"public\.nothing"):
        url_for("public.nothing")


def test_what_is_written_outside_a_page_is_in_the_readers_language(site: Flask) -> None:
    with site.app_context(), site.test_request_context("/fi/probe/x"):
        assert language.current() == "fi"
        with language.speaking("sv"):
            assert language.current() == "sv"
            assert url_for("probe", slug="x") == "/sv/probe/x"
            with language.speaking("en"):
                assert language.current() == "en"
            assert language.current() == "sv"
        assert language.current() == "fi"


def test_without_a_page_and_a_reader_it_is_finnish(site: Flask) -> None:
    with site.app_context():
        assert language.current() == "fi"
