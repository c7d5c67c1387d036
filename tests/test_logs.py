"""What the logs say, and above all what they do not say."""

import json

import flask
import pytest
from sqlalchemy.exc import IntegrityError

from tests.page_client import PageClient


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]):
    def read() -> list[dict]:
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return read


@pytest.fixture
def log_client(make_app) -> PageClient:
    app: flask.Flask = make_app()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/token/<token>", view_func=lambda token: "fine")
    app.add_url_rule("/fails", view_func=_fail)
    app.add_url_rule("/clashes", view_func=_clash)
    return app.test_client()


def _fail() -> str:
    secret = "maija.meikalainen@vantaa.example"
    raise ValueError(f"cannot write to {secret} with aVeryLongTokenOfTwentyTwoSigns")


def _clash() -> str:
    row = Exception("Key (email_key)=(maija@vantaa.example) already exists.")
    raise IntegrityError("INSERT INTO registration …", {"email": "maija@vantaa.example"}, row)


def test_a_request_is_one_line_without_its_address(log_client, lines) -> None:
    log_client.get("/token/s3cr3t?email=maija@vantaa.example", check_html=False)
    (line,) = lines()
    assert line.pop("ms") >= 0
    assert len(line.pop("request_id")) == 32
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "route": "/token/<token>",
        "status": 200,
    }


def test_an_unknown_address_is_not_repeated(log_client, lines) -> None:
    log_client.get("/nowhere/s3cr3t", check_html=False)
    assert {line["route"] for line in lines() if line["event"] == "request"} == {"none"}


@pytest.mark.parametrize(("asked", "kept"), [("proxy-4711.a", True), ("short", False), ('x" onload="alert', False)])
def test_a_request_id_is_taken_over_only_if_it_is_sane(log_client, lines, asked: str, kept: bool) -> None:
    answer = log_client.get("/token/x", headers={"X-Request-ID": asked}, check_html=False)
    assert (answer.headers["X-Request-ID"] == asked) is kept
    assert lines()[0]["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize("address", ["/fails", "/clashes"])
def test_a_fault_says_where_but_not_whom(log_client, lines, address: str) -> None:
    assert log_client.get(address, check_html=False).status_code == 500
    written = lines()
    (fault,) = [line for line in written if "faults" in line]
    assert fault["route"] == address
    assert any("test_logs.py" in place for place in fault["faults"][0]["lines"])
    everything = json.dumps(written)
    assert "maija" not in everything
    assert "aVeryLongToken" not in everything
