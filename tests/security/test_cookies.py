"""The one cookie: out of reach of scripts, of other sites and of neighbour hosts."""

from werkzeug.http import parse_cookie

from tests.conftest import MakeApp


def test_over_https_it_is_bound_to_this_host_and_to_https(make_app: MakeApp) -> None:
    app = make_app(base_url="https://kuntailmo.example")
    answer = app.test_client().get("/en/sign-in", base_url="https://kuntailmo.example")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert "__Host-kuntailmo" in parse_cookie(cookie)
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_a_page_without_a_form_sets_none(make_app: MakeApp) -> None:
    assert "Set-Cookie" not in make_app().test_client().get("/en/").headers
