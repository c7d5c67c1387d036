"""The built files: how they are named, sent and kept, and what a first visit weighs."""

import gzip
import io
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont

import config
from app import assets

FIRST_VISIT = ("style.css", "enhance.js", "source-sans-3.woff2", "icon.svg")


def _address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return assets.asset(name)


def test_a_file_that_is_named_by_its_content_is_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    sheet = client.get(_address(app, "style.css"))

    assert sheet.mimetype == "text/css"
    assert set(sheet.headers["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert "Accept-Encoding" in sheet.vary


@pytest.mark.parametrize(("name", "kind"), [("style.css", "text/css"), ("enhance.js", "text/javascript")])
def test_the_compressed_copy_holds_the_same(app: Flask, client: FlaskClient, name: str, kind: str) -> None:
    plain = client.get(_address(app, name))
    compressed = client.get(_address(app, name), headers={"Accept-Encoding": "gzip"})

    assert compressed.mimetype == plain.mimetype == kind
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.data) == plain.data


def test_a_typeface_is_not_compressed_twice(app: Flask, client: FlaskClient) -> None:
    font = client.get(_address(app, "source-sans-3.woff2"), headers={"Accept-Encoding": "gzip"})

    assert font.mimetype == "font/woff2"
    assert "Content-Encoding" not in font.headers


@pytest.mark.parametrize("name", ["nothing.css", "../../config.py", "%2e%2e/%2e%2e/config.py"])
def test_nothing_else_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/build/{name}").status_code == 404


def test_a_file_that_was_not_built_is_named_at_once(app: Flask) -> None:
    with pytest.raises(assets.AssetsNotBuilt, match=r"gone\.css .*make assets"):
        _address(app, "gone.css")


def test_an_installation_without_built_files_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(assets.AssetsNotBuilt, match="make assets"):
        assets.manifest(tmp_path)


def test_the_files_of_a_first_visit_leave_a_third_of_60_kb_for_the_page(app: Flask, client: FlaskClient) -> None:
    wanted = {"Accept-Encoding": "gzip"}
    weight = sum(len(client.get(_address(app, name), headers=wanted).data) for name in FIRST_VISIT)

    assert weight <= 40_000


def test_the_style_sheet_asks_for_the_typefaces_by_their_built_names(app: Flask, client: FlaskClient) -> None:
    sheet = client.get(_address(app, "style.css")).text

    for name in ("source-sans-3.woff2", "source-sans-3-sami.woff2"):
        assert f"url({_address(app, name).rpartition('/')[2]})" in sheet


def test_the_typefaces_hold_the_letters_of_our_languages(app: Flask, client: FlaskClient) -> None:
    def letters(name: str) -> set[int]:
        return set(TTFont(io.BytesIO(client.get(_address(app, name)).data)).getBestCmap())

    assert set(map(ord, "abcåäöÅÄÖéüÉÜáâõ0–—’”„…€")) <= letters("source-sans-3.woff2")
    assert set(map(ord, "čČđĐŋŊšŠŧŦžŽǥǤǧǦʒƷǯǮʼ")) <= letters("source-sans-3-sami.woff2")


def test_what_has_not_changed_is_not_built_again() -> None:
    build = [sys.executable, str(config.ROOT / "scripts" / "build_assets.py")]
    subprocess.run(build, check=True)
    before = (assets.BUILD / "manifest.json").stat().st_mtime_ns

    subprocess.run(build, check=True)

    assert (assets.BUILD / "manifest.json").stat().st_mtime_ns == before
